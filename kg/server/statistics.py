"""What a snapshot of the graph holds, counted once: for the first page, for VoID, for whoever asks how large it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import pyoxigraph as ox

from kg import ns

_TOP = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing with its label, and how many mentions denote it."""

    iri: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of VoID: triples of the union of all graphs, the quads and graphs behind them, and what they name.

    `classes` maps the IRI of a class to the number of its instances, `properties` that of a property to the number of its
    triples; `top` are the entities that most mentions denote, the most first.
    """

    triples: int
    quads: int
    graphs: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    top: Sequence[Counted]

    def plain(self) -> dict[str, Any]:
        """As JSON has it; `of` reads it back."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Statistics out of what `plain` wrote."""
        return cls(**{**plain, "top": [Counted(**one) for one in plain["top"]]})


def compute(store: ox.Store) -> Statistics:
    """Count all of `store`: a few seconds for a million quads.

    The engine does the counting, and without repetition: a triple that two graphs hold is one.
    """
    return Statistics(
        triples=_number(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        quads=len(store),
        graphs=sum(1 for _ in store.named_graphs()),
        subjects=_number(store, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s { ?s ?p ?o } }"),
        objects=_number(store, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?o { ?s ?p ?o } }"),
        classes=_numbers(store, f"SELECT ?x (COUNT(*) AS ?n) {{ ?s {ns.rdf_type} ?x }} GROUP BY ?x"),
        properties=_numbers(store, "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"),
        top=_top(store),
    )


def _top(store: ox.Store) -> list[Counted]:
    counts: Counter[str] = Counter()
    for quad in store.quads_for_pattern(None, ns.denotes, None):
        if isinstance(quad.object, ox.NamedNode):
            counts[quad.object.value] += 1
    first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_TOP]
    return [Counted(iri, _label(store, iri), count) for iri, count in first]


def _label(store: ox.Store, iri: str) -> str:
    quads = store.quads_for_pattern(ox.NamedNode(iri), ns.rdfs_label, None)
    labels = sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))
    return labels[0] if labels else iri


def _number(store: ox.Store, query: str) -> int:
    (row,) = store.query(query, use_default_graph_as_union=True)  # type: ignore[misc]  # a SELECT gives rows
    return int(row[0].value)


def _numbers(store: ox.Store, query: str) -> dict[str, int]:
    rows = store.query(query, use_default_graph_as_union=True)
    found = {row[0].value: int(row[1].value) for row in rows if isinstance(row[0], ox.NamedNode)}  # type: ignore[union-attr]
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
