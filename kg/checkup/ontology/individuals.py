"""Check individuals: each has a name and a class, and no relation with itself or another that its properties rule out."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.view import OWL, RESERVED, Term, View


def check(view: View) -> Iterator[Finding]:
    """Nameless and classless individuals; pairs that stand in a relation in which they cannot stand."""
    irreflexive, asymmetric = (_properties(view, name) for name in ("Irreflexive", "Asymmetric"))
    apart = _apart(view)
    for triple in view.given:
        property_ = triple.predicate
        if property_ == ns.rdf_type:
            yield from _typed(view, triple)
        elif not property_.value.startswith(RESERVED) and view.is_a(property_, "object property", "data property"):
            yield from _placed(view, triple)
            if property_ in irreflexive and triple.subject == triple.object:
                yield view.finding("irreflexive", triple, property_)
            if property_ in asymmetric and triple.subject in view.objects(triple.object, property_.value):
                first, second = sorted((triple.subject, triple.object), key=str)
                yield view.finding("asymmetric", triple, property_, second, about=first)
            for other in apart.get(property_, ()):
                if triple.object in view.objects(triple.subject, other.value):
                    yield view.finding("apart", triple, *sorted((property_, other), key=str), triple.object)


def _typed(view: View, triple: ox.Triple) -> Iterator[Finding]:
    subject = triple.subject
    if isinstance(subject, ox.BlankNode):
        if triple.object in view.classes_of(subject):
            yield view.finding("anonymous", triple, triple.object)
    elif triple.object == ns.owl_NamedIndividual and not view.classes_of(subject):
        yield view.finding("untyped", triple)


def _placed(view: View, triple: ox.Triple) -> Iterator[Finding]:
    """The two ends of a relation: each has a name, a class, or is a term, which another check looks at."""
    for node in (triple.subject, triple.object):
        if isinstance(node, ox.BlankNode) and not view.classes_of(node):
            yield view.finding("anonymous", triple, triple.predicate, about=triple.subject)
        elif isinstance(node, ox.NamedNode) and not view.kinds.get(node):
            yield view.finding("untyped", triple, about=node)


def _properties(view: View, characteristic: str) -> set[Term]:
    named = ox.NamedNode(f"{OWL}{characteristic}Property")
    return {t.subject for t in view.naming(named) if t.predicate == ns.rdf_type}


def _apart(view: View) -> dict[Term, set[ox.NamedNode]]:
    """The properties that no two things can have at once, each with the others."""
    found: dict[Term, set[ox.NamedNode]] = {}
    pairs = [{t.subject, t.object} for t in view.with_predicate(f"{OWL}propertyDisjointWith")]
    disjoint = ox.NamedNode(f"{OWL}AllDisjointProperties")
    lists = (t for t in view.with_predicate(f"{OWL}members") if disjoint in view.objects(t.subject, ns.rdf_type.value))
    pairs += [set(view.list_of(t.object) or ()) for t in lists]
    for pair in pairs:
        for one in pair:
            found.setdefault(one, set()).update(n for n in pair if n != one and isinstance(n, ox.NamedNode))
    return found
