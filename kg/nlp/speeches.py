"""Find the quotations of a text whose words tell on which day they were spoken."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.edtf import Moment, Value
from kg.nlp.draft import Draft
from kg.nlp.patterns import PatternLanguage, any_of

_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]{1,4000}[”»\"]")
_SENTENCE_END = re.compile(r"[.!?…;]\s|\n|[“”„«»\"]")
_LONGEST = 400  # code points of a clause that says who speaks


@dataclass(frozen=True, slots=True)
class Speech:
    """The words between two quotation marks, and the day on which they were spoken."""

    start: int
    end: int
    day: date


class SpeechFinder:
    """What a language says beside a quotation: verbs of saying, and what may stand between them and a day."""

    def __init__(
        self, table: Mapping[str, Any], verbs: Sequence[str], patterns: PatternLanguage, *, where: str
    ) -> None:
        verb, link = any_of(verbs), any_of(table["links"])
        self._verb = re.compile(rf"(?<!\w)(?:{verb})(?!\w)")
        self._ends_in_verb = re.compile(rf"(?<!\w)(?:{verb})(?:[^\S\n]+(?:{link})(?:[^\S\n]+\w+){{0,4}})?[^\S\n]+\Z")
        self._begins_with_verb = patterns.here(f",?( )?(({any_of(table['particles'])}) )?({verb})", where=where)
        self._begins_with_day = patterns.here(rf"\W*(({any_of(table['openers'])}) )?", where=where)

    def speeches(self, folded: str, times: Sequence[Draft]) -> Iterator[Speech]:
        """The quotations that count times, with a single day beside them that is said to be that of the speech.

        "Hôm 5/3, ông nói: '…'" and "'…', ông nói hôm 5/3" tell it; "'…', ông nói về vụ cháy hôm 3/3" does not.
        """
        counted = [time.start for time in times if time.anchor == "publication" or time.value is None]
        if not counted or len(times) == 1:
            return
        starts = [time.start for time in times]
        for quoted in _QUOTED.finditer(folded):
            start, end = quoted.span()
            if bisect(counted, start) == bisect_left(counted, end):
                continue
            days: set[date] = set()
            for low, high in _clauses(folded, start, end):
                beside = times[bisect_left(starts, low) : bisect_left(starts, high)]
                days.update(self._days(folded, (low, high), beside))
            if len(days) == 1:
                yield Speech(start, end, days.pop())

    def _days(self, folded: str, clause: tuple[int, int], times: Iterable[Draft]) -> Iterator[date]:
        start, end = clause
        if not self._verb.search(folded, start, end):
            return
        for time in times:
            day = _day(time.value)
            if day and time.end <= end and self._of_speech(folded, start, time):
                yield day

    def _of_speech(self, folded: str, start: int, time: Draft) -> bool:
        before = folded[start : time.start]
        opens = self._begins_with_day.match(before)
        if opens and opens.end() == len(before):
            return True
        return bool(self._ends_in_verb.search(before) or self._begins_with_verb.match(folded, time.end))


def _clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before and behind a quotation in its sentence."""
    low = max(0, start - _LONGEST)
    for stop in _SENTENCE_END.finditer(folded, low, start):
        low = stop.end()
    yield low, start
    stop_after = _SENTENCE_END.search(folded, end, end + _LONGEST)
    yield end, stop_after.start() if stop_after else min(len(folded), end + _LONGEST)


def _day(value: Value | str | None) -> date | None:
    if not isinstance(value, Moment) or value.year is None or value.month is None or value.day is None:
        return None
    return None if value.approximate else date(value.year, value.month, value.day)
