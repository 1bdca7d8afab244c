"""Choose what a reasoner need be given of an ontology and its data."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.view import OWL, RDF, Term, View


def relevant(view: View) -> list[ox.Triple]:
    """The triples that a reasoner need be given, sorted: no words for people, and no closed lists that the files do not name.

    It takes a hundred times as long, where it has to search, if all units of measure and currencies are there as well.
    """
    named = {node for t in view.given for node in (t.subject, t.object)}
    idle = {
        node
        for node, kinds in view.kinds.items()
        if "individual" in kinds and node not in named and all(_lists(view, t) for t in view.naming(node))
    }
    left = [t for t in view.triples() if t.subject not in idle and not view.is_a(t.predicate, "annotation property")]
    cells: set[Term] = set()
    kept: list[ox.Triple] = []
    for axiom in (t.subject for t in view.naming(ns.owl_AllDifferent)):
        for predicate in (f"{OWL}distinctMembers", f"{OWL}members"):
            for listed in view.objects(axiom, predicate):
                cells.update((axiom, *_cells(view, listed)))
                kept += _different([node for node in view.list_of(listed) or () if node not in idle])
    return sorted([*(t for t in left if t.subject not in cells), *kept], key=str)


def _lists(view: View, triple: ox.Triple) -> bool:
    """Whether a triple only lists its object among things that are different."""
    if triple.predicate.value != f"{RDF}first":
        return False
    cell: Term = triple.subject
    while above := view.naming(cell):
        if above[0].predicate.value != f"{RDF}rest":
            return ns.owl_AllDifferent in view.objects(above[0].subject, f"{RDF}type")
        cell = above[0].subject
    return False


def _cells(view: View, node: Term) -> Iterator[Term]:
    while getattr(node, "value", "") != f"{RDF}nil" and (rest := view.objects(node, f"{RDF}rest")):
        yield node
        node = rest[0]


def _different(nodes: list[Term]) -> list[ox.Triple]:
    """That these are different, as an axiom; nothing for fewer than two."""
    if len(nodes) < 2:  # noqa: PLR2004 - one thing is not different from itself
        return []
    axiom, cells = ox.BlankNode(), [ox.BlankNode() for _ in nodes]
    rests: list[ox.NamedNode | ox.BlankNode] = [*cells[1:], ox.NamedNode(f"{RDF}nil")]
    members = [ox.Triple(cell, ox.NamedNode(f"{RDF}first"), node) for cell, node in zip(cells, nodes, strict=True)]
    links = [ox.Triple(cell, ox.NamedNode(f"{RDF}rest"), rest) for cell, rest in zip(cells, rests, strict=True)]
    head = ox.Triple(axiom, ox.NamedNode(f"{OWL}distinctMembers"), cells[0])
    return [ox.Triple(axiom, ns.rdf_type, ns.owl_AllDifferent), head, *members, *links]
