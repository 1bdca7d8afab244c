"""Turn the values of a time expression into a day or a clock time, and list what rules may make.

Each maker takes the fields of a rule and the situation of the text, and returns None where nothing may be said, as
for "tuần trước" in an undated text. Nothing is guessed: without a day of publication the year stays unknown.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from kg.edtf import Interval, Moment, Value
from kg.nlp import day_count, periods
from kg.nlp.situation import FUTURE, Fields, Situation, stated_year

Maker = Callable[[Fields, Situation], Value | str | None]
_WEEK = timedelta(days=7)
_LEAP_YEAR = 2000
_MORNING, _NOON, _NIGHT, _END_OF_DAY = 5, 12, 20, 24  # o'clock
_HALF_YEAR = timedelta(days=183)


def day(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the calendar, or one counted from the day of publication."""
    if "day_word" in fields:
        if situation.reference is None:
            return None
        return _at(situation.reference + timedelta(days=fields["day_word"]), fields)
    year = stated_year(fields, situation)
    month, number = fields["month"], fields["day"]
    if year is None and "year_word" not in fields:
        year = day_count.year_of_day(month, number, situation.reference, situation.pointer, situation.leeway)
    if not 1 <= number <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    return _with_clock(Moment(year, month, number), fields)


def anchor_day(fields: Fields, situation: Situation) -> Moment | None:
    """A day counted from the last day named: "cùng ngày", "hôm sau"."""
    return _after_anchor(situation.anchor, fields.get("anchor_day", 0), fields)


def weekday(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the week: of the week named, else the next one ahead or the last one behind, today included."""
    reference = situation.reference
    if reference is None:
        return None
    target = int(fields["weekday"])
    if "week_word" in fields:
        monday = reference - timedelta(days=reference.weekday()) + fields["week_word"] * _WEEK
        return _at(monday + timedelta(days=target), fields)
    if fields.get("next") == 0:
        return _at(reference + timedelta(days=target - reference.weekday()), fields)
    if fields.get("next") == 1 or situation.pointer in FUTURE:
        return _at(reference + timedelta(days=(target - reference.weekday() - 1) % 7 + 1), fields)
    return _at(reference - timedelta(days=(reference.weekday() - target) % 7), fields)


def days(fields: Fields, situation: Situation) -> Interval | None:
    """Two days of one month, or of two."""
    last = day(fields, situation)
    if last is None:
        return None
    month = fields.get("first_month", last.month)
    year = last.year if last.year is None or month <= (last.month or 0) else last.year - 1
    first = Moment(year, month, fields["first"])
    if first.day is None or not 1 <= first.day <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    ordered = (first.month, first.day) < (last.month, last.day) or "first_month" in fields
    return Interval(first, last) if ordered else None


def clock(fields: Fields, situation: Situation) -> Moment | None:
    """A clock time of the last day named, or of a day unknown."""
    timed = _with_clock(situation.anchor or Moment(), fields)
    return timed if timed.clock or timed.day else None


def later(fields: Fields, situation: Situation) -> Moment | None:
    """So long after or before the last day named."""
    anchor = situation.anchor
    if anchor is None or anchor.year is None or anchor.month is None or anchor.day is None:
        return None
    signed = fields["number"] * fields["direction"]
    return day_count.counted(date(anchor.year, anchor.month, anchor.day), signed, fields["time_unit"])


def holiday(fields: Fields, situation: Situation) -> Moment | None:
    """A holiday with a fixed day."""
    month_number, number = fields["holiday"]
    return day({**fields, "month": month_number, "day": number}, situation)


def tet(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the lunar new year nearest to the day of publication."""
    reference = situation.reference
    if reference is None:
        return None
    gaps = [(abs(first - reference), first) for first in situation.new_years]
    if not gaps or min(gaps)[0] > _HALF_YEAR:
        return None
    return _at(min(gaps)[1] + timedelta(days=fields["tet_day"] - 1), fields)


def _at(on: date, fields: Fields) -> Moment:
    return _with_clock(day_count.moment(on), fields)


def _with_clock(moment: Moment, fields: Fields) -> Moment:
    """The moment with the clock time of the fields, if they have one; the part of the day tells 10 from 22 o'clock."""
    if "hour" not in fields or fields["hour"] == _END_OF_DAY:
        return moment
    hour, part = fields["hour"], fields.get("part", 0)
    at_night = part >= _NIGHT
    if hour < min(part, _NOON) and not (at_night and hour < _MORNING):
        hour += _NOON
    elif at_night and hour == _NOON:
        hour = 0
    return replace(moment, clock=(hour, fields.get("minute", 0)), approximate="about" in fields)


def _after_anchor(anchor: Moment | None, days_later: int, fields: Fields) -> Moment | None:
    if anchor is None or anchor.month is None or anchor.day is None:
        return None
    if anchor.year is None:
        shifted = date(2001, anchor.month, min(anchor.day, 28)) + timedelta(days=days_later)
        exact = anchor if days_later == 0 else Moment(None, shifted.month, shifted.day)
        return _with_clock(replace(exact, clock=None, approximate=False), fields)
    return _at(date(anchor.year, anchor.month, anchor.day) + timedelta(days=days_later), fields)


MAKERS: Mapping[str, Maker] = {
    maker.__name__: maker
    for maker in (
        day, anchor_day, weekday, days, clock, later, holiday, tet,
        periods.month, periods.months, periods.relative_month, periods.year, periods.years, periods.quarter,
        periods.half_year, periods.months_at_edge, periods.decade, periods.century, periods.season, periods.week,
        periods.ago, periods.ahead, periods.duration,
    )
}  # fmt: skip
