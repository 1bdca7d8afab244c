"""The process that does its share of the checks of a graph, so that a large one is checked on several cores."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from kg import folder
from kg.errors import KgError, StoreError
from kg.validation import words
from kg.validation.checks import Checks
from kg.validation.graph import GraphView
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Share:
    """What one process is told: which graph, which shapes, and which of the `shares` is its own.

    `graph` is a graph folder, which must still be the one of this `identity`, or a file of N-Quads if that is None.
    """

    graph: Path
    identity: tuple[int, Path | None] | None
    shapes: tuple[Path, ...]
    share: int
    shares: int


def serve(channel: Connection) -> None:
    """Answer one Share on `channel` with its findings, or with the KgError that stands in the way of them."""
    share: Share = channel.recv()
    try:
        store = _opened(share)
        texts = words.of_folder(share.graph) if share.identity else {}
        view = GraphView(store, Vocabulary.load())
        checks = Checks(*share.shapes)
        channel.send(list(checks.findings(view, texts, share=share.share, shares=share.shares)))
    except KgError as error:
        channel.send(error)


def _opened(share: Share) -> ox.Store:
    if share.identity is None:
        store = ox.Store()
        store.bulk_extend(ox.parse(path=share.graph, format=ox.RdfFormat.N_QUADS))  # loading would rename blank nodes
        return store
    store = folder.read_only(share.graph, check=False)
    if folder.identity(share.graph) != share.identity:
        raise StoreError(f"{share.graph} was replaced while it was checked; try again")
    return store


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
