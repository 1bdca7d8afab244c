"""Ontology and graph as one OWL file (RDF/XML), which Protégé opens as it is."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from kg import folder, rdf
from kg.exporters import Format
from kg.vocabulary import Vocabulary

FORMAT = Format("OWL: ontology and graph as one RDF/XML file, for Protégé", ".owl", "application/rdf+xml")


def export(graph: Path, out: BinaryIO) -> None:
    """Write the graph folder `graph` with the ontology to `out`; the names of its graphs are dropped."""
    out.write(rdf.owl_file(folder.read_only(graph), Vocabulary.load()))
