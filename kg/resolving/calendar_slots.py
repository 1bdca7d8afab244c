"""Say in which slots of the calendar a time stands, so that times which may agree find each other."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import inf

from kg import edtf
from kg.model import Time

_MONTHS = 12
DAY, _MONTH, _YEAR = 1, 31, 366
FEW = 10
"""Days of an interval that are looked for one by one."""
_YEARS = 3  # a time of more years is looked for among all


@lru_cache(maxsize=4096)
def length(text: str) -> float:
    """How many days a time is long, less for a clock time; without end where a side is open."""
    value = edtf.parse(text)
    if isinstance(value, edtf.Interval):
        first, last = edtf.bounds(text)
        return (day_of(last) - day_of(first)).days + 1 if first and last else inf
    if value.clock:
        return 0
    return DAY if value.day else _MONTH if value.month else _YEAR * value.years


def day_of(bound: str) -> date:
    """The day of the earliest or the latest second of a time."""
    return date.fromisoformat(bound[:10])


@lru_cache(maxsize=4096)
def _time_slots(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slots of the calendar that a time stands in, and the one or few in which a finer one may stand."""
    value = edtf.parse(text)
    if isinstance(value, edtf.Interval):
        return _days_between(text) or _years(text)
    year = "" if value.year is None else f"{value.year:04}"
    if (
        value.years > 1
        or value.approximate
        or (value.month is None and not value.clock)
        or (value.month or 0) > _MONTHS
    ):
        return _years(text)
    if value.month is None:
        return (), ("any",)
    month, day = f"{value.month:02}", "" if value.day is None else f"{value.day:02}"
    parts_known = [f"{year}-{month}-{day}", f"{year}-{month}", year, f"-{month}-{day}", f"-{month}"]
    known = [
        slot
        for slot, parts in zip(parts_known, ((year, day), (year,), (year,), (day,), (True,)), strict=True)
        if all(parts)
    ]
    if year and day:
        return tuple(known), (known[0],)
    return tuple(known), (f"{year}-{month}",) if year else (f"-{month}",)


def _days_between(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The slots of an interval of days: the days, if they are few, and their months; None for a longer one."""
    earliest, latest = edtf.bounds(text)
    count = length(text)
    if not earliest or not latest or count > _MONTH:
        return None
    days = [(day_of(earliest) + timedelta(days=n)).isoformat() for n in range(int(count))]
    months = tuple(dict.fromkeys(day[:7] for day in days))
    found = [*months, *(day[:4] for day in days), *(month[4:] for month in months)]
    if count <= FEW:
        found += [slot for day in days for slot in (day, day[4:])]
    return tuple(dict.fromkeys(found)), months


def _years(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    earliest, latest = edtf.bounds(text)
    if not earliest or not latest:
        return (), ("any",)
    first, last = int(earliest[:4]), int(latest[:4])
    found = tuple(f"{year:04}" for year in range(first, last + 1)) if last - first < _YEARS else ()
    return found, found or ("any",)


def slots(time: Time | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slots that a time stands in, and those in which a finer one may stand; "any" for no time at all."""
    return _time_slots(time.edtf) if time else ((), ("any",))
