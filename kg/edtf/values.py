"""Read, write and bound EDTF values, the part of ISO 8601-2 dates that this project uses.

A value is a moment or an interval of two moments, either of which may be open (`..`):

    2025-04-12   2025-04   2025   198X   15XX   2024-22 (summer)   XXXX-04-12   XXXX-04 (year unknown)
    2024-10~ (about)   2024-10/..   2025-12-08/2025-12-14   2021/2026

Two forms go beyond the standard: a clock time without seconds (`2024-10-16T05:30`, `~` allowed), since no newspaper
states seconds, and one whose day is unknown (`XXXX-XX-XXT05:30`). `~` widens the bounds on both sides: by a year
for a year or more, a month for a month or season, three days for a day, half an hour for a clock time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from kg.model import Time

OPEN = ".."
_MOMENT = re.compile(
    r"(?:(?P<year>\d{4})|(?P<decade>\d{3})X|(?P<century>\d{2})XX|XXXX)"
    r"(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|XX-XX(?=T)))?"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2}))?(?P<about>~)?",
    re.ASCII,
)
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
LEAP_YEAR = 2000
_MONTHS = 12
_HOURS, _MINUTES = 24, 60
_DAYS_ABOUT = timedelta(days=3)
_MINUTES_ABOUT = timedelta(minutes=30)
_SECOND = timedelta(seconds=1)
# News gives no time zone, so neither do we.
FIRST = datetime(1, 1, 1)  # noqa: DTZ001 - see above
LAST = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - see above


@dataclass(frozen=True, slots=True)
class Moment:
    """One point or stretch of the calendar; None stands for what is unknown.

    `Moment(2025, 8)` is August 2025, `Moment(None, 8, 12)` the 12th of August of some year. Months 21 to 24 are the
    seasons from spring to winter. `years` is 10 for a decade and 100 for a century that begins with `year`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: tuple[int, int] | None = None
    approximate: bool = False
    years: int = 1

    def __str__(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year:04}"
        known = {1: 4, 10: 3, 100: 2}[self.years]
        text = year[:known] + "X" * (4 - known)
        if self.month is None:
            text += "-XX-XX" if self.clock else ""
        else:
            text += f"-{self.month:02}" + ("" if self.day is None else f"-{self.day:02}")
        if self.clock:
            text += f"T{self.clock[0]:02}:{self.clock[1]:02}"
        return text + ("~" if self.approximate else "")


@dataclass(frozen=True, slots=True)
class Interval:
    """From the beginning of `start` to the end of `end`; None is an open side."""

    start: Moment | None
    end: Moment | None

    def __str__(self) -> str:
        return f"{self.start or OPEN}/{self.end or OPEN}"


Value = Moment | Interval


@lru_cache(maxsize=1024)  # a value is checked, then bounded, and the same days come again
def parse(edtf: str) -> Value:
    """The value that `edtf` spells; ValueError when it is outside our part of EDTF or no date of the calendar."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _moment(edtf)
    if start == end == OPEN:
        raise ValueError(f"an interval with two open sides: {edtf!r}")
    interval = Interval(*(None if side == OPEN else _moment(side) for side in (start, end)))
    if any(side and side.clock for side in (interval.start, interval.end)):
        raise ValueError(f"an interval of clock times: {edtf!r}")
    sides = [extent(side) for side in (interval.start, interval.end) if side]
    if len(sides) > 1 and sides[0] and sides[1] and sides[0][0] > sides[1][1]:
        raise ValueError(f"an interval that ends before it begins: {edtf!r}")
    return interval


def is_valid(edtf: str) -> bool:
    """Whether `parse` accepts it."""
    try:
        parse(edtf)
    except ValueError:
        return False
    return True


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """The earliest and the latest second as ISO 8601 without zone; None for an open side or an unknown year."""
    value = parse(edtf)
    start, end = (value.start, value.end) if isinstance(value, Interval) else (value, value)
    first, last = (extent(side) if side else None for side in (start, end))
    return (
        first[0].isoformat(timespec="seconds") if first else None,
        last[1].isoformat(timespec="seconds") if last else None,
    )


def to_time(edtf: str) -> Time:
    """The model's record of an EDTF value: its text with its bounds, which depend on the text alone."""
    return Time(edtf, *bounds(edtf))


def _moment(text: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"no date of our part of EDTF: {text!r}")
    years, digits = 1, match["year"]
    if match["decade"] or match["century"]:
        years, digits = (10, match["decade"] + "0") if match["decade"] else (100, match["century"] + "00")
    moment = Moment(
        year=int(digits) if digits else None,
        month=int(match["month"]) if match["month"] else None,
        day=int(match["day"]) if match["day"] else None,
        clock=(int(match["hour"]), int(match["minute"])) if match["hour"] else None,
        approximate=bool(match["about"]),
        years=years,
    )
    if not exists(moment) or str(moment) != text:
        raise ValueError(f"no date of the calendar: {text!r}")
    return moment


def exists(moment: Moment) -> bool:
    """Whether the calendar has it, and its parts go together: no 30 February, no clock time of a month."""
    if moment.year == 0 or (moment.years > 1 and (moment.month or moment.clock or moment.approximate)):
        return False
    if moment.clock and not (_on_the_clock(*moment.clock) and (moment.day or moment.month is moment.year is None)):
        return False
    if moment.month in _SEASON_STARTS:
        return moment.day is None and not moment.approximate
    if moment.month is None:
        return moment.day is None
    if not 1 <= moment.month <= _MONTHS:
        return False
    return moment.day is None or 1 <= moment.day <= monthrange(moment.year or LEAP_YEAR, moment.month)[1]


def _on_the_clock(hour: int, minute: int) -> bool:
    return 0 <= hour < _HOURS and 0 <= minute < _MINUTES


def extent(moment: Moment) -> tuple[datetime, datetime] | None:
    """The first and the last second, widened where `~` says so; None when the year is unknown."""
    if moment.year is None:
        return None
    month = _SEASON_STARTS.get(moment.month or 0, moment.month)
    first = datetime(moment.year, month or 1, moment.day or 1, *(moment.clock or ()))  # noqa: DTZ001 - see FIRST
    if moment.clock:
        margin = _MINUTES_ABOUT if moment.approximate else timedelta()
        return _shifted(first, -margin), _shifted(first, margin + timedelta(seconds=59))
    if moment.day:
        margin = _DAYS_ABOUT if moment.approximate else timedelta()
        return _shifted(first, -margin), _shifted(first, margin + timedelta(days=1) - _SECOND)
    length, unit = (_MONTHS * moment.years, _MONTHS) if month is None else (3 if month != moment.month else 1, 1)
    unit = unit if moment.approximate else 0
    end = _months_later(first, length + unit)
    return _months_later(first, -unit), end if end == LAST else end - _SECOND


def _shifted(moment: datetime, by: timedelta) -> datetime:
    """`moment` moved, but never out of the calendar."""
    try:
        return moment + by
    except OverflowError:
        return FIRST if by < timedelta() else LAST


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * _MONTHS + moment.month - 1 + months, _MONTHS)
    if year < FIRST.year:
        return FIRST
    return moment.replace(year=year, month=month + 1) if year <= LAST.year else LAST
