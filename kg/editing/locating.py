"""Find what an edit speaks of, by the words that tell of it, and the articles that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import ns
from kg.editing.model import Found
from kg.rdf import iris

_KEPT = 8
"""How many spans are remembered of a thing; any of them is enough to find it again."""
_ID = f"{iris.BASE}id/"
_STEADY = tuple(iris.node(kind, "").value for kind in ("article", "time", "quantity", "unit", "edit", "agent"))
_BY_WORDS = (ns.denotes, ns.standsFor)
_BY_CLAIMS = (ns.asserts, ns.answers)


def remembered(store: ox.Store, triples: Iterable[ox.Triple], subjects: Iterable[str]) -> tuple[Found, ...]:
    """What is needed to find the things again of which an edit speaks, under whatever IRI later articles give them."""
    named = {term.value for t in triples for term in (t.subject, t.object) if isinstance(term, ox.NamedNode)}
    moving = sorted(iri for iri in {*named, *subjects} if _may_move(iri))
    return tuple(
        Found(iri, _class(store, iri), tuple(sorted(_spans(store, ox.NamedNode(iri)))[:_KEPT])) for iri in moving
    )


def locate(store: ox.Store, thing: Found) -> tuple[str, ...]:
    """The IRIs that a thing may have now: its own while that is in use, else those of what its words tell of."""
    node = ox.NamedNode(thing.iri)
    if next(iter(store.quads_for_pattern(node, None, None, None)), None) is not None:
        return (thing.iri,)
    found = {other for span in thing.spans for other in _told_by(store, ox.NamedNode(span), thing.iri)}
    alike = {other for other in found if _class(store, other) == thing.class_}
    return tuple(sorted(alike or found))


def articles(store: ox.Store, triple: ox.Triple) -> frozenset[str]:
    """The ends of the IRIs of the articles on which a fact rests: those that tell of both its ends, as far as can be seen."""
    ends = [articles_of(store, end) for end in (triple.subject, triple.object) if isinstance(end, ox.NamedNode)]
    told = [found for found in ends if found]
    return frozenset.intersection(*told) if told else frozenset()


def articles_of(store: ox.Store, node: ox.NamedNode) -> frozenset[str]:
    """The ends of the IRIs of the articles whose words tell of a thing."""
    documents = {one for span in _spans(store, node) for one in _values(store, ox.NamedNode(span), ns.inDocument)}
    return frozenset(document.rpartition("/")[2] for document in documents)


def _may_move(iri: str) -> bool:
    """Whether the IRI follows from what articles say together, so that more articles may change it."""
    return iri.startswith(_ID) and not iri.startswith(_STEADY)


def _class(store: ox.Store, iri: str) -> str:
    kinds = _values(store, ox.NamedNode(iri), ns.rdf_type)
    return min(kinds - {ns.owl_NamedIndividual.value}, default="")


def _spans(store: ox.Store, node: ox.NamedNode) -> set[str]:
    """The spans whose words denote a thing, or are evidence for what tells of it."""
    found = {span.value for property_ in _BY_WORDS for span in _users(store, property_, node)}
    claims = {node, *(claim for property_ in _BY_CLAIMS for claim in _users(store, property_, node))}
    found.update(span for claim in claims for span in _values(store, claim, ns.hasEvidence))
    return found


def _told_by(store: ox.Store, span: ox.NamedNode, like: str) -> Iterator[str]:
    """The things of the same sort as `like` that the words of a span tell of."""
    kind = like[: like.rindex("/") + 1]
    if kind == iris.node("entity", "").value:
        yield from (iri for property_ in _BY_WORDS for iri in _values(store, span, property_))
        return
    for claim in _users(store, ns.hasEvidence, span):
        told = (iri for property_ in _BY_CLAIMS for iri in _values(store, claim, property_))
        yield from (iri for iri in (claim.value, *told) if iri.startswith(kind))


def _users(store: ox.Store, property_: ox.NamedNode, node: ox.NamedNode) -> set[ox.NamedNode]:
    quads = store.quads_for_pattern(None, property_, node, None)
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _values(store: ox.Store, node: ox.NamedNode, property_: ox.NamedNode) -> set[str]:
    quads = store.quads_for_pattern(node, property_, None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
