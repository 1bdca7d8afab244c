"""A time expression while it is being read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.edtf import Value

Anchor = Literal["stated", "publication", "text", "speech"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A time expression before its neighbours have been looked at.

    `value` is a str for a length of time, None where nothing can be said without a day of publication; `dated` tells
    that the words themselves state the year, `anchor` what the value was counted from, `makes` what the rule makes.
    """

    start: int
    end: int
    value: Value | str | None
    dated: bool = False
    anchor: Anchor = "stated"
    makes: str = ""
