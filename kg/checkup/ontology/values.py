"""Check what properties have for values: nodes or literals, of the datatype and within the range, and one where there is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.datatypes import holds, same, well_formed
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.profile import DATATYPES
from kg.checkup.ontology.view import OWL, RDFS, RESERVED, Term, View


def check(view: View) -> Iterator[Finding]:
    """Values that their property cannot have."""
    single: dict[tuple[Term, ox.NamedNode], list[ox.Triple]] = defaultdict(list)
    functional = {t.subject for t in view.naming(ns.owl_FunctionalProperty) if t.predicate == ns.rdf_type}
    for triple in view.given:
        property_ = triple.predicate
        if property_.value.startswith(RESERVED):
            continue
        if property_ in functional:
            single[triple.subject, property_].append(triple)
        if view.is_a(property_, "object property"):
            if isinstance(triple.object, ox.Literal):
                yield view.finding("literal-value", triple, property_, triple.object)
        elif view.is_a(property_, "data property"):
            yield from _value(view, triple)
    for triples in single.values():
        yield from _several(view, triples)


def _value(view: View, triple: ox.Triple) -> Iterator[Finding]:
    property_, literal = triple.predicate, triple.object
    if not isinstance(literal, ox.Literal):
        yield view.finding("node-value", triple, property_, literal)
    elif literal.datatype.value not in DATATYPES and not view.is_a(literal.datatype, "datatype"):
        yield view.finding("datatype", triple, triple.subject, about=literal.datatype)
    elif not well_formed(literal):
        yield view.finding("lexical", triple, property_, literal)
    elif not all(holds(view, range_, literal) for range_ in _ranges(view, property_)):
        yield view.finding("range", triple, property_, literal)


def _ranges(view: View, property_: Term) -> list[Term]:
    """The ranges of a property and of all above it."""
    found: list[Term] = []
    waiting, seen = [property_], {property_}
    while waiting:
        one = waiting.pop()
        found += view.objects(one, f"{RDFS}range")
        above = [node for node in view.objects(one, f"{RDFS}subPropertyOf") if node not in seen]
        seen.update(above)
        waiting += above
    return found


def _several(view: View, triples: list[ox.Triple]) -> Iterator[Finding]:
    """Two values of a property that has one: different literals, or things that are declared to be different."""
    first, *others = sorted(triples, key=str)
    for other in others:
        if isinstance(other.object, ox.Literal):
            different = isinstance(first.object, ox.Literal) and not same(first.object, other.object)
        else:
            different = any({first.object, other.object} <= them for them in _different(view))
        if different:
            yield view.finding("functional", other, other.predicate, first.object, other.object)


def _different(view: View) -> Iterator[set[Term]]:
    for triple in (*view.with_predicate(f"{OWL}distinctMembers"), *view.with_predicate(f"{OWL}members")):
        if ns.owl_AllDifferent in view.objects(triple.subject, ns.rdf_type.value):
            yield set(view.list_of(triple.object) or ())
    for triple in view.with_predicate(f"{OWL}differentFrom"):
        yield {triple.subject, triple.object}
