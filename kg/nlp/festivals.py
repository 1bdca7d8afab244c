"""Turn the values of a time expression of the lunar calendar into a day: "mùng 2 Tết", "rằm tháng bảy"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kg.edtf import Moment
from kg.nlp import day_count, lunar
from kg.nlp.dating import at
from kg.nlp.situation import FUTURE, Fields, Situation, stated_year

_STEMS, _BRANCHES = 10, 12
_CYCLE = 60
_FIRST_OF_CYCLE = 4  # the years 4, 64, ... 1984 are Giáp Tý


def tet(fields: Fields, situation: Situation) -> Moment | None:
    """A day of the lunar new year, or one of the days before it: "30 Tết" is the eve."""

    def on(year: int) -> date | None:
        first = lunar.new_year(year)
        if first is None:
            return None
        if "tet_eve" not in fields:
            return first + timedelta(days=fields.get("tet_day", 1) - 1)
        return lunar.solar(year - 1, 12, fields["tet_eve"]) or first - timedelta(days=1)

    return _of_its_year(on, fields, situation)


def new_year(fields: Fields, situation: Situation) -> Moment | None:
    """The lunar new year as a whole, told by its first day."""
    return tet(fields, situation)


def lunar_day(fields: Fields, situation: Situation) -> Moment | None:
    """A day of a lunar month."""
    month, day = fields["lunar_month"], fields["lunar_day"]
    return _of_its_year(lambda year: lunar.solar(year, month, day), fields, situation)


def _of_its_year(on: Callable[[int], date | None], fields: Fields, situation: Situation) -> Moment | None:
    """The day in the year that is stated or named; else the nearest to the day of publication, or that pointed at."""
    reference, year = situation.reference, stated_year(fields, situation)
    if year is not None:
        return _moment(on(year), fields)
    if reference is None:
        return None
    years = range(reference.year - _CYCLE // 2, reference.year + _CYCLE // 2)
    if "stem" in fields:
        day = on(next(year for year in years if _is_named(year, fields)))
    else:
        days = [day for year in years if abs(year - reference.year) <= 1 and (day := on(year))]
        if situation.pointer in FUTURE:
            day = day_count.meant(days, reference, situation.pointer, situation.leeway)
        else:
            day = min(days, key=lambda day: abs(day - reference), default=None)
    return _moment(day, fields)


def _moment(day: date | None, fields: Fields) -> Moment | None:
    return at(day, fields) if day else None


def _is_named(year: int, fields: Fields) -> bool:
    place = year - _FIRST_OF_CYCLE
    return (place % _STEMS, place % _BRANCHES) == (fields["stem"], fields["branch"])
