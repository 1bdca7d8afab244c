"""Keep a graph on disk: write it whole or not at all, ask it, hand it to rdflib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.folder import manifest, read_only, scan, sorted_lines
from kg.store.querying import answer, collect
from kg.store.rows import Rows, Term
from kg.store.writing import write_graph

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = [
    "Rows",
    "answer",
    "ask",
    "collect",
    "manifest",
    "open_graph",
    "read_only",
    "scan",
    "sorted_lines",
    "write_graph",
]


def ask(path: Path | str, query: str) -> Rows | bool | list[tuple[Term, Term, Term]]:
    """The answer of the graph folder `path`: Rows for SELECT, a bool for ASK, else a list of triples."""
    return collect(answer(read_only(path), query))


def open_graph(path: Path | str) -> Dataset:
    """The graph folder `path` as a read-only rdflib Dataset; its default graph is the union of all named graphs."""
    from kg.store.dataset import open_dataset  # noqa: PLC0415 - rdflib takes a quarter of a second to import

    return open_dataset(path)
