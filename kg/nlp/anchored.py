"""Turn the values of a time expression that is counted from an earlier time in the text: "hôm sau", "hai năm sau"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from kg.edtf import Interval, Moment
from kg.nlp import day_count
from kg.nlp.dating import at, with_clock
from kg.nlp.situation import Fields, Situation

_WEEK = timedelta(days=7)
_CLOCK_UNITS = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_LONGEST = 1_000
_EDGES_OF_YEAR = {"early": 1, "middle": 6, "late": 12}


def anchor_day(fields: Fields, situation: Situation) -> Moment | None:
    """A day counted from the last day named: "cùng ngày", "hôm sau"."""
    anchor, days_later = situation.anchor, fields.get("anchor_day", 0)
    if anchor is None or anchor.month is None or anchor.day is None:
        return None
    if anchor.year is None:
        shifted = date(2001, anchor.month, min(anchor.day, 28)) + timedelta(days=days_later)
        exact = anchor if days_later == 0 else Moment(None, shifted.month, shifted.day)
        return with_clock(replace(exact, clock=None, approximate=False), fields)
    return at(date(anchor.year, anchor.month, anchor.day) + timedelta(days=days_later), fields)


def anchor_week(fields: Fields, situation: Situation) -> Interval | None:
    """The week of the last day named, or one beside it: "tuần sau đó"."""
    day = _day(situation.anchor)
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday()) + fields["anchor_week"] * _WEEK
    return Interval(day_count.moment(monday), day_count.moment(monday + timedelta(days=6)))


def anchor_month(fields: Fields, situation: Situation) -> Moment | None:
    """The month of the last time named, or one beside it: "tháng sau đó"."""
    recent = situation.recent
    if recent is None or recent.year is None or recent.month is None:
        return None
    counted = day_count.months_from(date(recent.year, recent.month, 1), fields["anchor_month"])
    return replace(counted, approximate="edge" in fields)


def anchor_year(fields: Fields, situation: Situation) -> Moment | None:
    """The year of the last time named, or one beside it, or the month at its edge: "cuối năm đó"."""
    recent = situation.recent
    if recent is None or recent.year is None:
        return None
    year = recent.year + fields["text_year"]
    return Moment(year, _EDGES_OF_YEAR[fields["edge"]], approximate=True) if "edge" in fields else Moment(year)


def later(fields: Fields, situation: Situation) -> Moment | Interval | None:
    """So long after or before the last time named that is as fine as the unit; hours count from a clock time."""
    unit, direction = fields["time_unit"], fields["direction"]
    if "some" in fields:
        day = _day(situation.anchor)
        return day_count.few(day, unit, direction) if day else None
    signed = fields["number"] * direction
    if unit in _CLOCK_UNITS:
        return _hours_later(situation.struck, float(signed) * _CLOCK_UNITS[unit]) if abs(signed) <= _LONGEST else None
    if unit in {"day", "week"}:
        day = _day(situation.anchor)
    else:
        recent = situation.recent
        if recent is None or recent.year is None:
            return None
        if recent.month is None:
            return Moment(recent.year + int(signed * _YEARS[unit])) if unit in _YEARS else None
        day = date(recent.year, recent.month, recent.day or 1)
    return day_count.counted(day, signed, unit) if day else None


def _day(moment: Moment | None) -> date | None:
    if moment is None or moment.year is None or moment.month is None or moment.day is None:
        return None
    return date(moment.year, moment.month, moment.day)


def _hours_later(struck: Moment | None, length: timedelta) -> Moment | None:
    day = _day(struck)
    if day is None or struck is None or struck.clock is None:
        return None
    then = datetime(day.year, day.month, day.day, *struck.clock) + length  # noqa: DTZ001 - news gives no time zone
    return Moment(then.year, then.month, then.day, clock=(then.hour, then.minute), approximate=True)
