"""Look items up in several packs at once, in the order in which they are trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.wikidata.item import Item
from kg.wikidata.pack import BUNDLED, Candidate, Pack

BUNDLED_LAYER, OWN_LAYER = "bundled", "pack"


@dataclass(frozen=True, slots=True)
class Read:
    """Where an item was read: which layer, and on which day it was so."""

    layer: str
    snapshot: str


class Shelf:
    """Packs, those before the others trusted more: an item that two of them have is read in the first.

    What was looked up once is remembered.
    """

    def __init__(self, packs: Sequence[tuple[str, Pack]]) -> None:
        self._packs = tuple(packs)
        self._items: dict[str, tuple[Item, Read] | None] = {}
        self._found: dict[tuple[str, str, str], tuple[Candidate, ...]] = {}
        self._regions: dict[tuple[str, ...], tuple[Item, ...]] = {}

    @classmethod
    def open(cls, paths: Sequence[Path] = (), *, bundled: bool = True) -> Shelf:
        """The bundled pack, unless it is not wanted, and those at `paths`; a PackError for a file that is none."""
        own = [(OWN_LAYER, Pack.open(path)) for path in paths]
        return cls([(BUNDLED_LAYER, Pack.open(BUNDLED)), *own] if bundled else own)

    @property
    def contents(self) -> tuple[str, ...]:
        """The hashes of what the packs hold: equal ones give equal answers."""
        return tuple(pack.about.content for _, pack in self._packs)

    def item(self, qid: str) -> Item | None:
        """The item `qid`; None where no pack has it."""
        found = self._lookup(qid)
        return found[0] if found else None

    def read(self, qid: str) -> Read | None:
        """Where the item `qid` is read; None where no pack has it."""
        found = self._lookup(qid)
        return found[1] if found else None

    def candidates(self, name: str, language: str, wanted: str = "") -> tuple[Candidate, ...]:
        """What `name` may mean, of the class `wanted` of the ontology or of any, as `Pack.candidates` has it; each item once."""
        asked = (name, language, wanted)
        if asked not in self._found:
            found: dict[str, Candidate] = {}
            for _, pack in self._packs:
                for one in pack.candidates(name, language, (wanted,) if wanted else None):
                    found.setdefault(one.item.qid, one)
            self._found[asked] = tuple(found.values())
        return self._found[asked]

    def regions(self, countries: tuple[str, ...]) -> tuple[Item, ...]:
        """The regions of countries, those of the first rank where the packs tell ranks; not all where there are many."""
        if countries not in self._regions:
            found = {one.qid: one for _, pack in self._packs for one in pack.of_class("Region")}
            for land in {one.countries for one in found.values()} | {countries}:
                self._regions[land] = tuple(
                    one for one in found.values() if one.countries == land and "district" not in one.kinds
                )
        return self._regions[countries]

    def _lookup(self, qid: str) -> tuple[Item, Read] | None:
        if qid not in self._items:
            found = (
                (item, Read(layer, pack.about.snapshot)) for layer, pack in self._packs if (item := pack.item(qid))
            )
            self._items[qid] = next(found, None)
        return self._items[qid]
