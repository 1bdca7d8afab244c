"""Turn the values of a time expression into a day or a clock time.

Each maker takes the fields of a rule and the situation of the text, and returns None where nothing may be said, as
for "tuần trước" in an undated text. Nothing is guessed: without a day of publication the year stays unknown.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from kg.edtf import Interval, Moment
from kg.nlp import day_count
from kg.nlp.situation import FUTURE, Fields, Situation, leaves_year_open, stated_year

_WEEK = timedelta(days=7)
_LEAP_YEAR = 2000
_MORNING, _NOON, _NIGHT, _END_OF_DAY = 5, 12, 20, 24  # o'clock


def day(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the calendar, or one counted from the day of publication."""
    if "day_word" in fields:
        if situation.reference is None:
            return None
        return at(situation.reference + timedelta(days=fields["day_word"]), fields)
    year = stated_year(fields, situation)
    month, number = fields["month"], fields["day"]
    if year is None and leaves_year_open(fields):
        year = day_count.year_of_day(month, number, situation.reference, situation.pointer, situation.leeway)
    if not 1 <= number <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    return with_clock(Moment(year, month, number), fields)


def day_of_month(fields: Fields, situation: Situation) -> Moment | None:
    """A day of a month counted from that of publication: "ngày 15 tháng này"."""
    if situation.reference is None:
        return None
    counted = day_count.months_from(situation.reference, fields["month_offset"])
    return day({**fields, "year": counted.year, "month": counted.month}, situation)


def weekday(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the week: of the week named, else the next one ahead or the last one behind, today included."""
    reference = situation.reference
    if reference is None:
        return None
    target = int(fields["weekday"])
    if "week_word" in fields:
        monday = reference - timedelta(days=reference.weekday()) + fields["week_word"] * _WEEK
        return at(monday + timedelta(days=target), fields)
    if fields.get("next") == 0:
        return at(reference + timedelta(days=target - reference.weekday()), fields)
    if fields.get("next") == -1:
        return at(reference - timedelta(days=(reference.weekday() - target - 1) % 7 + 1), fields)
    if fields.get("next") == 1 or situation.pointer in FUTURE:
        return at(reference + timedelta(days=(target - reference.weekday() - 1) % 7 + 1), fields)
    return at(reference - timedelta(days=(reference.weekday() - target) % 7), fields)


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
    timed = with_clock(situation.anchor or Moment(), fields)
    return timed if timed.clock or timed.day else None


def holiday(fields: Fields, situation: Situation) -> Moment | None:
    """A holiday with a fixed day."""
    month_number, number = fields["holiday"]
    return day({**fields, "month": month_number, "day": number}, situation)


def at(on: date, fields: Fields) -> Moment:
    """The day with the clock time of the fields, if they have one."""
    return with_clock(day_count.moment(on), fields)


def with_clock(moment: Moment, fields: Fields) -> Moment:
    """The moment with the clock time of the fields, if they have one; the part of the day tells 10 from 22 o'clock."""
    if "hour" not in fields or fields["hour"] == _END_OF_DAY:
        return moment
    hour, part = fields["hour"], fields.get("part", 0)
    minute = fields.get("minute", 0)
    if "short" in fields:  # "8 giờ kém 15"
        hour, minute = (hour - 1) % _END_OF_DAY, 60 - fields["short"]
    at_night = part >= _NIGHT
    if hour < min(part, _NOON) and not (at_night and hour < _MORNING):
        hour += _NOON
    elif at_night and hour == _NOON:
        hour = 0
    return replace(moment, clock=(hour, minute), approximate="about" in fields)
