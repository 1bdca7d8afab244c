"""Which store the readers of a graph folder open."""

from __future__ import annotations

from pathlib import Path

from kg import edits, folder


def current(graph: Path) -> Path:
    """The folder of the store that holds the newest published state of the graph folder `graph`.

    It is never written to again; whoever publishes a newer state gives it another path, or another folder at this path.
    """
    return edits.store(graph) or graph / folder.STORE
