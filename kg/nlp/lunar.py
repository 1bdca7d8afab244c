"""Turn days of the Vietnamese lunar calendar into days of ours.

A lunar month begins on the day of the new moon, seen from UTC+7; the 11th month has the winter solstice, and where
13 months lie between two of those, the first without a solar term is doubled. The formulas are those of Jean Meeus,
"Astronomical Algorithms", as Hồ Ngọc Đức arranged them for this calendar.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from math import floor, radians, sin

YEARS = range(1800, 2200)  # the formulas are good to some minutes here
_SYNODIC = 29.530588853
_FIRST_MOON = 2415021  # Julian day of the new moon that new moons are counted from
_ORDINAL = 1721425  # from Julian day numbers to those of `date`
_ZONE = 7 / 24
_SOLSTICE, _SOLSTICE_MONTH, _MONTHS = 9, 11, 12


def solar(year: int, month: int, day: int) -> date | None:
    """The day of our calendar; None where the month is too short. Of a doubled month the first is meant."""
    if year not in YEARS:
        return None
    moon = _moon_of(year, month)
    start, following = _new_moon(moon), _new_moon(moon + 1)
    return date.fromordinal(start + day - 1 - _ORDINAL) if start + day - 1 < following else None


def new_year(year: int) -> date | None:
    """The first day of a lunar year."""
    return solar(year, 1, 1)


def _moon_of(year: int, month: int) -> int:
    """The number of the new moon that begins a month."""
    before = year if month >= _SOLSTICE_MONTH else year - 1
    after = (month - _SOLSTICE_MONTH) % _MONTHS
    leap = _leap_after(before)
    return _solstice_moon(before) + after + (leap is not None and after >= leap)


@cache
def _solstice_moon(year: int) -> int:
    """The new moon of the 11th month."""
    last = floor((date(year, 12, 31).toordinal() + _ORDINAL - _FIRST_MOON) / _SYNODIC)
    return last if _solar_term(_new_moon(last)) < _SOLSTICE else last - 1


@cache
def _leap_after(year: int) -> int | None:
    """How many months after the 11th of a year the leap month comes; None where there is none before the next 11th."""
    first = _solstice_moon(year)
    if _solstice_moon(year + 1) - first == _MONTHS:
        return None
    terms = [_solar_term(_new_moon(first + i)) for i in range(_MONTHS + 2)]
    return next(i for i in range(1, _MONTHS + 1) if terms[i] == terms[i + 1])


@cache
def _new_moon(number: int) -> int:
    """The Julian day number on which the new moon falls."""
    t = number / 1236.85
    sun = radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    shift += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    shift += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    shift += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    clock = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(mean + shift - clock + 0.5 + _ZONE)


def _solar_term(day: int) -> int:
    """The twelfth of the ecliptic in which the sun stands when the day begins; 9 begins with the winter solstice."""
    t = (day - 2451545.5 - _ZONE) / 36525
    mean = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(mean)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean)
    return int(longitude % 360 // 30)
