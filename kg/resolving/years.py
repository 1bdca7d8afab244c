"""Give a day or a month the year that its article leaves out, once it is inferred when the article was published."""

from __future__ import annotations

from collections.abc import Sequence

from kg import edtf
from kg.model import Time
from kg.resolving.accounts import Days

_UNKNOWN = "XXXX-"


def complete(time: Time | None, published: Sequence[Days]) -> str | None:
    """The time with its year, as EDTF; None where it has one, or where more than one would do.

    What news tells as past without a year is the last such day before the article: "on 20 August" in an article that
    appeared between 21 and 26 August 2025 is 2025-08-20.

    Block: one event or claim, told as past. Members: its time, and when each article that tells it may have appeared.
    """
    if time is None or not is_left_out(time) or not published:
        return None
    readings = {_last_before(time.edtf.removeprefix(_UNKNOWN), day) for days in published for day in days}
    return next(iter(readings)) if len(readings) == 1 else None


def is_left_out(time: Time | None) -> bool:
    """Whether it is a day or a month, and nobody says of which year."""
    return time is not None and time.edtf.startswith(_UNKNOWN) and "/" not in time.edtf


def _last_before(rest: str, day: str) -> str | None:
    """The last time that `rest` (08-20, 08) names and that begins on `day` or before."""
    year = int(day[:4])
    for candidate in (year, year - 1):
        text = f"{candidate:04}-{rest}"
        if edtf.is_valid(text) and (edtf.bounds(text)[0] or day)[:10] <= day:
            return text
    return None
