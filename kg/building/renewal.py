"""Bring the nodes of a store up to date, and note which quads came and which went."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf import iris


@dataclass(frozen=True, slots=True)
class Delta:
    """The quads that a store has and had not before, and those that it had."""

    added: frozenset[ox.Quad]
    gone: frozenset[ox.Quad]


class Renewal:
    """Changes to a store; `delta` is what they come to.

    What is said of nodes takes effect with `apply`, so that what is asked of the store in between is as it was.
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._added: set[ox.Quad] = set()
        self._gone: set[ox.Quad] = set()
        self._old: set[ox.Quad] = set()
        self._new = ox.Store()  # it spells literals as any store does, so that quads can be compared

    def node(
        self, node: ox.NamedNode, triples: Iterable[ox.Triple], *, apart: Container[ox.NamedNode] = frozenset()
    ) -> None:
        """In the graph of resolved things `node` shall have `triples`; the properties `apart` are left as they are."""
        graph = iris.resolved_graph()
        known = self.store.quads_for_pattern(node, None, None, graph)
        self._old.update(quad for quad in known if quad.predicate not in apart)
        self._new.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)

    def graph(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        """The graph of an article shall hold `quads`."""
        self._old.update(self.store.quads_for_pattern(None, None, None, graph))
        self._new.extend(quads)

    def apply(self) -> None:
        """Change the store."""
        new = set(self._new)
        came = {quad for quad in new - self._old if quad not in self.store}
        went = self._old - new
        self.store.extend(came)
        for quad in went:
            self.store.remove(quad)
        added, gone = self._added, self._gone
        self._added, self._gone = (added - went) | (came - gone), (gone - came) | (went - added)
        self._old, self._new = set(), ox.Store()

    def uses(self, node: ox.NamedNode) -> bool:
        """Whether anything points at `node`."""
        return next(iter(self.store.quads_for_pattern(None, None, node, None)), None) is not None

    def delta(self) -> Delta:
        """What has changed so far."""
        return Delta(frozenset(self._added), frozenset(self._gone))
