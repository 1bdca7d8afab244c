"""Read what a user judges of items, and let it win over the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from kg import tabbed
from kg.errors import UsageError
from kg.model import Entity, Link
from kg.rdf import iris
from kg.rdf.entities import WIKIDATA
from kg.spelling import fold
from kg.wikidata.item import QID

NIL = "NIL"
LAYER = "judgement"
_FIELDS = range(3, 5)
_ENTITY = iris.node("entity", "").value


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of a user's file: "Rạch Bùi, NIL, an editor, 2025-09-01"; `item` is NIL where there is none."""

    entity: str
    item: str
    by: str
    when: str = ""


def read(path: Path) -> tuple[Line, ...]:
    """The judgements of a file of tab-separated lines: entity (its IRI or its name), QID or NIL, who, and if one likes when.

    Empty lines and those that begin with # are passed over; of two lines about one entity the later wins. A UsageError names
    the first bad line and what is wrong with it.
    """
    return parse(tabbed.text(path, "the judgements"), str(path))


def parse(text: str, source: str) -> tuple[Line, ...]:
    """The judgements of the `text` of a file that messages call `source`; see `read`."""
    return tuple(_line(where, cells) for where, cells in tabbed.records(text, source))


def _line(where: str, cells: list[str]) -> Line:
    if len(cells) not in _FIELDS:
        raise UsageError(
            f"{where}: {len(cells)} columns where there should be 3 or 4, with tabs between: a name or IRI, an item such as "
            "Q3178 or NIL, who says so, and if you like when"
        )
    entity, item, by, *when = cells
    if not (entity and by):
        raise UsageError(f"{where}: the entity or who says so is missing")
    if item != NIL and not QID.fullmatch(item):
        raise UsageError(f"{where}: the item is {item!r}; it must be an id such as Q3178, or NIL")
    return Line(entity, item, by, *when)


def written(line: Line) -> str:
    """A line as the file has it."""
    return f"{line.entity}\t{line.item}\t{line.by}\t{line.when}\n"


class Lines:
    """Judgements, found by the entity: by its IRI, or else by one of its names."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._known = {_key(line.entity): line for line in lines}

    def of(self, entity: Entity) -> Line | None:
        """The line that speaks of an entity, if any."""
        if not self._known:
            return None
        names = sorted({fold(name) for _, name in (*entity.labels, *entity.aliases)})
        keys = (f"key {entity.key}", *(f"called {name}" for name in names))
        return next((self._known[key] for key in keys if key in self._known), None)


def _key(entity: str) -> str:
    if entity.startswith(_ENTITY):
        return f"key {unquote(entity.removeprefix(_ENTITY))}"
    return f"called {fold(entity)}"


def judged(line: Line, entity: Entity, ruled: Link | None) -> Link:
    """What a user's line says of an entity; what the rules say else is kept as the runner-up."""
    target = "" if line.item == NIL else WIKIDATA + line.item
    other = ruled.target or ruled.runner_up if ruled else None
    return Link(
        entity=entity.key,
        target=target,
        score=1.0,
        reasons=(f"judged by {line.by}" + (f", {line.when}" if line.when else ""),),
        runner_up=other if other != target else None,
        verdict="link" if target else "none",
        layer=LAYER,
        snapshot=line.when,
        by=line.by,
    )
