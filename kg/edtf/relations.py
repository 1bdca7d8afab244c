"""Tell whether two times can be said of one moment, and which of them says more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from kg.edtf.values import FIRST, LAST, LEAP_YEAR, Interval, Moment, Value, exists, extent, parse, to_time
from kg.model import Time


def compatible(a: Time, b: Time) -> bool:
    """Whether both can be said of one moment.

    `XXXX-08-12` and `2025-08-12` can, so can `2025-08` and `2025-08-12`, `2024-10/..` and `2025-01-05`; `2025-08`
    and `2025-09` cannot. Durations are no times: ValueError.
    """
    first, second = parse(a.edtf), parse(b.edtf)
    if first == second:  # also an interval over the turn of a year that nobody names: "from September to the summer"
        return True
    clocks = {_clock(first), _clock(second)} - {None}
    if _dayless(first) or _dayless(second):
        return len(clocks) <= 1
    return any(
        _overlap(one, other) for one in _readings(first, beside=second) for other in _readings(second, beside=first)
    )


def more_precise(a: Time, b: Time) -> Time:
    """The one of two compatible times that says more, completed with what only the other knows.

    `2025-08` and `2025-08-12` give the latter; `2025-08` and `XXXX-08-12` give `2025-08-12`, which neither states
    alone. The order of the two makes no difference.
    """
    first, second = parse(a.edtf), parse(b.edtf)
    if isinstance(first, Moment) and isinstance(second, Moment):
        joined = _joined(first, second)
        if joined is not None:
            return to_time(str(joined))
    return min((a, b), key=lambda time: (_vagueness(parse(time.edtf)), time.edtf))


def days_between(a: Time, b: Time) -> int | None:
    """How many days lie between two days; None where either is no day. A year that one leaves out is that of the other."""
    days = _nearest(a, b)
    return abs((days[0] - days[1]).days) if days else None


def spanning(days: Sequence[Time]) -> Time | None:
    """The interval from the first to the last of several days; None where one of them is no day.

    `2025-11-12` and `XXXX-11-13` give `2025-11-12/2025-11-13`. Days of a year that none of them names keep it open.
    """
    known = min((time for time in days if time.earliest), key=lambda time: time.edtf, default=None)
    found = [pair[1] for time in days if (pair := _nearest(known or days[0], time))]
    if len(found) < len(days):
        return None
    first, last = min(found), max(found)
    if known is None:
        return to_time(f"XXXX-{first:%m-%d}/XXXX-{last:%m-%d}")
    return to_time(f"{first.isoformat()}/{last.isoformat()}")


def _nearest(a: Time, b: Time) -> tuple[date, date] | None:
    """Two days, in the years that bring them nearest to each other where one leaves its year out; None for other times."""
    first, second = parse(a.edtf), parse(b.edtf)
    pairs = [
        (one, other)
        for x in _readings(first, beside=second)
        for y in _readings(second, beside=first)
        if (one := _as_day(x)) and (other := _as_day(y))
    ]
    return min(pairs, key=lambda pair: (abs((pair[0] - pair[1]).days), pair), default=None)


def _as_day(value: Value) -> date | None:
    if isinstance(value, Moment) and value.year and value.month and value.day and not value.approximate:
        return date(value.year, value.month, value.day)
    return None


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
    return [reading for year in sorted(years) or [LEAP_YEAR] for reading in _in_year(value, year)]


def _in_year(value: Value, year: int) -> list[Value]:
    """`value` with its unknown year filled in; nothing when that year has no such day."""

    def fill(side: Moment | None) -> Moment | None:
        return replace(side, year=year) if side and side.year is None else side

    filled: Value
    if isinstance(value, Moment):
        filled = replace(value, year=year)
    else:
        start, end = fill(value.start), fill(value.end)
        across = start and end and (start.month or 0, start.day or 0) > (end.month or 0, end.day or 0)
        filled = Interval(start, replace(end, year=year + 1) if across and end and end.year == year else end)
    return [filled] if all(exists(side) for side in _sides(filled)) else []


def _overlap(a: Value, b: Value) -> bool:
    def ends(value: Value) -> tuple[datetime, datetime]:
        first, last = (value.start, value.end) if isinstance(value, Interval) else (value, value)
        low, high = (extent(side) if side else None for side in (first, last))
        return low[0] if low else FIRST, high[1] if high else LAST

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
    return replace(finer, **filled) if exists(replace(finer, **filled)) else None


def _vagueness(value: Value) -> tuple[int, timedelta]:
    """How little it says: open and unknown sides first, then the length between the bounds."""
    sides = _sides(value)
    unknown = sum(side.year is None for side in sides) + (isinstance(value, Interval) and len(sides) == 1)
    known = [found for side in sides if (found := extent(side))]
    length = known[-1][1] - known[0][0] if known else timedelta.max
    return unknown, length
