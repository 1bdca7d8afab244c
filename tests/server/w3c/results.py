"""Compare answers with what a test expects: rows in any order, graphs, and blank nodes by what they do, not by their names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

FORMATS = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
}
GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
Row = tuple[object, ...]
Table = tuple[tuple[str, ...], list[Row]]


def table(content: bytes, form: ox.QueryResultsFormat) -> bool | Table:
    """Rows under the names of their variables, in the order of these names; or yes or no."""
    found = ox.parse_query_results(content, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = tuple(sorted(variable.value for variable in found.variables))
    return names, [tuple(row[name] for name in names) for row in found]


def sheet(content: bytes) -> Table:
    """CSV as rows of texts."""
    header, *rows = csv.reader(io.StringIO(content.decode()))
    order = sorted(range(len(header)), key=header.__getitem__)
    cells: list[Row] = [
        tuple(ox.BlankNode(row[n][2:]) if row[n].startswith("_:") else row[n] for n in order) for row in rows
    ]
    return tuple(header[n] for n in order), cells


def in_rdf(path: Path) -> bool | Table | None:
    """A table that is written as RDF; None where the file is a graph."""
    store = ox.Store()
    store.load(path=str(path), format=GRAPHS[path.suffix])

    def objects(subject: object, name: str) -> list[object]:
        return [quad.object for quad in store.quads_for_pattern(subject, ox.NamedNode(_RS + name), None)]  # type: ignore[arg-type]

    if answers := objects(None, "boolean"):
        assert isinstance(answers[0], ox.Literal)
        return answers[0].value == "true"
    variables = objects(None, "resultVariable")
    if not variables:
        return None
    names = tuple(sorted(name.value for name in variables if isinstance(name, ox.Literal)))
    rows = []
    for solution in objects(None, "solution"):
        row = {}
        for binding in objects(solution, "binding"):
            [variable], [value] = objects(binding, "variable"), objects(binding, "value")
            assert isinstance(variable, ox.Literal)
            row[variable.value] = value
        rows.append(tuple(row.get(name) for name in names))
    return names, rows


def same(found: bool | Table, expected: bool | Table) -> bool:  # noqa: FBT001 - an answer
    """Whether two answers are the same but for the names of blank nodes."""
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    return found[0] == expected[0] and len(found[1]) == len(expected[1]) and _match(found[1], expected[1])


def respelled(found: bool | Table) -> bool | Table:  # noqa: FBT001 - an answer
    """An answer with its literals spelled as the store spells them."""
    return found if isinstance(found, bool) else (found[0], [tuple(map(_respelled, row)) for row in found[1]])


def _respelled(cell: object) -> object:
    if not isinstance(cell, ox.Literal):
        return cell
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), cell))
    return next(iter(store)).object


def _match(found: Sequence[Row], expected: Sequence[Row]) -> bool:
    plain = [Counter(row for row in rows if not _blank(row)) for rows in (found, expected)]
    if plain[0] != plain[1]:
        return False
    left, right = ([row for row in rows if _blank(row)] for rows in (found, expected))
    return _assigned(left, right, {})


def _blank(row: Row) -> bool:
    return any(isinstance(cell, ox.BlankNode) for cell in row)


def _assigned(left: list[Row], right: list[Row], names: dict[object, object]) -> bool:
    """Whether the rows can be paired such that each blank node of one side always stands for the same of the other."""
    if not left:
        return True
    first, rest = left[0], left[1:]
    for place, row in enumerate(right):
        known = dict(names)
        fits = all(_fits(a, b, known) for a, b in zip(first, row, strict=True))
        if fits and _assigned(rest, right[:place] + right[place + 1 :], known):
            return True
    return False


def _fits(a: object, b: object, known: dict[object, object]) -> bool:
    if isinstance(a, ox.BlankNode) and isinstance(b, ox.BlankNode):
        if a not in known and b not in known.values():
            known[a] = b
        return known.get(a) == b
    return a == b


def graph(content: bytes, form: ox.RdfFormat, base: str | None = None) -> set[ox.Quad]:
    """The triples of a document, its blank nodes named by what is said of them."""
    dataset = ox.Dataset(ox.parse(content, format=form, base_iri=base))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    return set(dataset)
