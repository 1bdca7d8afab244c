"""What a worker writes of graphs and of things as RDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg import sparql
from kg.server import negotiation
from kg.server.refusal import Refused
from kg.server.sinks import Sink
from kg.store.querying import GRAPHS, explained

_MISSING, _NOT_ACCEPTABLE = 404, 406
_OF_GRAPHS = ("nq", "trig", "jsonld")
"""The formats that can say in which graph a triple stands."""
_WITH_PREFIXES = ("ttl", "trig", "rdf")


def graph(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Write one graph, the default graph, or (where `graph` is empty) all of them with their names."""
    named = job["graph"]
    offered = negotiation.TRIPLES if named else {name: negotiation.TRIPLES[name] for name in _OF_GRAPHS}
    name = _format(job, offered)
    node = ox.NamedNode(named) if named not in ("", "default") else None
    if node and not store.contains_named_graph(node):
        raise Refused(
            _MISSING, f"there is no graph {node.value} here; SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists all"
        )
    out.media = negotiation.media_type(name)
    with explained():
        if node and name in ("nq", "trig"):
            quads = store.quads_for_pattern(None, None, None, node)
            ox.serialize(quads, out, format=_rdf(name), prefixes=_prefixes(name))  # type: ignore[arg-type]  # it only writes
        else:
            source = (node or ox.DefaultGraph()) if named else None
            store.dump(out, format=_rdf(name), from_graph=source, prefixes=_prefixes(name))  # type: ignore[arg-type]  # it only writes
    return out.media


def thing(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Write what is said of a thing, and of others by means of it, at most `triples` of each; nothing in format `none`."""
    node = ox.NamedNode(job["iri"])
    if not _known(store, node):
        raise Refused(_MISSING, f"the graph has nothing called {node.value}; look for its name at /search?q=")
    if job["format"] == "none":
        return "text/plain; charset=utf-8"
    name = _format(job, negotiation.TRIPLES)
    with explained():
        triples = _about(store, node, job["triples"])
        ox.serialize(triples, out, format=_rdf(name), prefixes=_prefixes(name))  # type: ignore[arg-type]  # it only writes
    return negotiation.media_type(name)


def _known(store: ox.Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, None, node))
    return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns)


def _about(store: ox.Store, node: ox.NamedNode, most: int) -> Iterator[ox.Triple]:
    for pattern in ((node, None, None), (None, None, node)):
        for quad, _ in zip(store.quads_for_pattern(*pattern), range(most), strict=False):
            yield quad.triple


def _format(job: dict[str, Any], offered: Mapping[str, Sequence[str]]) -> str:
    name: str | None = job["format"] if job["format"] in offered else None
    if not job["format"]:
        name = negotiation.choose(job["accept"], offered)
    if name is None:
        raise Refused(_NOT_ACCEPTABLE, f"this is written as one of {', '.join(offered)}")
    return name


def _prefixes(name: str) -> dict[str, str] | None:
    return sparql.PREFIXES if name in _WITH_PREFIXES else None


def _rdf(name: str) -> ox.RdfFormat:
    form = GRAPHS[name]
    assert isinstance(form, ox.RdfFormat)  # noqa: S101 - all of GRAPHS are
    return form
