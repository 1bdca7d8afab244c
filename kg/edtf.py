"""The part of EDTF (ISO 8601-2 dates) that this project writes: check it, bound it, compare it.

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
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kg.model import Time

OPEN = ".."
_MOMENT = re.compile(
    r"(?:(?P<year>\d{4})|(?P<decade>\d{3})X|(?P<century>\d{2})XX|XXXX)"
    r"(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|XX-XX(?=T)))?"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2}))?(?P<about>~)?",
    re.ASCII,
)
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
_LEAP_YEAR = 2000
_DAYS_ABOUT = timedelta(days=3)
_MINUTES_ABOUT = timedelta(minutes=30)
_SECOND = timedelta(seconds=1)


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
    sides = [_extent(side) for side in (interval.start, interval.end) if side]
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
    first, last = (_extent(side) if side else None for side in (start, end))
    return (
        first[0].isoformat(timespec="seconds") if first else None,
        last[1].isoformat(timespec="seconds") if last else None,
    )


def to_time(edtf: str) -> Time:
    """The model's record of an EDTF value: its text with its bounds, which depend on the text alone."""
    return Time(edtf, *bounds(edtf))


def compatible(a: Time, b: Time) -> bool:
    """Whether both can be said of one moment.

    `XXXX-08-12` and `2025-08-12` can, so can `2025-08` and `2025-08-12`, `2024-10/..` and `2025-01-05`; `2025-08`
    and `2025-09` cannot. Durations are no times: ValueError.
    """
    first, second = parse(a.edtf), parse(b.edtf)
    clocks = {_clock(first), _clock(second)} - {None}
    if _dayless(first) or _dayless(second):
        return len(clocks) < 2  # noqa: PLR2004 - two clock times that differ
    return any(
        _overlap(one, other) for one in _readings(first, beside=second) for other in _readings(second, beside=first)
    )


def more_precise(a: Time, b: Time) -> Time:
    """The one of two compatible times that says more, completed with what only the other knows.

    `2025-08` and `2025-08-12` give the latter; `2025-08` and `XXXX-08-12` give `2025-08-12`, which neither states
    alone; equals give `a`.
    """
    first, second = parse(a.edtf), parse(b.edtf)
    if isinstance(first, Moment) and isinstance(second, Moment):
        joined = _joined(first, second)
        if joined is not None:
            return to_time(str(joined))
    return min((a, b), key=lambda time: _vagueness(parse(time.edtf)))


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
    if not _exists(moment) or str(moment) != text:
        raise ValueError(f"no date of the calendar: {text!r}")
    return moment


def _exists(moment: Moment) -> bool:
    """Whether the calendar has it, and its parts go together."""
    if moment.year == 0 or (moment.years > 1 and (moment.month or moment.clock)):
        return False
    if moment.clock and (moment.clock > (23, 59) or moment.clock[1] > 59 or not (moment.day or moment.year is None)):  # noqa: PLR2004 - clock
        return False
    if moment.month is None:
        return True
    if moment.month in _SEASON_STARTS:
        return moment.day is None
    if not 1 <= moment.month <= 12:  # noqa: PLR2004 - months
        return False
    if moment.clock and moment.day is None:
        return False
    return moment.day is None or 1 <= moment.day <= monthrange(moment.year or _LEAP_YEAR, moment.month)[1]


def _extent(moment: Moment) -> tuple[datetime, datetime] | None:
    """The first and last second, `~` included; None when the year is unknown."""
    if moment.year is None:
        return None
    month = _SEASON_STARTS.get(moment.month or 0, moment.month)
    first = datetime(moment.year, month or 1, moment.day or 1, *(moment.clock or ()))  # noqa: DTZ001 - news gives no zone
    if moment.clock:
        margin = _MINUTES_ABOUT if moment.approximate else timedelta()
        return _shifted(first, -margin), _shifted(first, margin + timedelta(seconds=59))
    if moment.day:
        margin = _DAYS_ABOUT if moment.approximate else timedelta()
        return _shifted(first, -margin), _shifted(first, margin + timedelta(days=1) - _SECOND)
    length, unit = (12 * moment.years, 12) if month is None else (3 if month != moment.month else 1, 1)
    unit = unit if moment.approximate else 0
    return _months_later(first, -unit), _shifted(_months_later(first, length + unit), -_SECOND)


def _shifted(moment: datetime, by: timedelta) -> datetime:
    """`moment` moved, but never out of the calendar."""
    try:
        return moment + by
    except OverflowError:
        return datetime.min if by < timedelta() else datetime.max.replace(microsecond=0)


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if year < 1:
        return datetime.min
    return (
        moment.replace(year=year, month=month + 1) if year <= datetime.max.year else datetime.max.replace(microsecond=0)
    )


def _clock(value: Value) -> tuple[int, int] | None:
    return value.clock if isinstance(value, Moment) else None


def _dayless(value: Value) -> bool:
    """Whether nothing but a clock time is known, or not even that."""
    return isinstance(value, Moment) and value.year is None and value.month is None


def _sides(value: Value) -> list[Moment]:
    sides = (value.start, value.end) if isinstance(value, Interval) else (value,)
    return [side for side in sides if side]


def _readings(value: Value, *, beside: Value) -> Iterable[Value]:
    """`value` itself, or, if its year is unknown, `value` in each year in which `beside` could meet it."""
    if all(side.year is not None for side in _sides(value)):
        return [value]
    years: set[int] = set()
    for side in _sides(beside):
        if side.year is not None:
            years.update(range(side.year - 1, side.year + side.years + 1))
    return [reading for year in sorted(years) or [_LEAP_YEAR] for reading in _in_year(value, year)]


def _in_year(value: Value, year: int) -> list[Value]:
    """`value` with its unknown year filled in; nothing when that year has no such day."""

    def fill(side: Moment | None) -> Moment | None:
        return replace(side, year=year) if side and side.year is None else side

    filled = Interval(fill(value.start), fill(value.end)) if isinstance(value, Interval) else fill(value)
    assert filled is not None  # noqa: S101 - a moment fills to a moment
    return [filled] if all(_exists(side) for side in _sides(filled)) else []


def _overlap(a: Value, b: Value) -> bool:
    def ends(value: Value) -> tuple[datetime, datetime]:
        first, last = (value.start, value.end) if isinstance(value, Interval) else (value, value)
        low, high = (_extent(side) if side else None for side in (first, last))
        return low[0] if low else datetime.min, high[1] if high else datetime.max

    (low_a, high_a), (low_b, high_b) = ends(a), ends(b)
    return low_a <= high_b and low_b <= high_a


def _joined(a: Moment, b: Moment) -> Moment | None:
    """The moment that both describe in parts, if they agree in every part that both know."""
    if a.years > 1 or b.years > 1:
        return None
    pairs = [(a.year, b.year), (a.month, b.month), (a.day, b.day), (a.clock, b.clock)]
    if any(x is not None and y is not None and x != y for x, y in pairs):
        return None
    finer, other = sorted(
        (a, b), key=lambda m: (m.clock is None, m.day is None, m.month is None, m.year is None, m.approximate)
    )
    fields = {name: getattr(finer, name) for name in ("year", "month", "day", "clock")}
    filled = {name: getattr(other, name) if known is None else known for name, known in fields.items()}
    return replace(finer, **filled) if _exists(replace(finer, **filled)) else None


def _vagueness(value: Value) -> tuple[int, timedelta]:
    """How little it says: open and unknown sides first, then the length between the bounds."""
    sides = _sides(value)
    unknown = sum(side.year is None for side in sides) + (isinstance(value, Interval) and len(sides) == 1)
    extents = [extent for side in sides if (extent := _extent(side))]
    length = extents[-1][1] - extents[0][0] if extents else timedelta.max
    return unknown, length
