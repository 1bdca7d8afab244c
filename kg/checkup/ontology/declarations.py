"""Check that every term is declared, as one kind of thing only, and stands where that kind may stand."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.profile import CHARACTERISTICS, DATATYPES
from kg.checkup.ontology.view import OWL, RDFS, RESERVED, XSD, Kind, Term, View

_CLASS: tuple[Kind, ...] = ("class",)
_RANGE: tuple[Kind, ...] = ("class", "datatype")
_OBJECT: tuple[Kind, ...] = ("object property",)
_PROPERTY: tuple[Kind, ...] = ("object property", "data property")
_ANY_PROPERTY: tuple[Kind, ...] = (*_PROPERTY, "annotation property")
Kinds = tuple[Kind, ...]

# Of what kind subject and object of OWL's own predicates must be; None where anything may stand.
_PLACES: dict[str, tuple[Kinds | None, Kinds | None]] = {
    f"{RDFS}subClassOf": (_CLASS, _CLASS),
    f"{OWL}equivalentClass": (_RANGE, _RANGE),
    f"{OWL}disjointWith": (_CLASS, _CLASS),
    f"{OWL}complementOf": (None, _CLASS),
    f"{OWL}onClass": (None, _CLASS),
    f"{OWL}onDataRange": (None, ("datatype",)),
    f"{OWL}onDatatype": (None, ("datatype",)),
    f"{OWL}onProperty": (None, _PROPERTY),
    f"{RDFS}subPropertyOf": (_ANY_PROPERTY, _ANY_PROPERTY),
    f"{RDFS}domain": (_ANY_PROPERTY, _CLASS),
    f"{OWL}inverseOf": (_OBJECT, _OBJECT),
    f"{OWL}equivalentProperty": (_PROPERTY, _PROPERTY),
    f"{OWL}propertyDisjointWith": (_PROPERTY, _PROPERTY),
}
_LISTS: dict[str, Kinds] = {
    f"{OWL}unionOf": _RANGE,
    f"{OWL}intersectionOf": _RANGE,
    f"{OWL}disjointUnionOf": _CLASS,
    f"{OWL}propertyChainAxiom": _OBJECT,
}


def check(view: View) -> Iterator[Finding]:
    """Terms that are not declared, that are declared as several kinds, or that stand where another kind must stand."""
    for triple in view.given:
        yield from _predicate(view, triple)
        for node, kinds in _wanted(view, triple):
            yield from _stands(view, triple, node, kinds)
    for term in view.of_kind("class", "datatype", *_ANY_PROPERTY):
        several = view.kinds.get(term, frozenset())
        if len(several) > 1 and (declaration := view.where(term)):
            yield view.finding("punning", declaration, ", ".join(sorted(several)))


def _predicate(view: View, triple: ox.Triple) -> Iterator[Finding]:
    predicate = triple.predicate
    if predicate.value.startswith(RESERVED):
        return
    if not view.is_a(predicate, *_ANY_PROPERTY):
        yield view.finding("undeclared-property", triple, about=predicate)
    elif view.is_a(predicate, "object property") and view.is_a(triple.object, "class", *_ANY_PROPERTY):
        yield view.finding("term-as-value", triple, triple.subject, about=triple.object)


def _wanted(view: View, triple: ox.Triple) -> Iterator[tuple[Term, Kinds]]:
    """The nodes of a triple that must be of some kind."""
    predicate = triple.predicate.value
    if predicate == ns.rdf_type.value:
        yield from _typed(triple)
    elif predicate in _PLACES:
        subject, object_ = _PLACES[predicate]
        yield from ((node, kinds) for node, kinds in ((triple.subject, subject), (triple.object, object_)) if kinds)
        if predicate == f"{RDFS}subPropertyOf" or predicate.endswith(("#equivalentProperty", "#propertyDisjointWith")):
            # Both are of one kind: what the subject is, the object must be.
            yield triple.object, tuple(sorted(view.kinds.get(triple.subject, _ANY_PROPERTY)))
    elif predicate == f"{RDFS}range":
        yield triple.subject, _ANY_PROPERTY
        yield triple.object, _valued(view, triple.subject)
    elif predicate in (f"{OWL}someValuesFrom", f"{OWL}allValuesFrom"):
        for property_ in view.objects(triple.subject, f"{OWL}onProperty"):
            yield triple.object, _valued(view, property_)
    elif kinds := _listed(view, triple):
        yield from ((member, kinds) for member in view.list_of(triple.object) or ())


def _typed(triple: ox.Triple) -> Iterator[tuple[Term, Kinds]]:
    if not isinstance(triple.object, ox.NamedNode):
        return
    name = triple.object.value.removeprefix(OWL)
    if name in CHARACTERISTICS:
        # Of a data property nothing can be said but that it is functional.
        yield triple.subject, _PROPERTY if name == "FunctionalProperty" else _OBJECT
    elif not triple.object.value.startswith(RESERVED):
        yield triple.object, _CLASS


def _listed(view: View, triple: ox.Triple) -> Kinds | None:
    """Of what kind the members of a list must be; None if they may be anything, or if it is no list of terms."""
    if triple.predicate.value != f"{OWL}members":
        return _LISTS.get(triple.predicate.value)
    of = view.objects(triple.subject, ns.rdf_type.value)
    if ns.owl_AllDifferent in of:
        return None
    return _CLASS if ns.owl_AllDisjointClasses in of else _PROPERTY


def _valued(view: View, property_: Term) -> Kinds:
    """Of what kind the range of a property must be."""
    if view.is_a(property_, "data property"):
        return ("datatype",)
    return _CLASS if view.is_a(property_, "object property") else _RANGE


def _stands(view: View, triple: ox.Triple, node: Term, kinds: Kinds) -> Iterator[Finding]:
    if not isinstance(node, ox.NamedNode) or view.is_a(node, *kinds):
        return
    if "datatype" in kinds and node.value in DATATYPES:
        return
    declared = view.kinds.get(node, frozenset())
    if "datatype" in kinds and node.value.startswith(XSD):
        yield view.finding("datatype", triple, triple.subject, about=node)
    elif declared or node.value.startswith(RESERVED):
        is_, wanted = (", ".join(sorted(them)) or "datatype" for them in (declared, kinds))
        yield view.finding("wrong-kind", triple, is_, wanted, triple.predicate, about=node)
    else:
        yield view.finding(f"undeclared-{kinds[0].rpartition(' ')[2]}", triple, about=node)
