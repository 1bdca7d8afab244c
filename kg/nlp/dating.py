"""Turn the values of a time expression into a moment, an interval or a length of time.

Each maker takes the fields of a rule and the situation of the text, and returns None where nothing may be said, as
for "tuần trước" in an undated text. Nothing is guessed: without a day of publication the year stays unknown.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kg.edtf import Interval, Moment, Value
from kg.nlp import day_count, durations
from kg.nlp.day_count import Leeway, Pointer

Fields = Mapping[str, Any]
_SUNDAY = 6
_WEEK = timedelta(days=7)
_MONTHS = 12
_FUTURE = ("ahead", "leaning")
_PARTS_OF_WEEK = {"early": (0, 1), "middle": (2, 3), "late": (5, 6)}
_EDGES_OF_YEAR = {"early": 1, "middle": 6, "late": 12}


@dataclass(frozen=True, slots=True)
class Situation:
    """What a time expression is read against.

    `reference` is the day of publication; `anchor` the last day that the text named before; `pointer` says where the
    words around point: "ahead", "behind", "leaning" towards the future, or nowhere.
    """

    reference: date | None = None
    anchor: Moment | None = None
    pointer: Pointer = None
    leeway: Leeway = field(default_factory=Leeway)
    new_years: Sequence[date] = ()


Maker = Callable[[Fields, Situation], Value | str | None]


def day(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the calendar, or one counted from the day of publication."""
    if "day_word" in fields:
        if situation.reference is None:
            return None
        return _at(situation.reference + timedelta(days=fields["day_word"]), fields)
    year = _stated_year(fields, situation)
    month, number = fields["month"], fields["day"]
    if year is None and "year_word" not in fields:
        year = day_count.year_of_day(month, number, situation.reference, situation.pointer, situation.leeway)
    if not 1 <= number <= monthrange(year or 2000, month)[1]:
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
    if fields.get("next") == 1 or situation.pointer in _FUTURE:
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
    if first.day is None or not 1 <= first.day <= monthrange(year or 2000, month)[1]:
        return None
    ordered = (first.month, first.day) < (last.month, last.day) or "first_month" in fields
    return Interval(first, last) if ordered else None


def clock(fields: Fields, situation: Situation) -> Moment | None:
    """A clock time of the last day named, or of a day unknown."""
    return _with_clock(situation.anchor or Moment(), fields)


def month(fields: Fields, situation: Situation) -> Moment:
    """A month; its year is stated or follows from the day of publication."""
    year = _stated_year(fields, situation)
    if year is None and "year_word" not in fields:
        year = day_count.year_of_month(fields["month"], situation.reference, situation.pointer, situation.leeway)
    return Moment(year, fields["month"], approximate="edge" in fields)


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
    number = _stated_year(fields, situation)
    if number is None:
        return None
    if "edge" not in fields:
        return Moment(number)
    return Moment(number, _EDGES_OF_YEAR[fields["edge"]], approximate=True)


def years(fields: Fields, _situation: Situation) -> Interval | None:
    """From one year to another."""
    return Interval(Moment(fields["first"]), Moment(fields["year"])) if fields["first"] < fields["year"] else None


def quarter(fields: Fields, situation: Situation) -> Interval | None:
    """Three months of a year."""
    number, stated = fields.get("quarter"), _stated_year(fields, situation)
    reference = situation.reference
    if "quarter_offset" in fields:
        if reference is None:
            return None
        quarters = reference.year * 4 + (reference.month - 1) // 3 + fields["quarter_offset"]
        stated, number = quarters // 4, quarters % 4 + 1
    elif stated is None and "year_word" not in fields and reference is not None:
        stated = reference.year
        begins = date(stated, 3 * int(number or 1) - 2, 1)
        if begins > reference and situation.pointer not in _FUTURE:
            stated -= 1
    return _run_of_months(stated, 3 * int(number or 1) - 2, 3)


def half_year(fields: Fields, situation: Situation) -> Interval | None:
    """The first or the second six months."""
    stated = _stated_year(fields, situation) or (situation.reference.year if situation.reference else None)
    return _run_of_months(stated, 6 * fields["half"] - 5, 6)


def months_at_edge(fields: Fields, situation: Situation) -> Interval | None:
    """The first or last few months of a year."""
    stated = _stated_year(fields, situation) or (situation.reference.year if situation.reference else None)
    count = int(fields["number"])
    if not 1 <= count < _MONTHS:
        return None
    return _run_of_months(stated, 1 if fields["half"] == 1 else 13 - count, count)


def decade(fields: Fields, _situation: Situation) -> Moment:
    """Ten years: "thập niên 1990", "những năm 90" of the last century."""
    number = int(fields["decade"])
    return Moment(number if number >= 1000 else 1900 + number, years=10)  # noqa: PLR2004 - four digits


def century(fields: Fields, _situation: Situation) -> Moment:
    """A hundred years: the 16th century is 15XX."""
    return Moment((int(fields["century"]) - 1) * 100, years=100)


def season(fields: Fields, situation: Situation) -> Moment | None:
    """A season of a year."""
    stated = _stated_year(fields, situation)
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
    if not gaps or min(gaps)[0] > timedelta(days=183):
        return None
    return _at(min(gaps)[1] + timedelta(days=fields["tet_day"] - 1), fields)


def duration(fields: Fields, _situation: Situation) -> str | None:
    """A length of time in ISO 8601: "hai tiếng rưỡi" is PT150M; two of them for "7-8 năm"."""
    unit = fields["time_unit"]
    length = durations.iso(fields["number"] + (Decimal("0.5") if "half" in fields else 0), unit)
    if "least" in fields:
        return f"{durations.iso(fields['least'], unit)}/{length}" if fields["least"] < fields["number"] else None
    if "more" in fields:
        return durations.joined(length, durations.iso(fields["more"], fields["more_unit"]))
    return length


def _stated_year(fields: Fields, situation: Situation) -> int | None:
    """The year that the words state, or count from that of publication."""
    if "year" in fields:
        return int(fields["year"])
    if "year_word" in fields and situation.reference is not None:
        return situation.reference.year + int(fields["year_word"])
    return None


def _at(on: date, fields: Fields) -> Moment:
    return _with_clock(day_count.moment(on), fields)


def _with_clock(moment: Moment, fields: Fields) -> Moment:
    """The moment with the clock time of the fields, if they have one; the part of the day tells 10 from 22 o'clock."""
    if "hour" not in fields or fields["hour"] == 24:  # noqa: PLR2004 - "24h" names the end of the day
        return moment
    hour, part = fields["hour"], fields.get("part", 0)
    if hour < min(part, 12) and not (part == 20 and hour < 5):  # noqa: PLR2004 - "2h đêm" stays
        hour += 12
    elif part == 20 and hour == 12:  # noqa: PLR2004 - "12h đêm" is midnight
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


def _run_of_months(year_number: int | None, first: int, count: int) -> Interval:
    return Interval(Moment(year_number, first), Moment(year_number, first + count - 1))


MAKERS: Mapping[str, Maker] = {
    maker.__name__: maker
    for maker in (
        day, anchor_day, weekday, days, clock, month, months, relative_month, year, years, quarter, half_year,
        months_at_edge, decade, century, season, week, ago, ahead, later, holiday, tet, duration,
    )
}  # fmt: skip
