"""Read an RDF file into memory, whatever its syntax, without ever reaching for the network."""

from __future__ import annotations

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


def read_file(path: Path) -> ox.Store:
    """The triples of an RDF file; an UnreadableError says why there are none."""
    syntax = _FORMATS.get(path.suffix.lower())
    if syntax is None:
        raise UnreadableError(f"{path}: the end of the name must be one of {', '.join(sorted(_FORMATS))}")
    store = ox.Store()
    try:
        store.bulk_load(path=path, format=syntax)
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read as {syntax}: {error}") from error
    return store
