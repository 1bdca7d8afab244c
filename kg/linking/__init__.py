"""Link entities to Wikidata items, as judgements that can be undone; where nothing shows an item, say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.linking.judgements import Line
from kg.linking.linker import Linker, Reading, Relinked
from kg.linking.shelf import Shelf
from kg.model import Entity, Extraction, Link
from kg.tables import MemoryTables, Tables

__all__ = ["Line", "Linker", "Reading", "Relinked", "Shelf", "link"]


def link(
    extractions: Iterable[Extraction],
    entities: Sequence[Entity],
    tables: Tables | None = None,
    *,
    lines: Sequence[Line] = (),
    shelf: Shelf | None = None,
) -> tuple[Link, ...]:
    """The decisions on `entities`, those of no item included, sorted.

    `tables`, empty, will hold what must be remembered for more articles; `lines` are a user's judgements; `shelf` holds the
    items, by default those of the bundled pack.
    """
    denoted: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entity in entities:
        for document, chain in entity.members:
            denoted[document][chain] = entity.key
    readings = {e.document.id: Reading(e, denoted[e.document.id]) for e in extractions}
    known = {entity.key: entity for entity in entities}
    linker = Linker(tables or MemoryTables(), shelf or Shelf.open(), lines)
    found = linker.update(known.get, known, readings)
    return tuple(one.new for _, one in sorted(found.items()) if one.new)
