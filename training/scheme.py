"""What may stand in a `.news` file: the closed lists of scheme.toml, and how values are spelled."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from kg import edtf

_LISTS: dict[str, str] = tomllib.loads((Path(__file__).parent / "scheme.toml").read_text(encoding="utf-8"))
GENRES = tuple(_LISTS["genres"].split())
MENTION_TYPES = tuple(_LISTS["mention_types"].split())
EVENT_CLASSES = tuple(_LISTS["event_classes"].split())
ROLES = tuple(_LISTS["roles"].split())
QUALIFIERS = tuple(_LISTS["qualifiers"].split())
MODALITIES = tuple(_LISTS["modalities"].split())
POLARITIES = tuple(_LISTS["polarities"].split())

ENTITY_ROLES = frozenset(ROLES) - {"position"}
"""The roles that entities fill."""
POINTING = ENTITY_ROLES | {"source", "relayed"}
"""The fields of a line whose value is numbers of entities."""

_CLOCK = re.compile(r"(?<=....-..-..)T(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)(?=/|$)")
_UNKNOWN_DAY = "XXXX-XX-XX"
_NUMBER = r"\d+(?:\.\d+)?"
_QUANTITY = re.compile(rf"{_NUMBER}[~<>]?|{_NUMBER}\.\.{_NUMBER}", re.ASCII)
_PERIOD = (
    rf"P(?=.)(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?[~<>]?"
)
_DURATION = re.compile(rf"{_PERIOD}(?:/{_PERIOD})?", re.ASCII)


def is_time(value: str) -> bool:
    """Whether `value` is EDTF, of days that the calendar has. More than there, clocks may bound intervals or stand alone.

    A clock time of an unknown day is `XXXX-XX-XXT06:00`, midnight at a day's end `2025-07-28T24:00`.
    """
    days = _CLOCK.sub("", value)
    return (days == _UNKNOWN_DAY and days != value) or edtf.is_valid(days)


def is_quantity(value: str) -> bool:
    """Whether `value` is a number, a number with its exactness, or a range: `600`, `600~`, `540..660`."""
    return bool(_QUANTITY.fullmatch(value))


def is_duration(value: str) -> bool:
    """Whether `value` is a length of time or a range of two: `P3D`, `PT20M`, `P3D/P4D`."""
    return bool(_DURATION.fullmatch(value))
