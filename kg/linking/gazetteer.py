"""Link entities whose gazetteer entry carries a Wikidata id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import gazetteer
from kg.model import Entity, Link

_WIKIDATA = "http://www.wikidata.org/entity/"
_CERTAIN, _WEAK = 0.95, 0.6


def link(entities: Iterable[Entity]) -> Iterator[Link]:
    """A link for each entity that the gazetteer knows by a Wikidata id; a name with other uses too scores lower."""
    for entity in entities:
        entry = gazetteer.find(entity.key)
        if entry and entry.qid:
            score = _WEAK if entry.weak else _CERTAIN
            yield Link(
                entity.key, _WIKIDATA + entry.qid, score, (f"the gazetteer lists {entry.name!r} as {entry.qid}",)
            )
