"""Turn the values of a time expression into weeks, months, quarters, years and lengths of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from kg.edtf import Interval, Moment, Value
from kg.nlp import day_count, durations
from kg.nlp.situation import Fields, Situation, leaves_year_open, stated_year

_SUNDAY = 6
_WEEK = timedelta(days=7)
_MONTHS = 12
_PARTS_OF_WEEK = {"early": (0, 1), "middle": (2, 3), "late": (5, 6)}
_EDGES_OF_YEAR = {"early": 1, "middle": 6, "late": 12}


def month(fields: Fields, situation: Situation) -> Moment:
    """A month; its year is stated or follows from the day of publication."""
    year = stated_year(fields, situation)
    if year is None and leaves_year_open(fields):
        year = day_count.year_of_month(fields["month"], situation.reference, situation.pointer, situation.leeway)
    return Moment(year, fields["month"], approximate=bool(fields.keys() & {"edge", "about"}))


def months(fields: Fields, situation: Situation) -> Interval | None:
    """From one month to another, across a new year if need be."""
    last = month(fields, situation)
    first = fields["first"]
    if last.month is None or first == last.month:
        return None
    year = last.year if last.year is None or first < last.month else last.year - 1
    return Interval(Moment(year, first), last)


def relative_month(fields: Fields, situation: Situation) -> Moment | None:
    """A month counted from that of publication."""
    if situation.reference is None:
        return None
    counted = day_count.months_from(situation.reference, fields.get("month_offset", 0))
    return replace(counted, approximate="edge" in fields)


def year(fields: Fields, situation: Situation) -> Moment | None:
    """A year, or the month at its edge: "cuối năm 2023" is about December."""
    number = stated_year(fields, situation)
    if number is None:
        return None
    if "edge" not in fields:
        return Moment(number, approximate="about" in fields)
    return Moment(number, _EDGES_OF_YEAR[fields["edge"]], approximate=True)


def years(fields: Fields, _situation: Situation) -> Interval | None:
    """From one year to another."""
    return Interval(Moment(fields["first"]), Moment(fields["year"])) if fields["first"] < fields["year"] else None


def quarter(fields: Fields, situation: Situation) -> Interval | None:
    """Three months of a year."""
    number, stated = fields.get("quarter"), stated_year(fields, situation)
    reference = situation.reference
    if "quarter_offset" in fields:
        if reference is None:
            return None
        quarters = reference.year * 4 + (reference.month - 1) // 3 + fields["quarter_offset"]
        stated, number = quarters // 4, quarters % 4 + 1
    elif stated is None and leaves_year_open(fields):
        first_month = 3 * int(number or 1) - 2
        stated = day_count.year_of_month(first_month, reference, situation.pointer, situation.leeway)
    return _run_of_months(stated, 3 * int(number or 1) - 2, 3)


def quarters(fields: Fields, situation: Situation) -> Interval | None:
    """From one quarter to another of the same year."""
    last = quarter(fields, situation)
    if last is None or last.end is None or fields["first"] >= fields["quarter"]:
        return None
    return Interval(Moment(last.end.year, 3 * fields["first"] - 2), last.end)


def half_year(fields: Fields, situation: Situation) -> Interval | None:
    """The first or the second six months."""
    stated = stated_year(fields, situation) or (situation.reference.year if situation.reference else None)
    return _run_of_months(stated, 6 * fields["half"] - 5, 6)


def months_at_edge(fields: Fields, situation: Situation) -> Interval | None:
    """The first or last few months or quarters of a year."""
    stated = stated_year(fields, situation) or (situation.reference.year if situation.reference else None)
    count = int(fields.get("number", 1)) * fields.get("months_each", 1)
    if not 1 <= count < _MONTHS:
        return None
    return _run_of_months(stated, 1 if fields.get("half", 1) == 1 else 13 - count, count)


def decade(fields: Fields, _situation: Situation) -> Moment:
    """Ten years: "thập niên 1990", "những năm 90" of the last century."""
    number = int(fields["decade"])
    return Moment(number if number >= 1000 else 1900 + number, years=10)  # noqa: PLR2004 - four digits


def century(fields: Fields, _situation: Situation) -> Moment:
    """A hundred years: the 16th century is 15XX."""
    return Moment((int(fields["century"]) - 1) * 100, years=100)


def season(fields: Fields, situation: Situation) -> Moment | None:
    """A season of a year."""
    stated = stated_year(fields, situation)
    return None if stated is None else Moment(stated, fields["season"])


def week(fields: Fields, situation: Situation) -> Interval | None:
    """Monday to Sunday, or the part of the week named."""
    reference = situation.reference
    if reference is None:
        return None
    offset = fields.get("week_word", 0)
    if "week_ended" in fields:
        offset = 0 if reference.weekday() == _SUNDAY else -1
    monday = reference - timedelta(days=reference.weekday()) + offset * _WEEK
    first, last = _PARTS_OF_WEEK.get(fields.get("edge", ""), (0, 6))
    return Interval(day_count.moment(monday + timedelta(days=first)), day_count.moment(monday + timedelta(days=last)))


def ago(fields: Fields, situation: Situation) -> Value | None:
    """So long before the day of publication, as exactly as the unit allows."""
    if situation.reference is None:
        return None
    if "some" in fields:
        return day_count.few(situation.reference, fields["time_unit"], -1)
    return day_count.counted(situation.reference, -fields["number"], fields["time_unit"])


def ahead(fields: Fields, situation: Situation) -> Value | None:
    """From the day of publication on for so long: "vài ngày tới"; or after so long: "hai năm nữa"."""
    if situation.reference is None:
        return None
    if "some" in fields:
        return day_count.few(situation.reference, fields["time_unit"], 1)
    end = day_count.counted(situation.reference, fields["number"], fields["time_unit"])
    if end is None or "then" in fields:
        return end
    start = day_count.moment(situation.reference)
    start = replace(start, month=start.month if end.month else None, day=start.day if end.day else None)
    return Interval(start, end)


def duration(fields: Fields, _situation: Situation) -> str | None:
    """A length of time in ISO 8601: "hai tiếng rưỡi" is PT150M; two of them for "7-8 năm"."""
    unit = fields["time_unit"]
    length = durations.iso(fields["number"] + (Decimal("0.5") if "half" in fields else 0), unit)
    if "least" in fields:
        return f"{durations.iso(fields['least'], unit)}/{length}" if fields["least"] < fields["number"] else None
    if "more" in fields:
        return durations.joined(length, durations.iso(fields["more"], fields["more_unit"]))
    return length


def _run_of_months(year_number: int | None, first: int, count: int) -> Interval:
    return Interval(Moment(year_number, first), Moment(year_number, first + count - 1))
