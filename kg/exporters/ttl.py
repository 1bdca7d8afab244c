"""The triples of all graphs together as Turtle: for reading, and for tools that know no named graphs."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import folder
from kg.exporters import Format
from kg.exporters._sorted import triples, write

FORMAT = Format("Turtle: all graphs merged, sorted, with prefixes", ".ttl", "text/turtle")


def export(graph: Path, out: BinaryIO) -> None:
    """Write the merged triples of the graph folder `graph` to `out`."""
    write(triples(folder.read_only(graph)), ox.RdfFormat.TURTLE, out)
