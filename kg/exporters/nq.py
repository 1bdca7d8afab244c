"""The whole graph as N-Quads, sorted: the exchange format, and what the manifest's hash is taken of."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from kg import folder
from kg.exporters import Format

FORMAT = Format("N-Quads, sorted: one quad a line, with its named graph", ".nq", "application/n-quads")


def export(graph: Path, out: BinaryIO) -> None:
    """Write the quads of the graph folder `graph` to `out`, sorted by code point."""
    out.writelines(folder.sorted_lines(folder.read_only(graph)))
