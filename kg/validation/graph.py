"""Look at a store as one graph: the classes of its nodes, and their triples whatever graph they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.vocabulary import NAMESPACE, Vocabulary

Node = ox.NamedNode | ox.BlankNode | ox.Triple  # whatever may be a subject


class GraphView:
    """The nodes of a store that have a class of the ontology; terms of the ontology itself are known without being there."""

    def __init__(self, store: ox.Store, vocabulary: Vocabulary) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self._closed: dict[frozenset[str], frozenset[str]] = {}
        self._own: dict[Node, frozenset[str]] = {}

    def nodes(self) -> list[Node]:
        """All nodes with a class of ours, without the terms of the ontology; sorted."""
        found: dict[Node, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, ns.rdf_type, None, None):
            name = local_name(quad.object)
            if name in self.vocabulary.terms:
                found[quad.subject].add(name)
        described = {node: frozenset(names) for node, names in found.items() if local_name(node) is None}
        self._own.update(described)
        return sorted(described, key=str)

    def is_described(self, node: Node) -> bool:
        """Whether `node` has a class of ours and is no term of the ontology itself."""
        return bool(self.own_classes(node)) and local_name(node) is None

    def own_classes(self, node: Node) -> frozenset[str]:
        """The classes that the graph states for `node`, and the ontology for a term of its own."""
        if node not in self._own:
            names = {local_name(quad.object) for quad in self.store.quads_for_pattern(node, ns.rdf_type, None, None)}
            own = local_name(node)
            listed = self.vocabulary.types(own) if own in self.vocabulary.terms else ()
            self._own[node] = frozenset({name for name in names if name in self.vocabulary.terms} | {*listed})
        return self._own[node]

    def classes(self, node: Node) -> frozenset[str]:
        """The classes of `node`, with all that lie above them."""
        own = self.own_classes(node)
        if own not in self._closed:
            self._closed[own] = frozenset().union(*(self.vocabulary.above(name) for name in own))
        return self._closed[own]

    def of_class(self, name: str) -> list[Node]:
        """The nodes in a class or below it, sorted."""
        return [node for node in self.nodes() if name in self.classes(node)]

    def values(self, node: Node, property_: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """The quads whose subject is `node`."""
        yield from self.store.quads_for_pattern(node, property_, None, None)

    def users(self, node: Node, property_: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """The quads whose object is `node`."""
        yield from self.store.quads_for_pattern(None, property_, node, None)


def local_name(term: object) -> str | None:
    """The local name of a term in the namespace of the ontology; None for anything else."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(NAMESPACE):
        return term.value.removeprefix(NAMESPACE)
    return None
