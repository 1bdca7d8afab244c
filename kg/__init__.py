"""News articles in, a validated knowledge graph out: the library's public face.

Importing this module imports nothing else; each function imports what it needs when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib import Dataset

    from kg.building import BuildReport
    from kg.store.rows import Rows, Term

__version__ = "0.1.0"
__all__ = ["__version__", "build", "open_graph", "query"]


def build(paths: Iterable[Path | str], output: Path | str, **options: Any) -> BuildReport:
    """Build the graph folder `output` from the articles below `paths`; `kg.building.build` lists the options."""
    from kg.building import build as run  # noqa: PLC0415

    return run(paths, output, **options)


def open_graph(path: Path | str) -> Dataset:
    """The graph folder `path` as a read-only rdflib Dataset; its default graph is the union of all named graphs."""
    from kg import store  # noqa: PLC0415

    return store.open_graph(path)


def query(path: Path | str, text: str) -> Rows | bool | list[tuple[Term, Term, Term]]:
    """The answer of the graph folder `path` to a SPARQL query.

    Rows for SELECT, a bool for ASK, a list of triples for CONSTRUCT and DESCRIBE. The project's prefixes (nk:, rdfs:,
    skos: and others) need no declaration. A wrong query is a QueryError, a damaged folder a StoreError.
    """
    from kg import store  # noqa: PLC0415

    return store.ask(path, text)
