"""Find the words of an article that a node of the graph rests on, and the name of the node."""

from __future__ import annotations

from collections.abc import Iterator

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
    text, start, end = (_literal(view, span, property_) for property_ in (ns.exact, ns.start, ns.end))
    if text is None or start is None or end is None or not (start.isdecimal() and end.isdecimal()):
        return None
    documents = sorted({quad.object for quad in view.values(span, ns.inDocument)}, key=str)
    named = [
        (_literal(view, document, ns.sourceName) or str(document), getattr(document, "value", str(document)))
        for document in documents
        if isinstance(document, Node)
    ]
    source, article = next(iter(named), ("", ""))
    return Quote(text, source, int(start), int(end), str(getattr(span, "value", span)), article)


def _literal(view: GraphView, node: Node, property_: ox.NamedNode) -> str | None:
    values = (quad.object.value for quad in view.values(node, property_) if isinstance(quad.object, ox.Literal))
    return min(values, default=None)
