"""All checks of a graph in one place, and a share of them for each process that takes part."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.validation import queries, shapes, slices, terms, whole
from kg.validation.core import CoreShapes
from kg.validation.graph import GraphView
from kg.validation.results import Finding
from kg.validation.words import Texts


class Checks:
    """The shapes of some files, made ready to run, and the ontology's own rules."""

    def __init__(self, *paths: Path) -> None:
        # rdflib prints a traceback for each literal that does not fit its datatype, which is what we look for
        logging.getLogger("rdflib.term").setLevel(logging.ERROR)
        sorted_ = shapes.sort(shapes.read(*paths))
        self._core = CoreShapes(sorted_.direct)
        self._queries = queries.constraints(sorted_.queries)
        self._others = sorted_.others

    def findings(self, view: GraphView, texts: Texts, *, share: int = 0, shares: int = 1) -> Iterator[Finding]:
        """What is wrong with the whole graph; of several shares, all of which together find everything, that of one."""
        for part in islice(slices.slices(view), share, None, shares):
            yield from self._core.check(view, part)
        for constraint in islice(self._queries, share, None, shares):
            yield from queries.check(view, constraint, texts)
        if share == shares - 1:
            yield from terms.check(view, view.store)
        if share == 0 and len(self._others):
            yield from whole.check(view, self._others)

    def of_change(
        self, view: GraphView, added: Collection[ox.Quad], gone: Collection[ox.Quad], texts: Texts
    ) -> tuple[list[Finding], int]:
        """What a change may have broken, and at how many nodes was looked.

        These are the nodes of its quads, and those that point at one whose class changed. Shapes that need the whole
        graph are left out.
        """
        nodes, retyped = slices.changed(added, gone), slices.reclassified(added, gone)
        used = [quad for node in retyped for quad in (*view.values(node), *view.users(node))]
        looked_at = sorted({*nodes, *(quad.subject for quad in used)}, key=str)
        described = [node for node in looked_at if view.is_described(node)]
        found = list(self._core.check(view, described))
        for constraint in self._queries:
            found += queries.check_change(view, constraint, nodes, texts)
        found += terms.check(view, {*added, *used})
        return found, len(described)
