"""Ask a store a SPARQL query, and write the answer in a standard format."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph as ox

from kg import sparql
from kg.errors import StoreError, UsageError
from kg.store.rows import Rows, Term

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Format = ox.QueryResultsFormat | ox.RdfFormat
TABLES: dict[str, Format] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS: dict[str, Format] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}

DAMAGED = "Corruption"
"""Stands in what the engine says of a damaged file."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked of, where the caller and not the query names them; both empty: all graphs.

    `base` is what relative IRIs of the query begin with.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str | None = None


def formats(kind: sparql.Kind) -> dict[str, Format]:
    """The formats that an answer to a query of this kind can be written in, by name."""
    return GRAPHS if kind in ("CONSTRUCT", "DESCRIBE") else TABLES


def answer(store: ox.Store, query: sparql.Query | str, dataset: Dataset | None = None) -> Answer:
    """The answer to `query`; a wrong query is a QueryError, a damaged store a StoreError.

    Where neither the query (FROM) nor the caller (`dataset`) names graphs, the default graph is the union of all named
    graphs. The union is not asked for otherwise, as Oxigraph would then pass over FROM in silence.
    """
    query = query if isinstance(query, sparql.Query) else sparql.check(query)
    named = dataset or Dataset()
    with explained(query.text):
        if named.default or named.named:
            return store.query(
                query.text,
                base_iri=named.base,
                prefixes=sparql.prefixes_in(query.text),
                default_graph=[ox.NamedNode(iri) for iri in named.default],
                named_graphs=[ox.NamedNode(iri) for iri in named.named],
            )
        return store.query(
            query.text,
            base_iri=named.base,
            prefixes=sparql.prefixes_in(query.text),
            use_default_graph_as_union=not query.dataset,
        )


def collect(found: Answer) -> Rows | bool | list[tuple[Term, Term, Term]]:
    """An answer as Python has it: Rows for SELECT, a bool for ASK, triples for CONSTRUCT and DESCRIBE."""
    with explained():
        if isinstance(found, ox.QuerySolutions):
            return Rows.of(found)
        return bool(found) if isinstance(found, ox.QueryBoolean) else [tuple(triple) for triple in found]


def write(found: Answer, form: Format, out: BinaryIO) -> None:
    """Write an answer to `out` row by row; a format that does not fit the answer is a UsageError."""
    with explained():
        if isinstance(found, ox.QueryTriples):
            if not isinstance(form, ox.RdfFormat):
                raise UsageError(f"{form.name} cannot hold the triples of CONSTRUCT or DESCRIBE")
            ox.serialize(found, out, format=form, prefixes=_used_prefixes(form))
        else:
            if not isinstance(form, ox.QueryResultsFormat):
                raise UsageError(f"{form.name} cannot hold the rows of SELECT or the yes or no of ASK")
            found.serialize(out, format=form)


@contextlib.contextmanager
def explained(query: str = "") -> Iterator[None]:
    """Turn what the engine raises, at once or while rows of `query` are read, into a QueryError or a StoreError."""
    try:
        yield
    except SyntaxError as error:
        raise sparql.QueryError(_explained(query, error)) from error
    except (ValueError, RuntimeError) as error:
        if DAMAGED in str(error):
            raise StoreError(f"the store is damaged: {error}; build the graph again") from error
        raise sparql.QueryError(f"the query cannot be evaluated: {error}") from error
    except OSError as error:
        if error.errno is not None:
            raise  # not the store's: whoever the answer is written to has gone, or the disk is full
        raise StoreError(f"the store cannot be read: {error}; build the graph again") from error


def _used_prefixes(form: ox.RdfFormat) -> dict[str, str] | None:
    return sparql.PREFIXES if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML) else None


def _explained(query: str, error: SyntaxError) -> str:
    """What is wrong with a query, without the long list of letters that could have come next."""
    if unknown := sparql.undeclared(query):
        known = ", ".join(f"{name}:" for name in sparql.PREFIXES)
        return f"the query does not declare the prefix {unknown[0]}: and neither do we; we declare {known}"
    text = " ".join(str(error).split())
    return f"the query cannot be read: {text.partition(', [')[0][:200]}"
