"""Tell which places lie in a place: by what the articles say and what the gazetteers know."""

from __future__ import annotations

from urllib.parse import unquote

import pyoxigraph as ox

from kg import gazetteer, ns
from kg.lookup.reader import Reader
from kg.rdf import iris

_ENTITY = iris.node("entity", "").value


class Region:
    """The place `place` with all that lies in it, at whatever depth."""

    def __init__(self, reader: Reader, place: ox.NamedNode) -> None:
        self._reader = reader
        self._known: dict[ox.NamedNode, bool] = {place: True}

    def holds(self, node: ox.NamedNode) -> bool:
        """Whether `node` is the place or lies in it."""
        seen: dict[ox.NamedNode, None] = {}
        open_ = [node]
        while open_:
            at = open_.pop()
            if at in seen:
                continue
            seen[at] = None
            if at in self._known:
                if self._known[at]:
                    self._known[node] = True
                    return True
                continue
            open_.extend(self._around(at))
        self._known.update(dict.fromkeys(seen.keys() - self._known.keys(), False))
        return False

    def _around(self, node: ox.NamedNode) -> list[ox.NamedNode]:
        """What a place lies in directly."""
        said = [value for value in self._reader.values(node, ns.locatedIn) if isinstance(value, ox.NamedNode)]
        entry = gazetteer.find(unquote(node.value.removeprefix(_ENTITY))) if node.value.startswith(_ENTITY) else None
        known = [iris.node("entity", entry.country)] if entry and entry.type == "place" and entry.country else []
        return [*said, *known]
