"""Check properties: what a reasoner may not be told of one that is transitive, and domains that were meant as either."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.profile import COUNTS, QUALIFIED
from kg.checkup.ontology.view import OWL, RDFS, Term, View

_SIMPLE_ONLY = {f"{OWL}{name}Property" for name in ("Functional", "InverseFunctional", "Irreflexive", "Asymmetric")}
_COUNTING = {f"{OWL}{name}" for name in (*COUNTS, *QUALIFIED, "hasSelf")}


def check(view: View) -> Iterator[Finding]:
    """Properties that must be simple and are not; several domains or ranges, which mean all of them at once."""
    composite = _composite(view)
    for triple in view.given:
        for property_, word in _simple(view, triple):
            if property_ in composite:
                yield view.finding("not-simple", triple, word, about=property_)
        several = triple.predicate in (ns.rdfs_domain, ns.rdfs_range)
        if several and len(view.objects(triple.subject, triple.predicate.value)) > 1:
            yield view.finding("several-domains", triple, triple.predicate)


def _simple(view: View, triple: ox.Triple) -> Iterator[tuple[Term, Term]]:
    """The properties that must be simple for what the triple says, each with the word that asks for it."""
    predicate = triple.predicate
    if predicate == ns.rdf_type and getattr(triple.object, "value", "") in _SIMPLE_ONLY:
        yield triple.subject, triple.object
    elif predicate.value == f"{OWL}propertyDisjointWith":
        yield triple.subject, predicate
        yield triple.object, predicate
    elif predicate.value in _COUNTING:
        yield from ((property_, predicate) for property_ in view.objects(triple.subject, f"{OWL}onProperty"))


def _composite(view: View) -> set[Term]:
    """The properties that are transitive, have a chain, or lie above one that is or has; and their inverses."""
    found: set[Term] = {t.subject for t in view.with_predicate(f"{OWL}propertyChainAxiom")}
    transitive = ox.NamedNode(f"{OWL}TransitiveProperty")
    waiting = [*found, *(t.subject for t in view.naming(transitive) if t.predicate == ns.rdf_type)]
    while waiting:
        property_ = waiting.pop()
        found.add(property_)
        near = [
            *view.objects(property_, f"{RDFS}subPropertyOf"),
            *view.objects(property_, f"{OWL}inverseOf"),
            *view.objects(property_, f"{OWL}equivalentProperty"),
            *(
                t.subject
                for t in view.naming(property_)
                if t.predicate.value.endswith(("#inverseOf", "#equivalentProperty"))
            ),
        ]
        waiting += [node for node in near if node not in found]
    return found
