"""Find the time expressions of a text: dates, clock times, months, years, relative times, lengths of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from kg import edtf, lexicon, resources
from kg.edtf import Interval, Moment, Value
from kg.model import Time
from kg.nlp import number_words
from kg.nlp.dating import MAKERS, Fields, Situation
from kg.nlp.day_count import Leeway
from kg.nlp.number_words import NumberWords
from kg.nlp.patterns import PatternLanguage, Rule, RuleSet, any_of, fold
from kg.nlp.tense import Tense

TABLE = "times"
Kind = Literal["date", "interval", "duration"]
_NEXT_TO = 40
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;\n\"“”'‘’(\[–-])\s*\Z")
_FIRST_MODERN, _LAST_MODERN = 1900, 2100
_NAMES_A_DAY = frozenset({"day", "anchor_day", "weekday", "later", "holiday", "tet"})
_CLOCK_REACH = 600  # code points between a day and a clock time that belongs to it


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """A time expression at a span.

    `time` is a moment ("date"), an interval, or, for "duration", an ISO 8601 length such as P3D, which is no EDTF and
    has no bounds.
    """

    start: int
    end: int
    text: str
    time: Time
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Draft:
    """A match before its neighbours have been looked at; `value` None means that nothing can be said."""

    start: int
    end: int
    value: Value | str | None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What may or must stand next to the matches of a rule."""

    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    only_before: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Grammar:
    rules: RuleSet
    surroundings: Mapping[str, _Surroundings]
    numbers: NumberWords
    openers: re.Pattern[str]
    joiners: re.Pattern[str]
    tense: Tense
    situation: Situation


def find_times(text: str, *, language: str, reference: date | None) -> list[TimeMatch]:
    """The time expressions of NFC text, left to right, without overlap; none for a language without a time grammar.

    `reference` is the day of publication. Without it a month or day has no year (`XXXX-04`), and what is only counted
    from that day ("tuần trước") is left out. A word such as "từ" before a time opens it: `2024-10/..`.
    """
    return [
        TimeMatch(draft.start, draft.end, text[draft.start : draft.end], *_time(draft.value))
        for draft in _drafts(text, language, reference)
        if draft.value is not None
    ]


def dated_spans(text: str, *, language: str) -> list[tuple[int, int]]:
    """Where dates and clock times stand, also those whose value needs a day of publication; no lengths of time."""
    drafts = _drafts(text, language, None)
    return [(draft.start, draft.end) for draft in drafts if not isinstance(draft.value, str)]


def _time(value: Value | str) -> tuple[Time, Kind]:
    if isinstance(value, str):
        return Time(value), "duration"
    return edtf.to_time(str(value)), "interval" if isinstance(value, Interval) else "date"


@cache
def _grammar(language: str) -> _Grammar:
    table = lexicon.table(language, TABLE)
    where = f"languages/{language}/{TABLE}.toml"
    patterns = PatternLanguage(lexicon.table(language, number_words.TABLE), table)

    def surroundings(entry: Mapping[str, str]) -> _Surroundings:
        keys = ("unless_before", "only_before")
        before = {key: patterns.before(entry[key], where=where) for key in keys if key in entry}
        after = patterns.here(f"( )?({entry['unless_after']})", where=where) if "unless_after" in entry else None
        return _Surroundings(before.get("unless_before"), after, before.get("only_before"))

    tense = table["tense"]
    return _Grammar(
        rules=RuleSet(patterns.rule(entry, where=where) for entry in table["rule"]),
        surroundings={entry["id"]: surroundings(entry) for entry in table["rule"]},
        numbers=number_words.load(language),
        openers=patterns.before(any_of(table["openers"]["words"]), where=where),
        joiners=re.compile(rf"[^\S\n]*(?:{any_of(table['joiners']['words'])}|[-–])[^\S\n]*"),
        tense=Tense(tense, patterns, where=where),
        situation=Situation(
            leeway=Leeway(**table["leeway"]), new_years=tuple(table["tet"]["days"])
        ),
    )


def _drafts(text: str, language: str, reference: date | None) -> list[_Draft]:
    if not (resources.language(language) / f"{TABLE}.toml").is_file():
        return []
    grammar = _grammar(language)
    reader = _Reader(grammar, text, replace(grammar.situation, reference=reference))
    found = list(grammar.rules.scan(reader.folded, reader.read))
    return [_opened(grammar, reader.folded, draft) for draft in _joined(grammar, reader.folded, found)]


class _Reader:
    """Reads matches in the order of the text; remembers the last day that was named."""

    def __init__(self, grammar: _Grammar, text: str, situation: Situation) -> None:
        self.text = text
        self.folded = fold(text)
        self._grammar = grammar
        self._situation = situation
        self._anchor_end = 0

    def read(self, rule: Rule, match: re.Match[str]) -> _Draft | None:
        """The match as a draft; None if it is no time expression here."""
        fields = rule.fields(match)
        if fields is None or not self._stands(rule, match, fields):
            return None
        for key in ("number", "least", "more"):
            if key in fields:
                fields[key] = self._grammar.numbers.read(fields[key])
        value = MAKERS[rule.options["makes"]](fields, self._situation_at(rule, match, fields))
        if isinstance(value, Moment | Interval) and not edtf.is_valid(str(value)):
            return None
        if value is None and rule.options.get("needs_value"):
            return None
        if rule.options["makes"] in _NAMES_A_DAY and isinstance(value, Moment) and value.day:
            self._situation = replace(self._situation, anchor=replace(value, clock=None, approximate=False))
            self._anchor_end = match.end()
        return _Draft(match.start(), match.end(), value, "year" in fields or "year_word" in fields)

    def _situation_at(self, rule: Rule, match: re.Match[str], fields: Fields) -> Situation:
        situation = self._situation
        if rule.options["makes"] == "clock" and match.start() - self._anchor_end > _CLOCK_REACH:
            situation = replace(situation, anchor=None)
        if situation.reference is None or "year" in fields:
            return situation
        if fields.get("mark") == "behind":
            return replace(situation, pointer="behind")
        return replace(situation, pointer=self._grammar.tense.pointer(self.text, match.start(), match.end()))

    def _stands(self, rule: Rule, match: re.Match[str], fields: Fields) -> bool:
        """Whether the rule may match here: no name, nothing forbidden next to it."""
        start, end = match.span()
        if not rule.options.get("capital") and self._is_name(start, end, small=rule.options.get("small", False)):
            return False
        marked = bool(fields.keys() & {"mark", "part", "hour", "year", "year_word", "week_word", "next"})
        guard = rule.options.get("guard")
        if guard == "bare" and marked:
            return "dash" not in fields or bool(fields.keys() & {"mark", "part", "year"})
        if (guard == "marked" and not marked) or (guard == "bare" and "dash" in fields):
            return False
        if guard == "modern" and not all(
            _FIRST_MODERN <= fields[key] <= _LAST_MODERN for key in ("first", "year") if key in fields
        ):
            return False
        if guard == "weekday" and marked and (fields.get("mark") != "plain" or any(map(str.isupper, self.text[start:end]))):
            return True
        if rule.options.get("opening") and not self.text[start].isupper():
            return False
        return self._undisturbed(self._grammar.surroundings[rule.id], start, end)

    def _undisturbed(self, surroundings: _Surroundings, start: int, end: int) -> bool:
        before = self.folded[max(0, start - _NEXT_TO) : start].rpartition("\n")[2]
        if surroundings.unless_before and surroundings.unless_before.search(before):
            return False
        if surroundings.unless_after and surroundings.unless_after.match(self.folded, end):
            return False
        return not surroundings.only_before or bool(surroundings.only_before.search(before))

    def _is_name(self, start: int, end: int, *, small: bool) -> bool:
        """Whether capital letters show a name: "Cách mạng Tháng Tám", "đường 3 Tháng 2"; a `small` match has none."""
        words = self.text[start:end]
        if words.isupper():
            return False
        if small and any(letter.isupper() for letter in words[1:]):
            return True
        return words[0].isupper() and not _SENTENCE_START.search(self.text, max(0, start - 5), start)


def _joined(grammar: _Grammar, folded: str, drafts: Sequence[_Draft]) -> list[_Draft]:
    """The drafts, with those that words such as "đến" join made into one interval."""
    result: list[_Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        if last and grammar.joiners.fullmatch(folded, last.end, draft.start):
            interval = _interval(last, draft)
            if interval:
                result[-1] = _Draft(last.start, draft.end, interval, dated=True)
                continue
        result.append(draft)
    return result


def _interval(first: _Draft, last: _Draft) -> Interval | None:
    """The interval of two moments; one without a year of its own takes that of the other."""
    start, end = first.value, last.value
    if not isinstance(start, Moment) or not isinstance(end, Moment) or start.clock or end.clock:
        return None
    later_in_year = (start.month or 0, start.day or 0) > (end.month or 12, end.day or 31)
    if not first.dated and start.month and end.year is not None:
        start = replace(start, year=end.year - later_in_year)
    elif not last.dated and end.month and start.year is not None:
        end = replace(end, year=start.year + later_in_year)
    interval = Interval(start, end)
    return interval if edtf.is_valid(str(interval)) else None


def _opened(grammar: _Grammar, folded: str, draft: _Draft) -> _Draft:
    """The draft as an open interval if a word such as "từ" stands before it."""
    value = draft.value
    if not isinstance(value, Moment) or value.clock:
        return draft
    before = folded[max(0, draft.start - _NEXT_TO) : draft.start].rpartition("\n")[2]
    return replace(draft, value=Interval(value, None)) if grammar.openers.search(before) else draft
