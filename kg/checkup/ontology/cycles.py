"""Find what lies below itself: classes, properties, and the parts of wholes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.view import OWL, RDFS, RESERVED, Term, View

Edges = dict[Term, dict[Term, ox.Triple]]


def check(view: View) -> Iterator[Finding]:
    """Cycles of subclasses, of subproperties, and of each transitive property that is not symmetric, each cycle once."""
    for predicate in (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"):
        yield from _cycles(view, "cycle", _edges(view, predicate))
    kinds = {t.subject: t for t in view.naming(ox.NamedNode(f"{OWL}TransitiveProperty"))}
    for property_ in sorted(kinds, key=str):
        symmetric = ns.owl_SymmetricProperty in view.objects(property_, ns.rdf_type.value)
        if isinstance(property_, ox.NamedNode) and not symmetric and not property_.value.startswith(RESERVED):
            yield from _cycles(view, "part-cycle", _edges(view, property_.value))


def _edges(view: View, predicate: str) -> Edges:
    edges: Edges = {}
    for triple in view.with_predicate(predicate):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            edges.setdefault(triple.subject, {})[triple.object] = triple
    return edges


def _cycles(view: View, rule: str, edges: Edges) -> Iterator[Finding]:
    """Each cycle at its first member; that one is left out when others are looked for."""
    left = _circling(edges)
    while left:
        first = min(left, key=str)
        path = _back(first, edges, left)
        steps = [edges[one][other] for one, other in pairwise(path)]
        given = [step for step in steps if step in view.given]
        if given:
            told = " → ".join(view.name(node) for node in path)
            yield view.finding(rule, given[0], steps[0].predicate, told, about=first)
        left = _circling({k: {o: t for o, t in v.items() if o != first} for k, v in edges.items() if k != first})


def _circling(edges: Edges) -> set[Term]:
    """The nodes from which one comes back, or at least to others from which one does: without starts and ends."""
    left = set(edges)
    while True:
        reached = {other for node in left for other in edges[node]}
        kept = {node for node in left & reached if not left.isdisjoint(edges[node])}
        if kept == left:
            return {node for node in left if _back(node, edges, left)}
        left = kept


def _back(start: Term, edges: Mapping[Term, Mapping[Term, ox.Triple]], left: set[Term]) -> list[Term]:
    """The shortest way from a node back to itself; empty if there is none."""
    came: dict[Term, Term] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in sorted(edges.get(node, ()), key=str):
            if other == start:
                path = [start, node]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return path[::-1]
            if other in left and other not in came:
                came[other] = node
                waiting.append(other)
    return []
