"""Count days, months and years from a day, and find the year that a day or month without one belongs to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from kg.edtf import Interval, Moment

Pointer = Literal["ahead", "leaning", "behind"] | None

_LONGEST = {"day": 40_000, "week": 5_000, "month": 2_000, "year": 1_500, "decade": 150, "century": 15}
_FEW_DAYS = {"day": 7, "week": 21}
_MONTHS = 12
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Leeway:
    """How near a day or month without a year must be to be told from its namesake of another year.

    Where the words around say nothing, it lies behind, unless it comes within `days_ahead` days, or within
    `months_ahead` months of the same year. Where they lean to the future ("sẽ" in the sentence), it lies ahead,
    unless it was there within the last `days_behind` days.
    """

    days_ahead: int = 0
    days_behind: int = 0
    months_ahead: int = 0
    months_behind: int = 0


def moment(on: date) -> Moment:
    """The day as a moment."""
    return Moment(on.year, on.month, on.day)


def months_from(on: date, months: int) -> Moment:
    """The month so many months after that of a day."""
    years, month = divmod(on.year * _MONTHS + on.month - 1 + months, _MONTHS)
    return Moment(years, month + 1)


def counted(on: date, number: Decimal, unit: str) -> Moment | None:
    """So many units after a day, before it if negative, as exactly as the unit allows; None for hours and less.

    Days are exact. Weeks give a day, months and a single year a month, more years a year, each approximate.
    """
    if unit not in _LONGEST or abs(number) > _LONGEST[unit]:
        return None
    if unit in {"day", "week"}:
        day = on + timedelta(days=float(number) * (7 if unit == "week" else 1))
        return Moment(day.year, day.month, day.day, approximate=unit == "week")
    months = int(number * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit])
    reached = months_from(on, months)
    fine = abs(months) <= _MONTHS or unit == "month" or months % _MONTHS
    return Moment(reached.year, reached.month if fine else None, approximate=True)


def few(on: date, unit: str, direction: int) -> Interval | None:
    """The few days or weeks before or after a day; the far end is approximate. None for other units."""
    if unit not in _FEW_DAYS:
        return None
    far = on + timedelta(days=direction * _FEW_DAYS[unit])
    end = Moment(far.year, far.month, far.day, approximate=True)
    return Interval(moment(on), end) if direction > 0 else Interval(end, moment(on))


def year_of_day(month: int, day: int, reference: date | None, pointer: Pointer, leeway: Leeway) -> int | None:
    """The year of a day without one; None without a day of publication, or if there is no such day."""
    if reference is None:
        return None
    far = 8 if (month, day) == _LEAP_DAY else 1
    years = range(reference.year - far, reference.year + far + 1)
    days = [date(year, month, day) for year in years if 1 <= day <= monthrange(year, month)[1]]
    found = meant(days, reference, pointer, leeway)
    return found.year if found else None


def meant(days: Sequence[date], reference: date, pointer: Pointer, leeway: Leeway) -> date | None:
    """Which of the days of a name that comes every year is meant; None where none lies behind or none ahead."""
    coming = next((d for d in days if d >= reference), None)
    gone = next((d for d in reversed(days) if d <= reference), None)
    if coming is None or gone is None:
        return None
    until, since = (coming - reference).days, (reference - gone).days
    return coming if _lies_ahead(pointer, until <= leeway.days_ahead, since > leeway.days_behind) else gone


def year_of_month(month: int, reference: date | None, pointer: Pointer, leeway: Leeway) -> int | None:
    """The year of a month without one, by the same rules."""
    if reference is None:
        return None
    until, since = (month - reference.month) % _MONTHS, (reference.month - month) % _MONTHS
    soon = until <= leeway.months_ahead and month >= reference.month  # in January, "tháng 12" is the last one
    coming = _lies_ahead(pointer, soon, since > leeway.months_behind)
    return months_from(reference, until if coming else -since).year


def _lies_ahead(pointer: Pointer, soon: bool, long_gone: bool) -> bool:  # noqa: FBT001 - two facts about one day
    if pointer == "leaning":
        return long_gone
    return soon if pointer is None else pointer == "ahead"
