"""Find the numbers that count or measure something: "gần 42.400 ha", "hơn 1,5 triệu", "hàng trăm người"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from kg import lexicon, resources
from kg.model import Quantity
from kg.nlp import number_words
from kg.nlp.counting import Counting, Site
from kg.nlp.number_words import NumberWords, plain
from kg.nlp.patterns import PatternLanguage, Rule, RuleSet, any_of, fold
from kg.nlp.times import scan_times

TABLE = number_words.TABLE
_THING = "thing"
_NEXT_TO = 20
_SHARES = ("percent", "year_of_age")


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A number at a span: modifier and number inside, what it counts outside.

    In "gần 42.400 ha" the span covers "gần 42.400", `number_start` is where "42.400" begins and `unit_text` is "ha".
    `quantity.unit` is the id of a measuring unit (`hectare`), `person` for people, or None; `unit_text` is the word
    of the unit or the counted noun, as far as the language data knows it.
    """

    start: int
    end: int
    text: str
    quantity: Quantity
    unit_text: str
    number_start: int


@dataclass(frozen=True, slots=True)
class _Grammar:
    words: NumberWords
    rules: RuleSet
    modifiers: Mapping[str, Mapping[str, Any]]
    after: Sequence[tuple[str, re.Pattern[str]]]
    nouns: re.Pattern[str]
    noun_units: Mapping[str, str]
    unless_before: Mapping[str, re.Pattern[str]]
    counting: Counting


def find_quantities(text: str, *, language: str, taken: Sequence[tuple[int, int]] | None = None) -> list[QuantityMatch]:
    """The counts and measures in NFC text, left to right, without overlap; none for a language without number words.

    Numbers inside the spans `taken` are left out, by default those of dates and clock times; give `TimeScan.dated` if
    the times of the text are known. Lengths of time ("ba ngày") are quantities like others, of a unit such as `day`.

    Intervals are a policy of the language data: "khoảng" is ten percent either way, "gần" the last tenth below,
    "hơn" has no upper bound; a range is stated as its lower end, approximate.
    """
    if not (resources.language(language) / f"{TABLE}.toml").is_file():
        return []
    if taken is None:
        taken = scan_times(text, language=language, reference=None).dated
    grammar = _grammar(language)
    folded = fold(text)
    starts = [start for start, _ in taken]

    def accept(rule: Rule, match: re.Match[str]) -> QuantityMatch | None:
        at = bisect_right(starts, match.end() - 1)
        if at and taken[at - 1][1] > match.start():
            return None
        return _match(grammar, text, folded, rule, match)

    return list(grammar.rules.scan(folded, accept))


@cache
def _grammar(language: str) -> _Grammar:
    table = lexicon.table(language, TABLE)
    patterns = PatternLanguage(table)
    where = f"languages/{language}/{TABLE}.toml"
    nouns = table["nouns"]
    return _Grammar(
        words=number_words.load(language),
        rules=RuleSet(patterns.rule(entry, where=where) for entry in table["rule"]),
        modifiers=table["modifiers"],
        after=[
            (key, re.compile(rf"(?:\W{{1,2}}\w{{1,30}}){{0,3}}?\W{{1,2}}(?:{any_of(words)})(?!\w)"))
            for key, words in table["after"].items()
        ],
        nouns=re.compile(
            rf"{_between(table, patterns, where)}[^\S\n]{{1,3}}"
            rf"(?P<noun>{any_of(fold(noun) for kind in nouns.values() for noun in kind)})(?!\w)"
        ),
        noun_units={fold(noun): unit for unit in nouns if unit != _THING for noun in nouns[unit]},
        unless_before={
            entry["id"]: patterns.before(entry["unless_before"], where=where)
            for entry in table["rule"]
            if "unless_before" in entry
        },
        counting=Counting(table, patterns, where=where),
    )


def _between(table: Mapping[str, Any], patterns: PatternLanguage, where: str) -> str:
    """What may stand between a number and the noun that it counts: nothing, or a few words where the language says which."""
    if "between" not in table.get("piece", {}):
        return ""
    return rf"(?:[^\S\n]{{1,3}}{patterns.plain('{between}', where=where)}){{0,3}}?"


def _match(grammar: _Grammar, text: str, folded: str, rule: Rule, match: re.Match[str]) -> QuantityMatch | None:
    """What a rule's match is, or None when its number counts nothing."""
    fields = rule.fields(match)
    if fields is None:
        return None
    names = [name for name in ("number", "lower", "upper", "scales") if name in fields]
    number_start, end = rule.span(match, names[0])[0], rule.span(match, names[-1])[1]
    start = match.start()
    before = folded[max(0, start - _NEXT_TO) : start]
    if "place_modifier" in fields and not _bounds(grammar, fields, before):
        del fields["place_modifier"]
        start = number_start
    noun = None if "unit" in fields else grammar.nouns.match(folded, end)
    unit_start, unit_end = noun.span("noun") if noun else rule.span(match, "unit")
    site = Site(
        text=text,
        folded=folded,
        start=number_start,
        end=end,
        modified=start < number_start,
        measured="unit" in fields or noun is not None,
        measures="unit" in fields or "sign" in fields,
    )
    if not _stands(grammar, rule, site, before):
        return None
    unit = fields.get("unit") or fields.get("sign") or (grammar.noun_units.get(noun["noun"]) if noun else None)
    quantity = _quantity(grammar, rule, fields, _modifier(grammar, folded, fields, end), unit)
    if quantity is None:
        return None
    return QuantityMatch(
        start, end, text[start:end], quantity, text[max(0, unit_start) : max(0, unit_end)], number_start
    )


def _stands(grammar: _Grammar, rule: Rule, site: Site, before: str) -> bool:
    """Whether the number counts something; one without a first digit ("hàng trăm") always does, unless a word forbids."""
    unless = grammar.unless_before.get(rule.id)
    if unless and unless.search(before):
        return False
    return rule.options.get("scales", False) or grammar.counting.counts(site)


def _bounds(grammar: _Grammar, fields: Mapping[str, Any], before: str) -> bool:
    """Whether "trên" or "dưới" bounds a number, as it does a round one or a share, but not in "47 trên 50"."""
    near_round = grammar.words.read(fields["number"]) % 10 == 0
    return (near_round or fields.get("unit") in _SHARES) and not before.rstrip()[-1:].isdigit()


def _modifier(grammar: _Grammar, folded: str, fields: Mapping[str, Any], end: int) -> str:
    """The key of what is said about the number before or after it: "about", "above", or "exactly"."""
    for name in ("modifier", "place_modifier", "some"):
        if name in fields:
            return str(fields[name])
    return next((key for key, pattern in grammar.after if pattern.match(folded, end)), "exactly")


def _quantity(
    grammar: _Grammar, rule: Rule, fields: Mapping[str, Any], modifier: str, unit: str | None
) -> Quantity | None:
    if "lower" in fields:
        return _range(grammar, rule, fields, unit)
    stated = grammar.words.read(str(fields.get("number") or fields["scales"]))
    policy = grammar.modifiers[modifier]

    def share(key: str) -> Decimal | None:
        return plain(stated * policy[key] / 100) if key in policy else None

    return Quantity(share("stated") or stated, policy["exactness"], share("lower"), share("upper"), unit)


def _range(grammar: _Grammar, rule: Rule, fields: Mapping[str, Any], unit: str | None) -> Quantity | None:
    """Two numbers as one interval; "3-5 triệu" lends its scale to the lower one. None when they make no interval."""
    low_text, high_text = str(fields["lower"]), str(fields["upper"])
    low, high = grammar.words.read(low_text), grammar.words.read(high_text)
    if rule.options.get("neighbours") and (high != low + 1 or low_text[0].isdigit() or high > 10):  # noqa: PLR2004 - "năm, sáu"
        return None
    if not high:
        return None
    scale = high / grammar.words.read(high_text.split(maxsplit=1)[0])
    if scale > 1 and len(low_text.split()) == 1 and low < high / scale:
        low = plain(low * scale)
    return Quantity(low, "approximate", low, high, unit) if low < high else None
