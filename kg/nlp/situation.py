"""What a time expression is read against: the day of publication, the last day named, where the words point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kg.edtf import Moment
from kg.nlp.day_count import Leeway, Pointer

Fields = Mapping[str, Any]
FUTURE = ("ahead", "leaning")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a time expression is read against.

    `reference` is the day of publication; `anchor` the last day that the text named before; `pointer` says where the
    words around point: "ahead", "behind", "leaning" towards the future, or nowhere.
    """

    reference: date | None = None
    anchor: Moment | None = None
    pointer: Pointer = None
    leeway: Leeway = field(default_factory=Leeway)
    new_years: Sequence[date] = ()


def stated_year(fields: Fields, situation: Situation) -> int | None:
    """The year that the words state, or count from that of publication."""
    if "year" in fields:
        return int(fields["year"])
    if "year_word" in fields and situation.reference is not None:
        return situation.reference.year + int(fields["year_word"])
    return None
