"""The graph as TriG: readable, with its named graphs."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import folder
from kg.exporters import Format
from kg.exporters._sorted import quads, write

FORMAT = Format("TriG: graph by graph, sorted, with prefixes", ".trig", "application/trig")


def export(graph: Path, out: BinaryIO) -> None:
    """Write the quads of the graph folder `graph` to `out`."""
    write(quads(folder.read_only(graph)), ox.RdfFormat.TRIG, out)
