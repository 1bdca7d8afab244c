"""Find the words of an article that a node of the graph rests on, and the name of the node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import ns
from kg.validation.graph import GraphView, Node
from kg.validation.results import Quote

_STEPS = 3  # a unit belongs to a quantity, that to a claim, that rests on a span


def quote(view: GraphView, node: Node | ox.Literal) -> Quote | None:
    """The nearest evidence: the span itself, a claim's, that of the claims that use the node, or a mention of it.

    An article rests on nothing: there are no words to quote for it.
    """
    if isinstance(node, ox.Literal) or "Document" in view.classes(node):
        return None
    seen, frontier = {node}, [node]
    for _ in range(_STEPS + 1):
        spans = sorted({span for near in frontier for span in _spans(view, near)}, key=str)
        quotes = [found for span in spans if (found := _read(view, span))]
        if quotes:
            return min(quotes, key=lambda q: (q.source, q.start, q.end))
        users = {user for near in frontier for user in _users(view, near)} - seen
        seen |= users
        frontier = sorted(users, key=str)
    return None


def label(view: GraphView, node: Node | ox.Literal) -> dict[str, str]:
    """The labels of a node by language; its IRI has to do where it has none."""
    if isinstance(node, ox.Literal):
        return {}
    labels = (quad.object for quad in view.values(node, ns.rdfs_label))
    return {
        found.language: found.value
        for found in sorted(labels, key=str, reverse=True)
        if isinstance(found, ox.Literal) and found.language
    }


def _spans(view: GraphView, node: Node) -> Iterator[Node]:
    if "EvidenceSpan" in view.classes(node):
        yield node
    for quad in view.values(node, ns.hasEvidence):
        if isinstance(quad.object, Node):
            yield quad.object
    yield from (quad.subject for quad in view.users(node, ns.denotes))


def _users(view: GraphView, node: Node) -> Iterator[Node]:
    yield from (quad.subject for quad in view.users(node) if quad.predicate != ns.rdf_type)


def _read(view: GraphView, span: Node) -> Quote | None:
    said: dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = {}
    for quad in view.values(span):
        said.setdefault(quad.predicate, []).append(quad.object)
    text, start, end = (_literal(said.get(property_, ())) for property_ in (ns.exact, ns.start, ns.end))
    if text is None or start is None or end is None or not (start.isdecimal() and end.isdecimal()):
        return None
    documents = sorted((node for node in {*said.get(ns.inDocument, ())} if isinstance(node, Node)), key=str)
    if not documents:
        return Quote(text, "", int(start), int(end), str(getattr(span, "value", span)))
    first = documents[0]
    source = _literal(quad.object for quad in view.values(first, ns.sourceName)) or str(first)
    return Quote(
        text, source, int(start), int(end), str(getattr(span, "value", span)), getattr(first, "value", str(first))
    )


def _literal(values: Iterable[object]) -> str | None:
    return min((value.value for value in values if isinstance(value, ox.Literal)), default=None)
