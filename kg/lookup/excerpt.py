"""Choose a part of a graph that is whole in itself: what is told of a thing, a place or a time, with all that this names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import ns
from kg.lookup.quotes import Quotes
from kg.lookup.reader import Reader
from kg.lookup.timeline import Window, timeline
from kg.rdf import iris

LIMITS = ("entity", "place", "from", "to")
_ACROSS = frozenset({ns.competesWith, ns.corroborates})
"""These lead from claim to claim, and so to the whole graph: they stay where both ends are in the excerpt anyway."""
_TOLD_BY = (ns.asserts, ns.answers)
_GATHERS = (ns.hasSide, ns.judges)
"""What points at several things in this way comes along if they all do."""
_OURS = f"{iris.BASE}id/"


def excerpt(graph: Path, store: ox.Store, limits: Mapping[str, str]) -> frozenset[ox.Quad]:
    """The quads of the folder `graph`, whose quads are in `store`, that the limits leave.

    `entity` and `place` are IRIs, `from` and `to` times in EDTF: kept is what `timeline` has of them, each claim about it with
    its evidence, and whatever these point at, in turn. Nothing in the excerpt points at a thing of ours outside of it. A
    ValueError says what is wrong with a time.
    """
    reader = Reader(store)
    window = Window.of(limits.get("from"), limits.get("to")) if {"from", "to"} & limits.keys() else None
    found = timeline(
        reader, Quotes(graph, reader), entity=limits.get("entity"), place=limits.get("place"), window=window
    )
    named = [limits[name] for name in ("entity", "place") if name in limits]
    told = [entry.node.iri for entry in (*found.dated, *found.undated)]
    return frozenset(_Excerpt(store, [ox.NamedNode(iri) for iri in (*named, *told)]).quads())


class _Excerpt:
    def __init__(self, store: ox.Store, seeds: list[ox.NamedNode]) -> None:
        self._store = store
        self._nodes: set[object] = set()
        open_ = list(seeds)
        while open_:
            node = open_.pop()
            if node not in self._nodes:
                self._nodes.add(node)
                open_.extend(self._along(node))
        self._nodes |= {node for property_ in _GATHERS for node in self._gathered(property_)}
        self._nodes |= self._users(ns.edits)

    def quads(self) -> Iterator[ox.Quad]:
        """The quads about the nodes, but for those that lead out of the excerpt."""
        for node in sorted(self._nodes, key=str):
            for quad in self._about(node):
                if quad.object in self._nodes or quad.predicate == ns.edits or not _is_ours(quad.object):
                    yield quad

    def _along(self, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for quad in self._about(node):
            if (
                quad.predicate not in _ACROSS
                and isinstance(quad.object, ox.NamedNode)
                and self._is_described(quad.object)
            ):
                yield quad.object
        for property_ in _TOLD_BY:
            for quad in self._store.quads_for_pattern(None, property_, node, None):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject

    def _gathered(self, property_: ox.NamedNode) -> Iterator[ox.NamedNode]:
        """What points at things of the excerpt alone."""
        for user in self._users(property_):
            ends = [q.object for q in self._about(user) if _is_ours(q.object)]
            if all(end in self._nodes for end in ends):
                yield user

    def _users(self, property_: ox.NamedNode) -> set[ox.NamedNode]:
        quads = self._store.quads_for_pattern(None, property_, None, None)
        return {q.subject for q in quads if q.object in self._nodes and isinstance(q.subject, ox.NamedNode)}

    def _about(self, node: object) -> list[ox.Quad]:
        return list(self._store.quads_for_pattern(node, None, None, None)) if isinstance(node, ox.NamedNode) else []

    def _is_described(self, node: ox.NamedNode) -> bool:
        return next(iter(self._store.quads_for_pattern(node, None, None, None)), None) is not None


def _is_ours(value: object) -> bool:
    return isinstance(value, ox.NamedNode) and value.value.startswith(_OURS)
