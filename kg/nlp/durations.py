"""Write lengths of time as ISO 8601 durations: P3D, PT150M, P4Y6M."""

from __future__ import annotations

from decimal import Decimal

from kg.nlp.number_words import plain

# Letter of each unit, and how many of the letter's unit it has.
_LETTERS = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "week": ("", "W", 1),
    "month": ("", "M", 1),
    "year": ("", "Y", 1),
    "decade": ("", "Y", 10),
    "century": ("", "Y", 100),
}
# Fractions are told in the next smaller unit.
_SMALLER = {
    "minute": ("second", 60),
    "hour": ("minute", 60),
    "day": ("hour", 24),
    "month": ("day", 30),
    "year": ("month", 12),
}
_ORDER = "YMWDThmS"


def iso(number: Decimal, unit: str) -> str:
    """The duration of so many units; half an hour is PT30M, half a month P15D."""
    time, letter, factor = _LETTERS[unit]
    number = number * factor
    if number != int(number) and unit in _SMALLER:
        smaller, size = _SMALLER[unit]
        return iso(number * size, smaller)
    return f"P{time}{plain(number)}{letter}"


def joined(longer: str, shorter: str) -> str | None:
    """Two durations in one; None when the second does not have the smaller unit ("3 ngày 2 năm")."""
    first, second = longer.removeprefix("P"), shorter.removeprefix("P")
    if first.startswith("T") != second.startswith("T"):
        return None if first.startswith("T") else f"P{first}{second}"
    order = "HMS" if first.startswith("T") else "YMWD"
    if order.index(first[-1]) >= order.index(second[-1]):
        return None
    return f"P{first}{second.removeprefix('T')}"
