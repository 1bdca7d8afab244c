"""Ontology and graph as one OWL file (RDF/XML), which Protégé opens as it is."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from kg import folder, rdf
from kg.exporters import Format, Part
from kg.vocabulary import Vocabulary

FORMAT = Format(
    "OWL: ontology and graph as one RDF/XML file, for Protégé", ".owl", "application/rdf+xml", accepts=("part",)
)


def export(graph: Path, out: BinaryIO, *, part: Part | None = None) -> None:
    """Write the graph folder `graph`, or a `part` of it, with the ontology to `out`; the names of its graphs are dropped."""
    if part is None:
        out.write(rdf.owl_file(folder.read_only(graph), Vocabulary.load()))
    else:
        out.write(rdf.owl_file(part.quads, Vocabulary.load(), limits=part.limits))
