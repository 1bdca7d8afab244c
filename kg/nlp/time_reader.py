"""Read the matches of a language's time rules in the order of the text, remembering what times were named before."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from kg import edtf, lexicon
from kg.edtf import Moment, Value
from kg.nlp import number_words
from kg.nlp.day_count import Leeway
from kg.nlp.draft import Anchor, Draft
from kg.nlp.makers import MAKERS
from kg.nlp.number_words import NumberWords
from kg.nlp.patterns import PatternLanguage, Rule, RuleSet, any_of, fold, opens_sentence
from kg.nlp.situation import FUTURE, Fields, Situation
from kg.nlp.speeches import Speech, SpeechFinder
from kg.nlp.tense import Tense

TABLE = "times"
_SPEECH_TABLE = "speech"
_NEXT_TO = 40  # code points beside a match that its surroundings are looked for in
_REACH = (
    600  # code points between a time and what is counted from it: a clock time from its day, "hai năm sau" from a year
)
_LETTER_AFTER = re.compile(r"[^\S\n]+(\w)")
_MODERN = range(1900, 2101)
_PUBLISHING = range(1500, 2500)  # a day of publication outside is a mistake, and worth as little as none
_MARKS = frozenset({"mark", "part", "hour", "year", "year_word", "text_year", "week_word", "next"})
_NAMES_A_DAY = frozenset(
    {"day", "day_of_month", "anchor_day", "weekday", "later", "holiday", "tet", "lunar_day", "edge_day"}
)
_NAMES_A_PERIOD = _NAMES_A_DAY | {"month", "relative_month", "year", "anchor_month", "anchor_year"}
_FROM_TEXT = frozenset({"anchor_day", "anchor_week", "anchor_month", "anchor_year", "later", "clock"})
_COMPLETE = frozenset({"years", "decade", "century"})
_DATED = frozenset({"year", "year_word", "text_year"})
_SEASONS = 20  # months beyond are seasons
_NUMBERS = ("number", "least", "more")


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
    speeches: SpeechFinder
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
        speeches=SpeechFinder(
            table["speech"], table["speech"].get("verbs") or _verbs_of_saying(language), patterns, where=where
        ),
        situation=Situation(leeway=Leeway(**table["leeway"])),
    )


def _verbs_of_saying(language: str) -> list[str]:
    return [phrase for cue in lexicon.table(language, _SPEECH_TABLE)["cue"] for phrase in cue["phrases"]]


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


def drafts(grammar: TimeGrammar, text: str, reference: date | None) -> Sequence[Draft]:
    """The time expressions of NFC text, left to right, without overlap."""
    usable = reference if reference and reference.year in _PUBLISHING else None
    reader = _Reader(grammar, text, replace(grammar.situation, reference=usable))
    found = list(grammar.rules.scan(reader.folded, reader.read))
    speeches = [
        speech for speech in grammar.speeches.speeches(reader.folded, found) if usable is None or speech.day <= usable
    ]
    if not speeches:
        return found
    # The day may stand behind the quotation, so the text is read again.
    again = _Reader(grammar, text, replace(grammar.situation, reference=usable), speeches)
    return list(grammar.rules.scan(again.folded, again.read))


class _Reader:
    def __init__(self, grammar: TimeGrammar, text: str, situation: Situation, speeches: Sequence[Speech] = ()) -> None:
        self.text = text
        self.folded = fold(text)
        self._grammar = grammar
        self._situation = situation
        self._speeches = speeches
        self._anchor: Moment | None = None
        self._recent: Moment | None = None
        self._struck: Moment | None = None
        self._anchor_end = self._recent_end = self._struck_end = 0

    def read(self, rule: Rule, match: re.Match[str]) -> Draft | None:
        """The match as a draft; None if it is no time expression here."""
        fields = rule.fields(match)
        if fields is None or not self._stands(rule, match, fields):
            return None
        fields |= {key: self._grammar.numbers.read(fields[key]) for key in _NUMBERS if key in fields}
        makes = rule.options["makes"]
        spoken = self._spoken(match.start()) if self._speeches else None
        situation = self._situation_at(makes, match, fields, spoken)
        value = MAKERS[makes](fields, situation)
        if value is None and rule.options.get("needs_value"):
            return None
        if value is not None and not isinstance(value, str) and not edtf.is_valid(str(value)):
            return None
        if isinstance(value, Moment):
            self._remember(makes, value, match.end())
        anchor = _anchor(makes, fields, situation, value)
        dated = not fields.keys().isdisjoint(_DATED)
        if spoken and anchor == "publication":
            anchor = "speech"
        return Draft(match.start(), match.end(), value, dated, anchor, makes)

    def _spoken(self, at: int) -> date | None:
        """The day of the speech that a place is quoted in."""
        before = bisect(self._speeches, at, key=lambda speech: speech.start)
        speech = self._speeches[before - 1] if before else None
        return speech.day if speech and at < speech.end else None

    def _remember(self, makes: str, value: Moment, end: int) -> None:
        """Keep what later times may be counted from."""
        if value.clock and value.day:
            self._struck, self._struck_end = value, end
        if makes not in _NAMES_A_PERIOD:
            return
        exact = replace(value, clock=None, approximate=False) if value.clock or value.approximate else value
        if value.year is not None and (value.month or 0) < _SEASONS:
            self._recent, self._recent_end = exact, end
        if value.day and makes in _NAMES_A_DAY:
            self._anchor, self._anchor_end = exact, end

    def _situation_at(self, makes: str, match: re.Match[str], fields: Fields, spoken: date | None) -> Situation:
        situation, start = self._situation, match.start()
        if makes in _FROM_TEXT or "text_year" in fields:
            return replace(
                situation,
                anchor=self._anchor if makes != "clock" or start - self._anchor_end <= _REACH else None,
                recent=self._recent if start - self._recent_end <= _REACH else None,
                struck=self._struck if start - self._struck_end <= _REACH else None,
            )
        if spoken:
            situation = replace(situation, reference=spoken)
        if situation.reference is None or "year" in fields:
            return situation
        pointer = self._grammar.tense.pointer(self.text, start, match.end())
        if fields.get("mark") == "ahead":
            pointer = "ahead"
        if fields.get("mark") == "behind":
            pointer = None if pointer in FUTURE else "behind"  # "sẽ bay hôm 1/11"
        return replace(situation, pointer=pointer) if pointer else situation

    def _stands(self, rule: Rule, match: re.Match[str], fields: Fields) -> bool:
        """Whether the rule may match here: no name, nothing forbidden next to it."""
        start, end = match.span()
        options = rule.options
        if self._is_name(start, end, options) or self.folded[start:end] in options.get("never", ()):
            return False
        if not all(self._is_proper(rule, match, name) for name in options.get("proper", ())):
            return False
        if options.get("opening") and not self.text[start].isupper():
            return False
        letter = _LETTER_AFTER.match(self.text, end)
        if options.get("no_name_after") and letter and letter[1].isupper():
            return False
        guarded = GUARDS[options["guard"]](fields) if "guard" in options else None
        return self._grammar.surroundings[rule.id].allow(self.folded, start, end) if guarded is None else guarded

    def _is_proper(self, rule: Rule, match: re.Match[str], name: str) -> bool:
        """Whether a field, if it matched, is written with a capital: "May", not "may"."""
        at = rule.span(match, name)[0]
        return at < 0 or self.text[at].isupper()

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


def _anchor(makes: str, fields: Fields, situation: Situation, value: Value | str | None) -> Anchor:
    """What a value was counted from."""
    if makes in _FROM_TEXT or "text_year" in fields:
        return "stated" if makes == "clock" and isinstance(value, Moment) and not value.day else "text"
    complete = makes in _COMPLETE or not fields.keys().isdisjoint({"year", "stem"})
    return "stated" if complete or isinstance(value, str) or situation.reference is None else "publication"


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
