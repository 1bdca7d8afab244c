"""Read the matches of a language's time rules in the order of the text, remembering the last day that was named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from kg import edtf, lexicon
from kg.edtf import Moment, Value
from kg.nlp import number_words
from kg.nlp.dating import MAKERS
from kg.nlp.day_count import Leeway
from kg.nlp.number_words import NumberWords
from kg.nlp.patterns import PatternLanguage, Rule, RuleSet, any_of, fold, opens_sentence
from kg.nlp.situation import Fields, Situation
from kg.nlp.tense import Tense

TABLE = "times"
_NEXT_TO = 40  # code points beside a match that its surroundings are looked for in
_CLOCK_REACH = 600  # code points between a day and a clock time that belongs to it
_LETTER_AFTER = re.compile(r"[^\S\n]+(\w)")
_MODERN = range(1900, 2101)
_PUBLISHING = range(1500, 2500)  # a day of publication outside is a mistake, and worth as little as none
_MARKS = frozenset({"mark", "part", "hour", "year", "year_word", "week_word", "next"})
_NAMES_A_DAY = frozenset({"day", "anchor_day", "weekday", "later", "holiday", "tet"})
_NUMBERS = ("number", "least", "more")


@dataclass(frozen=True, slots=True)
class Draft:
    """A time expression before its neighbours have been looked at.

    `value` is a str for a length of time, None where nothing can be said without a day of publication; `dated` tells
    that the words themselves state the year.
    """

    start: int
    end: int
    value: Value | str | None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may or must stand next to the matches of a rule."""

    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    only_before: re.Pattern[str] | None = None

    def allow(self, folded: str, start: int, end: int) -> bool:
        """Whether a match from `start` to `end` of a folded text may stand there."""
        before = words_before(folded, start)
        if self.unless_before and self.unless_before.search(before):
            return False
        if self.unless_after and self.unless_after.match(folded, end):
            return False
        return not self.only_before or bool(self.only_before.search(before))


@dataclass(frozen=True, slots=True)
class TimeGrammar:
    """The time rules of a language, compiled.

    `openers` ends where a time begins that opens an interval; `joiners` is what stands between its two ends.
    """

    rules: RuleSet
    surroundings: Mapping[str, Surroundings]
    numbers: NumberWords
    openers: re.Pattern[str]
    joiners: re.Pattern[str]
    tense: Tense
    situation: Situation


@cache
def load(language: str) -> TimeGrammar:
    """The time grammar of a language, compiled once."""
    table = lexicon.table(language, TABLE)
    where = f"languages/{language}/{TABLE}.toml"
    patterns = PatternLanguage(lexicon.table(language, number_words.TABLE), table)
    return TimeGrammar(
        rules=RuleSet(patterns.rule(entry, where=where) for entry in table["rule"]),
        surroundings={entry["id"]: _surroundings(patterns, entry, where) for entry in table["rule"]},
        numbers=number_words.load(language),
        openers=patterns.before(any_of(table["openers"]["words"]), where=where),
        joiners=re.compile(rf"[^\S\n]*(?:{any_of(table['joiners']['words'])}|[-–])[^\S\n]*"),
        tense=Tense(table["tense"], patterns, where=where),
        situation=Situation(leeway=Leeway(**table["leeway"]), new_years=tuple(table["tet"]["days"])),
    )


def _surroundings(patterns: PatternLanguage, entry: Mapping[str, Any], where: str) -> Surroundings:
    compiled = {
        key: patterns.before(entry[key], where=where) for key in ("unless_before", "only_before") if key in entry
    }
    if "unless_after" in entry:
        compiled["unless_after"] = patterns.here(f"( )?({entry['unless_after']})", where=where)
    return Surroundings(**compiled)


def words_before(folded: str, start: int) -> str:
    """What stands before a place on the same line, as far as surroundings matter."""
    return folded[max(0, start - _NEXT_TO) : start].rpartition("\n")[2]


def drafts(grammar: TimeGrammar, text: str, reference: date | None) -> Iterable[Draft]:
    """The time expressions of NFC text, left to right, without overlap."""
    usable = reference if reference and reference.year in _PUBLISHING else None
    reader = _Reader(grammar, text, replace(grammar.situation, reference=usable))
    return grammar.rules.scan(reader.folded, reader.read)


class _Reader:
    def __init__(self, grammar: TimeGrammar, text: str, situation: Situation) -> None:
        self.text = text
        self.folded = fold(text)
        self._grammar = grammar
        self._situation = situation
        self._anchor_end = 0

    def read(self, rule: Rule, match: re.Match[str]) -> Draft | None:
        """The match as a draft; None if it is no time expression here."""
        fields = rule.fields(match)
        if fields is None or not self._stands(rule, match, fields):
            return None
        fields |= {key: self._grammar.numbers.read(fields[key]) for key in _NUMBERS if key in fields}
        makes = rule.options["makes"]
        value = MAKERS[makes](fields, self._situation_at(makes, match, fields))
        if value is None and rule.options.get("needs_value"):
            return None
        if value is not None and not isinstance(value, str) and not edtf.is_valid(str(value)):
            return None
        if makes in _NAMES_A_DAY and isinstance(value, Moment) and value.day:
            self._situation = replace(self._situation, anchor=replace(value, clock=None, approximate=False))
            self._anchor_end = match.end()
        return Draft(match.start(), match.end(), value, dated="year" in fields or "year_word" in fields)

    def _situation_at(self, makes: str, match: re.Match[str], fields: Fields) -> Situation:
        situation = self._situation
        if makes == "clock" and match.start() - self._anchor_end > _CLOCK_REACH:
            return replace(situation, anchor=None)
        if situation.reference is None or "year" in fields:
            return situation
        if fields.get("mark") == "behind":
            return replace(situation, pointer="behind")
        return replace(situation, pointer=self._grammar.tense.pointer(self.text, match.start(), match.end()))

    def _stands(self, rule: Rule, match: re.Match[str], fields: Fields) -> bool:
        """Whether the rule may match here: no name, nothing forbidden next to it."""
        start, end = match.span()
        options = rule.options
        if self._is_name(start, end, options) or self.folded[start:end] in options.get("never", ()):
            return False
        if options.get("opening") and not self.text[start].isupper():
            return False
        letter = _LETTER_AFTER.match(self.text, end)
        if options.get("no_name_after") and letter and letter[1].isupper():
            return False
        guarded = GUARDS[options["guard"]](fields) if "guard" in options else None
        return self._grammar.surroundings[rule.id].allow(self.folded, start, end) if guarded is None else guarded

    def _is_name(self, start: int, end: int, options: Mapping[str, Any]) -> bool:
        """Whether capital letters show a name: "Cách mạng Tháng Tám", "đường 3 Tháng 2"."""
        words = self.text[start:end]
        if words.isupper():
            return False
        if options.get("small") and any(letter.isupper() for letter in words[1:]):
            return True
        if options.get("capital") or not words[0].isupper():
            return False
        return not opens_sentence(self.text, start)


def _bare(fields: Fields) -> bool | None:
    if fields.keys() & _MARKS:
        return "dash" not in fields or bool(fields.keys() & {"mark", "part", "year"})
    return False if "dash" in fields else None


def _marked(fields: Fields) -> bool | None:
    return None if fields.keys() & _MARKS else False


def _weekday(fields: Fields) -> bool | None:
    return True if fields.keys() & _MARKS else None


def _modern(fields: Fields) -> bool | None:
    years = [fields[key] for key in ("first", "year") if key in fields]
    return None if all(year in _MODERN for year in years) else False


# True: the match stands; False: it does not; None: its surroundings tell.
GUARDS: Mapping[str, Callable[[Fields], bool | None]] = {
    "bare": _bare,
    "marked": _marked,
    "weekday": _weekday,
    "modern": _modern,
}
