"""The statements of a graph in one order, for the formats that people read and compare."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from kg import folder, sparql
from kg.rdf import iris

_DECLARATION = b"@prefix "
# Not `time`: an open interval ends with dots, and rdflib does not read the escapes that such a name then needs.
_KINDS = ("agent", "article", "claim", "entity", "event", "quantity", "question", "unit")


def triples(store: ox.Store) -> Iterator[ox.Triple]:
    """The triples of all graphs together, each once, by subject, predicate and object."""
    previous = None
    for quad in ox.parse(input=b"".join(folder.sorted_lines(store)), format=ox.RdfFormat.N_QUADS):
        if quad.triple != previous:
            yield quad.triple
        previous = quad.triple


def quads(store: ox.Store) -> Iterator[ox.Quad]:
    """The quads by graph, then by subject, predicate and object."""
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = sorted(store.named_graphs(), key=str)
    for graph in (ox.DefaultGraph(), *graphs):
        written = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        lines = sorted(written.splitlines(keepends=True))
        for quad in ox.parse(input=b"".join(lines), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def write(statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, out: BinaryIO) -> None:
    """Write Turtle or TriG with the prefixes of the project and of each kind of thing in the graph, such as `event:`.

    The engine declares prefixes in another order each time; here they are sorted. A blank line follows each subject.
    """
    prefixes = {**sparql.PREFIXES, **{kind: iris.node(kind, "").value for kind in _KINDS}}
    written = io.BytesIO()
    ox.serialize(statements, written, format=form, prefixes=prefixes)
    lines = written.getvalue().splitlines(keepends=True)
    declared = [line for line in lines[: len(prefixes)] if line.startswith(_DECLARATION)]
    out.writelines(sorted(declared))
    out.writelines(b"\n" + line if line[:1] not in b"\t}" else line for line in lines[len(declared) :])
