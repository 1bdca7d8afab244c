"""Keep up which items the entities of a graph are while its articles come and go.

What a link rests on is the entity and the sum of the clues of its chains, so that no order of articles shows in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.linking import clues
from kg.linking.deciding import decide
from kg.linking.judgements import Line, Lines, judged
from kg.linking.shelf import Shelf
from kg.model import Entity, Extraction, Link
from kg.tables import Tables
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Use:
    """What one article says of an entity: the clues of one chain."""

    entity: str
    clues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clues:
    """What all articles say of an entity: how often each clue."""

    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, None when it is gone, and the keys of the entities that its chains denote."""

    extraction: Extraction | None
    denoted: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Relinked:
    """The link of an entity before and after a change; None where there was or is none."""

    old: Link | None
    new: Link | None


class Linker:
    """The links of a set of articles; `update` changes the set. `lines` are a user's judgements, which win."""

    def __init__(self, tables: Tables, shelf: Shelf, lines: Sequence[Line] = ()) -> None:
        self._uses = tables.table("use", Use)
        self._clues = tables.table("clues", Clues)
        self.table = tables.table("link", Link)
        self._shelf, self._lines = shelf, Lines(lines)
        self._vocabulary = Vocabulary.load()

    def update(
        self, entities: Callable[[str], Entity | None], changed: Iterable[str], readings: Mapping[str, Reading]
    ) -> dict[str, Relinked]:
        """Bring the links up to date, and return those that changed, by the entity's key.

        `entities` gives an entity by its key, None when it is gone; `changed` are the keys of those that are otherwise now;
        `readings` are the articles that came, went, or whose chains denote others now, by the id of the document.
        """
        dirty = {*changed, *self._count(readings)}
        found: dict[str, Relinked] = {}
        for key in sorted(dirty):
            old, new = self.table.get(key), self._link(entities(key))
            if old == new:
                continue
            if new is None:
                self.table.drop(key)
            else:
                self.table.put(key, new, ())
            found[key] = Relinked(old, new)
        return found

    def explain(self, entity: Entity) -> Link | None:
        """What the rules say of an entity, whatever a user judges; None where no article names it."""
        known = self._clues.get(entity.key)
        return decide(entity, known.counts, self._shelf, self._vocabulary) if known else None

    def _link(self, entity: Entity | None) -> Link | None:
        if entity is None:
            return None
        ruled = self.explain(entity)
        line = self._lines.of(entity)
        return judged(line, entity, ruled) if line else ruled

    def _count(self, readings: Mapping[str, Reading]) -> set[str]:
        """Take down what articles say now; returns the keys of the entities of which they say otherwise."""
        deltas: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for document, reading in sorted(readings.items()):
            for use_id, use in self._uses.under(f"document:{document}").items():
                deltas[use.entity].subtract(use.clues)
                self._uses.drop(use_id)
            gathered = clues.gather(reading.extraction, self._shelf) if reading.extraction else {}
            for chain, said in gathered.items():
                if key := reading.denoted.get(chain):
                    self._uses.put(f"{document}\t{chain}", Use(key, said), (f"document:{document}",))
                    deltas[key].update(said)
        moved = {key: delta for key, delta in deltas.items() if any(delta.values())}
        for key, delta in sorted(moved.items()):
            known = self._clues.get(key)
            counts = Counter(known.counts) if known else Counter[str]()
            counts.update(delta)
            rest = {clue: n for clue, n in sorted(counts.items()) if n}
            if rest:
                self._clues.put(key, Clues(rest), ())
            else:
                self._clues.drop(key)
        return set(moved)
