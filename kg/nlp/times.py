"""Find the time expressions of a text: dates, clock times, months, years, relative times, lengths of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kg import edtf, resources
from kg.edtf import Interval, Moment, Value
from kg.model import Time
from kg.nlp import time_reader
from kg.nlp.patterns import fold
from kg.nlp.time_reader import Draft, TimeGrammar, words_before

Kind = Literal["date", "interval", "duration"]
_LAST_OF_YEAR = (12, 31)


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """A time expression at a span.

    `time` is a moment ("date"), an interval, or, for "duration", an ISO 8601 length such as P3D, which is no EDTF and
    has no bounds. The span holds the part of the day and words such as "hôm", "ngày", "tháng", not "hồi", "lúc", "từ".
    """

    start: int
    end: int
    text: str
    time: Time
    kind: Kind


@dataclass(frozen=True, slots=True)
class TimeScan:
    """The time expressions of a text, and where its dates and clock times stand.

    `dated` holds also the spans of those whose value needs a day of publication that the text has not; no lengths of time.
    """

    matches: list[TimeMatch]
    dated: list[tuple[int, int]]


def find_times(text: str, *, language: str, reference: date | None) -> list[TimeMatch]:
    """The time expressions of NFC text, left to right, without overlap; none for a language without a time grammar.

    `reference` is the day of publication. Without it a month or day has no year (`XXXX-04`), and what is only counted
    from that day ("tuần trước") is left out. A word such as "từ" before a time opens it: `2024-10/..`. A clock time
    belongs to the last day named before; "cùng ngày" and "hôm sau" are counted from that day.
    """
    return scan_times(text, language=language, reference=reference).matches


def scan_times(text: str, *, language: str, reference: date | None) -> TimeScan:
    """What `find_times` finds, with the spans that hold no quantities."""
    found = _found(text, language, reference)
    matches = [
        TimeMatch(draft.start, draft.end, text[draft.start : draft.end], *_time(draft.value))
        for draft in found
        if draft.value is not None
    ]
    return TimeScan(matches, [(draft.start, draft.end) for draft in found if not isinstance(draft.value, str)])


def _time(value: Value | str) -> tuple[Time, Kind]:
    if isinstance(value, str):
        return Time(value), "duration"
    return edtf.to_time(str(value)), "interval" if isinstance(value, Interval) else "date"


def _found(text: str, language: str, reference: date | None) -> list[Draft]:
    if not (resources.language(language) / f"{time_reader.TABLE}.toml").is_file():
        return []
    grammar, folded = time_reader.load(language), fold(text)
    joined = _joined(grammar, folded, time_reader.drafts(grammar, text, reference))
    return [_opened(grammar, folded, draft) for draft in joined]


def _joined(grammar: TimeGrammar, folded: str, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, with those that words such as "đến" join made into one interval."""
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        interval = None
        if last and grammar.joiners.fullmatch(folded, last.end, draft.start):
            interval = _interval(last, draft)
        if last and interval:
            result[-1] = Draft(last.start, draft.end, interval, dated=True)
        else:
            result.append(draft)
    return result


def _interval(first: Draft, last: Draft) -> Interval | None:
    """The interval of two moments; one without a year of its own takes that of the other."""
    start, end = first.value, last.value
    if not isinstance(start, Moment) or not isinstance(end, Moment) or start.clock or end.clock:
        return None
    across = (start.month or 0, start.day or 0) > (end.month or _LAST_OF_YEAR[0], end.day or _LAST_OF_YEAR[1])
    if not first.dated and start.month and end.year is not None:
        start = replace(start, year=end.year - across)
    elif not last.dated and end.month and start.year is not None:
        end = replace(end, year=start.year + across)
    interval = Interval(start, end)
    return interval if edtf.is_valid(str(interval)) else None


def _opened(grammar: TimeGrammar, folded: str, draft: Draft) -> Draft:
    """The draft as an open interval if a word such as "từ" stands before it."""
    value = draft.value
    if not isinstance(value, Moment) or value.clock or not grammar.openers.search(words_before(folded, draft.start)):
        return draft
    return replace(draft, value=Interval(value, None))
