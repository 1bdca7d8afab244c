"""The graph as JSON-LD, with its named graphs."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import folder
from kg.exporters import Format
from kg.exporters._sorted import quads

FORMAT = Format("JSON-LD: graph by graph, sorted", ".jsonld", "application/ld+json")


def export(graph: Path, out: BinaryIO) -> None:
    """Write the quads of the graph folder `graph` to `out`."""
    ox.serialize(quads(folder.read_only(graph)), out, format=ox.RdfFormat.JSON_LD)
