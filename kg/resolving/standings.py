"""Keep up which words stand for a state: those of statements, and those of capitals that act by what stands around them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Extraction, Standing
from kg.resolving import metonymy
from kg.resolving.stages import Change, Changes, Stage, Sum, fold
from kg.resolving.told import Told
from kg.tables import Tables

Capitals = tuple[Standing, ...]


class Standings:
    """What stands for a state: `told` in each article's statements, and by itself."""

    def __init__(self, tables: Tables) -> None:
        self._capitals: Stage[Capitals] = Stage(tables.table("capital", Capitals), lambda _capitals: ())
        self._standing: Stage[Sum[Standing]] = Stage(
            tables.table("standing", Sum[Standing]), lambda one: [f"document:{one.head.document}"]
        )
        self.table = self._standing.table

    def read(self, added: Iterable[Extraction], removed: Iterable[Extraction]) -> Changes[Capitals]:
        """Take in articles and give up others; returns the capitals that act by the words around them, by article."""
        updates: dict[str, Capitals | None] = {e.document.id: None for e in removed}
        updates.update({e.document.id: metonymy.acting(e) or None for e in added})
        return self._capitals.apply(updates)

    def capitals(self, document: str) -> Capitals:
        """The capitals of an article that act by the words around them."""
        return self._capitals.table.get(document) or ()

    def update(self, told: Changes[Told], capitals: Changes[Capitals]) -> Changes[Sum[Standing]]:
        """What stands for a state now and did not before, or the other way round."""
        first = fold(told, lambda one: ((_key(s), s, ()) for s in one.standing), self._standing)
        then = fold(capitals, lambda ones: ((_key(s), s, ()) for s in ones), self._standing)
        changed = {
            key: Change((first.get(key) or then[key]).old, (then.get(key) or first[key]).new)
            for key in sorted({*first, *then})
        }
        return {key: change for key, change in changed.items() if (change.old is None) != (change.new is None)}


def _key(one: Standing) -> str:
    return f"{one.document}\t{one.span.start}\t{one.span.end}\t{one.entity}"
