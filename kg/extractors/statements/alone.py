"""Refer to people by a word that needs no noun: "Some say", "those who were there", "someone close to him"."""

from __future__ import annotations

from kg.extractors.statements.owner_phrases import SOURCE
from kg.extractors.statements.phrase_text import Text
from kg.extractors.statements.reading import Reference


def standing_alone(text: Text, position: int) -> Reference | None:
    """The people that a word at `position` means by itself, if it speaks or a clause behind it describes them."""
    end, kinds = text.kinds(position)
    if "alone" not in kinds or not (position in text.speakers or _those(text, position, end)):
        return None
    return Reference(position, end, (text.words[position],), "group", "nominal", category=SOURCE)


def _those(text: Text, position: int, end: int) -> bool:
    """Whether words behind a source's preposition mean people that a clause describes: "according to those who"."""
    before = text.kinds(position - 1)[1] if position else frozenset[str]()
    return bool(before & {"sources", "of", "by"}) and bool(text.kinds(end)[1] & {"personal", "present"})
