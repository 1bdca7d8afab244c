"""Read RDF files into memory, whatever their syntax, without ever reaching for the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UnreadableError

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}


def read_files(*paths: Path) -> ox.Store:
    """The quads of RDF files in one store; an UnreadableError says what cannot be read, and at which line.

    Blank nodes of different files are different. They are named by their order, so that two reports of one file agree.
    """
    store = ox.Store()
    count = 0
    for path in paths:
        names: dict[object, ox.BlankNode] = {}
        for quad in _quads(path):
            for node in quad:
                if isinstance(node, ox.BlankNode) and node not in names:
                    count += 1
                    names[node] = ox.BlankNode(f"b{count}")
            store.add(
                ox.Quad(
                    names.get(quad.subject, quad.subject),
                    quad.predicate,
                    names.get(quad.object, quad.object),
                    names.get(quad.graph_name, quad.graph_name),
                )
            )
    return store


def _quads(path: Path) -> Iterator[ox.Quad]:
    syntax = _FORMATS.get(path.suffix.lower())
    if syntax is None:
        raise UnreadableError(f"{path}: the end of the name must be one of {', '.join(sorted(_FORMATS))}")
    try:
        yield from ox.parse(path=path, format=syntax, base_iri=path.resolve().as_uri())
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read as {syntax}: {error}") from error
