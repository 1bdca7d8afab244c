"""Describe a way to put words into a mouth, as speech.toml of a language lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.model import Modality


@dataclass(frozen=True, slots=True)
class Cue:
    """A way to put words into a mouth; `relay` marks passing on, `addressee` that the object is spoken to, `quotes` that it speaks.

    `tells` marks a verb whose object may be spoken to: "told Reuters that"; `turns` one that its subject may follow: "…, said X"; `media` one
    that passes words on if a medium is its subject; `witness` one that says in the words of others what its subject has seen; `works` one
    whose subject is a work: "the footage shows smoke"; `clausal` one that says something only with a clause: "found that", "…, X found";
    `measures` one that does so with a number given to its object: "put growth at 2%"; `binds` one that
    its subject promises to do something by: "vowed to pay".
    """

    id: str
    modality: Modality
    relay: bool
    addressee: bool
    quotes: bool = False
    tells: bool = False
    turns: bool = False
    media: bool = False
    witness: bool = False
    works: bool = False
    clausal: bool = False
    measures: bool = False
    binds: bool = False


def cue_of(table: dict[str, Any]) -> Cue:
    """The cue that a table of speech.toml describes."""
    flags = {
        flag: bool(table.get(flag))
        for flag in ("relay", "addressee", "quotes", "tells", "turns", "media", "witness", "works", "binds")
    }
    return Cue(table["id"], table.get("modality", "asserted"), **flags)
