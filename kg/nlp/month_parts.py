"""Turn the values of a time expression into a part of a month: "nửa đầu tháng 3", "hạ tuần tháng 2"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace

from kg.edtf import Interval, Moment
from kg.nlp import periods
from kg.nlp.situation import Fields, Situation

_LEAP_YEAR = 2000
_HALF, _TEN_DAYS = 15, 10
_UNITS = {"day": 1, "week": 7}


def month_part(fields: Fields, situation: Situation) -> Interval | None:
    """The first or last days of a month, its halves, or its thirds of ten days."""
    month = periods.month(fields, situation) if "month" in fields else periods.relative_month(fields, situation)
    if month is None or month.month is None:
        return None
    last = monthrange(month.year or _LEAP_YEAR, month.month)[1]
    first, final = _days(fields, last)
    return Interval(replace(month, day=first), replace(month, day=final)) if 1 <= first < final <= last else None


def edge_day(fields: Fields, situation: Situation) -> Moment | None:
    """The first or the last day of a month or of a year."""
    if "month" in fields or "month_offset" in fields:
        month = periods.month(fields, situation) if "month" in fields else periods.relative_month(fields, situation)
    else:
        year = periods.year({"year_word": 0} | dict(fields), situation)
        month = year and replace(year, month=1 if fields["half"] == 1 else 12)
    if month is None or month.month is None:
        return None
    return replace(month, day=1 if fields["half"] == 1 else monthrange(month.year or _LEAP_YEAR, month.month)[1])


def _days(fields: Fields, last: int) -> tuple[int, int]:
    if "third" in fields:
        first = _TEN_DAYS * fields["third"] + 1
        return first, last if fields["third"] == 2 else first + _TEN_DAYS - 1  # noqa: PLR2004 - the last of three
    count = (
        _HALF if "number" not in fields else int(fields["number"]) * _UNITS.get(fields.get("time_unit", "day"), last)
    )
    if fields["half"] == 1:
        return 1, count
    return (_HALF + 1 if "number" not in fields else last - count + 1), last
