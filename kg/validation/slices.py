"""Cut a graph into slices that can be validated one by one: an article with what it reaches, then what none reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pyoxigraph as ox

from kg import ns
from kg.validation.graph import GraphView, Node, local_name

_DEPTH = 3  # a claim reaches its event, that its entities and time, those the places and bodies around them
_REST_SIZE = 500
_LEADS_AWAY = frozenset(
    {
        *(ns.hasEvidence, ns.inDocument, ns.competesWith, ns.corroborates, ns.rdf_type),
        *(ns.firstKnownIn, ns.inferredFrom),
    }
)


def slices(view: GraphView) -> Iterator[list[Node]]:
    """Lists of nodes; each node with a class of ours is in exactly one, that of the first article that reaches it."""
    seen: set[Node] = set()
    for article in view.of_class("Document"):
        fresh = [node for node in slice_for_article(view, article) if node not in seen]
        seen.update(fresh)
        yield fresh
    rest = [node for node in view.nodes() if node not in seen]
    for start in range(0, len(rest), _REST_SIZE):
        yield rest[start : start + _REST_SIZE]


def slice_for_article(view: GraphView, article: Node) -> list[Node]:
    """The article, its spans, the claims that rest on them, and what these reach in a few steps; in a fixed order."""
    spans = {quad.subject for quad in view.users(article, ns.inDocument)}
    claims = {quad.subject for span in spans for quad in view.users(span, ns.hasEvidence)}
    reached = {article, *spans, *claims}
    frontier = set(reached)
    for _ in range(_DEPTH):
        frontier = {node for start in frontier for node in _next(view, start)} - reached
        reached |= frontier
    return sorted((node for node in reached if view.is_described(node)), key=str)


def changed(added: Collection[ox.Quad], gone: Collection[ox.Quad]) -> list[Node]:
    """The nodes that the quads of a change have at either end, sorted."""
    ends = {node for quad in (*added, *gone) for node in (quad.subject, quad.object) if isinstance(node, Node)}
    return sorted((node for node in ends if local_name(node) is None), key=str)


def reclassified(added: Collection[ox.Quad], gone: Collection[ox.Quad]) -> list[Node]:
    """The nodes of the store that were in another class before a change, or in none, sorted."""
    nodes = {quad.subject for quad in (*added, *gone) if quad.predicate == ns.rdf_type}
    return sorted(nodes, key=str)


def _next(view: GraphView, node: Node) -> Iterator[Node]:
    for quad in view.values(node):
        if quad.predicate not in _LEADS_AWAY and isinstance(quad.object, Node):
            yield quad.object
