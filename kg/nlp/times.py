"""Find the time expressions of a text: dates, clock times, months, years, relative times, lengths of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from kg import edtf, resources
from kg.edtf import Interval, Moment, Value
from kg.model import Time
from kg.nlp import day_count, time_reader
from kg.nlp.draft import Anchor, Draft
from kg.nlp.patterns import fold
from kg.nlp.time_reader import TimeGrammar, words_before

Kind = Literal["date", "interval", "duration"]
_LAST_OF_YEAR = (12, 31)


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """A time expression at a span.

    `time` is a moment ("date"), an interval, or, for "duration", an ISO 8601 length such as P3D, which is no EDTF and
    has no bounds. The span holds the part of the day and words such as "hôm", "ngày", "tháng", not "hồi", "lúc", "từ".
    `anchor` says what the value was counted from: nothing ("stated"), the day of publication, an earlier time of the
    text, or the day of the speech in which it is quoted.
    """

    start: int
    end: int
    text: str
    time: Time
    kind: Kind
    anchor: Anchor


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
    belongs to the last day named before; "cùng ngày" and "hôm sau" are counted from that day, and "hôm qua" in a
    quotation from the day of the speech where that stands beside it.
    """
    return scan_times(text, language=language, reference=reference).matches


def scan_times(text: str, *, language: str, reference: date | None) -> TimeScan:
    """What `find_times` finds, with the spans that hold no quantities."""
    found = _found(text, language, reference)
    matches = [
        TimeMatch(draft.start, draft.end, text[draft.start : draft.end], *_time(draft.value), draft.anchor)
        for draft in found
        if draft.value is not None
    ]
    return TimeScan(matches, [(draft.start, draft.end) for draft in found if not isinstance(draft.value, str)])


def _time(value: Value | str) -> tuple[Time, Kind]:
    if isinstance(value, str):
        return Time(value), "duration"
    return edtf.to_time(str(value)), "interval" if isinstance(value, Interval) else "date"


@cache
def _has_grammar(language: str) -> bool:
    return (resources.language(language) / f"{time_reader.TABLE}.toml").is_file()


def _found(text: str, language: str, reference: date | None) -> list[Draft]:
    if not _has_grammar(language):
        return []
    grammar, folded = time_reader.load(language), fold(text)
    joined = _joined(grammar, folded, time_reader.drafts(grammar, text, reference))
    return [_opened(grammar, folded, draft) for draft in joined]


def _joined(grammar: TimeGrammar, folded: str, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, with those that words such as "đến" join made into one interval."""
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        if last is None or not grammar.joiners.fullmatch(folded, last.end, draft.start):
            result.append(draft)
        elif interval := _interval(last, draft):
            result[-1] = Draft(last.start, draft.end, interval, dated=True, anchor=_joint_anchor(last, draft))
        else:
            result[-1] = _on_the_same_day(last, draft)
            result.append(draft)
    return result


def _joint_anchor(first: Draft, last: Draft) -> Anchor:
    """What an interval was counted from: one side's year may come from the other."""
    telling = [draft.anchor for draft in (first, last) if draft.dated] or [first.anchor, last.anchor]
    return next((anchor for anchor in telling if anchor != "stated"), "stated")


def _on_the_same_day(first: Draft, last: Draft) -> Draft:
    """The first of two clock times with the day of the second: "từ 8h đến 10h ngày 5/3"."""
    start, end = first.value, last.value
    if not isinstance(start, Moment) or not isinstance(end, Moment) or not start.clock or not end.clock:
        return first
    if first.makes != "clock" or last.makes == "clock" or start.clock >= end.clock:
        return first
    return replace(first, value=replace(end, clock=start.clock, approximate=start.approximate), anchor=last.anchor)


def _interval(first: Draft, last: Draft) -> Interval | None:
    """The interval of two moments; one without a year of its own takes that of the other."""
    start, end = first.value, last.value
    if not isinstance(start, Moment) or not isinstance(end, Moment) or start.clock or end.clock:
        return None
    if first.makes == last.makes == "weekday" and start.year and end.year:
        return _days_of_a_week(start, end)
    across = (start.month or 0, start.day or 0) > (end.month or _LAST_OF_YEAR[0], end.day or _LAST_OF_YEAR[1])
    if not first.dated and start.month and end.year is not None:
        start = replace(start, year=end.year - across)
    elif not last.dated and end.month and start.year is not None:
        end = replace(end, year=start.year + across)
    interval = Interval(start, end)
    return interval if edtf.is_valid(str(interval)) else None


def _days_of_a_week(start: Moment, end: Moment) -> Interval:
    """From one day of the week to the next such as the other: "từ thứ hai đến thứ sáu"."""
    first, last = (date(day.year or 0, day.month or 0, day.day or 0) for day in (start, end))
    return Interval(start, day_count.moment(first + timedelta(days=((last - first).days - 1) % 7 + 1)))


def _opened(grammar: TimeGrammar, folded: str, draft: Draft) -> Draft:
    """The draft as an open interval if a word such as "từ" stands before it."""
    value = draft.value
    if not isinstance(value, Moment) or value.clock or not grammar.openers.search(words_before(folded, draft.start)):
        return draft
    return replace(draft, value=Interval(value, None))
