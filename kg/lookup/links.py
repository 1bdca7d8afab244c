"""Look up what was decided of entities and Wikidata items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from kg import folder, log
from kg.model import Entity, Link, Verdict
from kg.rdf import iris
from kg.spelling import fold

_ENTITY = iris.node("entity", "").value


@dataclass(frozen=True, slots=True)
class Decision:
    """An entity and the decision which item it is."""

    entity: Entity
    link: Link

    @property
    def iri(self) -> str:
        """The IRI of the entity."""
        return iris.node("entity", self.entity.key).value


def decisions(graph: Path, *, name: str = "", verdict: Verdict | None = None) -> list[Decision]:
    """The decisions of the folder `graph`, sorted by the entity's key: on what is called `name`, or has that IRI; of one verdict.

    With neither all of them.
    """
    folder.manifest(graph)
    path = graph / folder.RECORDS
    links = {link.entity: link for link in map(log.restore, log.read_lines(path, "link"))}
    found = (entity for entity in _entities(path) if not name or _is_called(entity, name))
    pairs = (Decision(entity, links[entity.key]) for entity in found if entity.key in links)
    return sorted(
        (one for one in pairs if verdict is None or one.link.verdict == verdict), key=lambda one: one.entity.key
    )


def _entities(path: Path) -> Iterator[Entity]:
    yield from map(log.restore, log.read_lines(path, "entity"))


def _is_called(entity: Entity, name: str) -> bool:
    if name.startswith(_ENTITY):
        return entity.key == unquote(name.removeprefix(_ENTITY))
    return fold(name) in {fold(known) for _, known in (*entity.labels, *entity.aliases)}
