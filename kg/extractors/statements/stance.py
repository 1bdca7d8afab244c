"""Tell how firmly words said are put, by their first verb: as done, planned, only believed, or denied."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kg.extractors.statements.clause import MODALITIES
from kg.extractors.statements.reading import Item, Sentence
from kg.extractors.statements.verb_groups import AUXILIARIES, BETWEEN
from kg.model import Modality

_OPENING = 5  # items in which the words deny what follows: "it is simply untrue that"
_REACH = 14  # items up to the first verb


def stance(sentence: Sentence, content: tuple[int, int]) -> Modality:
    """How firmly the content is put; a plain assertion where nothing says otherwise."""
    items = [i for i in sentence.items if content[0] <= i.start < content[1]]
    kinds = {kind for item in items for kind in item.kinds}
    if any("modality:denied" in i.kinds for i in items[:_OPENING]):
        return "denied"
    put = _of_first_verb(items[:_REACH])
    if "modality:conditional" in kinds and (put == "planned" or "unreal" in kinds):
        return "conditional"
    return "conditional" if any("modality:conditional" in i.kinds for i in items[:2]) else put


def _of_first_verb(items: Sequence[Item]) -> Modality:
    for position, item in enumerate(items):
        if position and item.kinds & {"boundaries", "saying"} and not _modal(item):
            break
        if item.kinds & AUXILIARIES or _modal(item):
            group = takewhile(lambda i: bool(i.kinds & (BETWEEN | {"adverbs"})), items[position:])
            found = {kind for i in group for kind in i.kinds}
            if "have" in item.kinds:
                found -= {"modality:planned"}  # "had agreed to": that much has happened
            return next((m for m in MODALITIES if f"modality:{m}" in found), "asserted")
    return "asserted"


def _modal(item: Item) -> bool:
    return any(f"modality:{m}" in item.kinds for m in MODALITIES)
