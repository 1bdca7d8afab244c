"""Which store the readers of a graph folder open."""

from __future__ import annotations

import os
from pathlib import Path

from kg import edits, folder


def current(graph: Path) -> Path:
    """The folder of the store that holds the newest published state of the graph folder `graph`.

    It is never written to again; whoever publishes a newer state gives it another path, or another folder at this path.
    """
    return edits.store(graph) or graph / folder.STORE


def identity(graph: str) -> object:
    """What changes when another snapshot of the graph folder `graph` is the newest one; None while there is none.

    It is asked for with each request: hence texts, as paths take ten times as long.
    """
    try:
        place = f"{graph}/{edits.EDITS}/{os.readlink(f'{graph}/{edits.EDITS}/{edits.CURRENT}')}/{edits.STORE}"  # noqa: PTH115
    except FileNotFoundError:
        place = f"{graph}/{folder.STORE}"
    except OSError:
        return None
    try:
        found = os.stat(f"{place}/CURRENT")  # noqa: PTH116
    except OSError:
        return None
    return (place, found.st_dev, found.st_ino, found.st_mtime_ns)
