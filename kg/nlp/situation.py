"""What a time expression is read against: the day of publication or of speech, what was named before, where words point."""

from __future__ import annotations

from collections.abc import Mapping
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

    `reference` is the day of publication, or of the speech inside a quotation; `anchor` the last day that the text
    named before; `recent` the last day, month or year; `struck` the last clock time of a known day; `pointer` says
    where the words around point: "ahead", "behind", "leaning" towards the future, or nowhere.
    """

    reference: date | None = None
    anchor: Moment | None = None
    recent: Moment | None = None
    struck: Moment | None = None
    pointer: Pointer = None
    leeway: Leeway = field(default_factory=Leeway)


def stated_year(fields: Fields, situation: Situation) -> int | None:
    """The year that the words state, or count from that of publication or the last one named."""
    if "year" in fields:
        return int(fields["year"])
    if "text_year" in fields and situation.recent and situation.recent.year is not None:
        return situation.recent.year + int(fields["text_year"])
    if "year_word" in fields and situation.reference is not None:
        return situation.reference.year + int(fields["year_word"])
    return None


def leaves_year_open(fields: Fields) -> bool:
    """Whether the words say nothing of the year, so that it follows from the day of publication."""
    return not fields.keys() & {"year", "year_word", "text_year"}
