"""Ask another SHACL engine, written by other people in another language, what it finds: shacl-rust, where there is one."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import ns, resources, validation
from kg.validation.results import SHACL
from kg.validation.shapes import SHAPES
from kg.vocabulary import Vocabulary

NEEDS_TEXTS = {"span-words"}
"""Shapes that call a function of ours: shacl-rust reports every node for a query with a function that it does not know."""

BLANK = re.compile(r"b\d+|[0-9a-f]{32}")
_ASK = """
import json, shacl_rust, sys
for data in sys.argv[2:]:
    print(json.dumps(shacl_rust.validate_file(data, sys.argv[1])["results"]))
"""

Result = tuple[str, ...]
"""Component, shape, focus and value of a result."""


def python() -> str | None:
    """A Python that has shacl-rust: this one, or the one that the variable SHACL_RUST names."""
    return sys.executable if importlib.util.find_spec("shacl_rust") else os.environ.get("SHACL_RUST")


def found(place: Path, graphs: Iterable[Iterable[ox.Triple]]) -> list[frozenset[Result]]:
    """What shacl-rust finds in each of some graphs, with the classes of the ontology; `place` is a folder for files."""
    shapes = place / "shapes.ttl"
    shapes.write_text("\n".join(path.read_text(encoding="utf-8") for path in sorted(resources.shapes().glob("*.ttl"))))
    hierarchy = [
        triple
        for triple in Vocabulary.load().triples
        if triple.predicate in (ns.rdfs_subClassOf, ns.rdf_type) and isinstance(triple.object, ox.NamedNode)
    ]
    files = []
    for number, triples in enumerate(graphs):
        files.append(place / f"{number}.nt")
        ox.serialize({*triples, *hierarchy}, files[-1], ox.RdfFormat.N_TRIPLES)
    engine = python()
    assert engine
    asked = [engine, "-c", _ASK, str(shapes), *map(str, files)]
    answer = subprocess.run(asked, check=True, capture_output=True, text=True)
    return [
        frozenset(
            _result(
                _iri(one["sourceConstraintComponent"]), _iri(one["sourceShape"]), _iri(one["focusNode"]), _term(one)
            )
            for one in json.loads(line)
            if _iri(one["sourceShape"]).removeprefix(SHAPES) not in NEEDS_TEXTS
        )
        for line in answer.stdout.splitlines()
    ]


def ours(report: validation.Report) -> frozenset[Result]:
    """Our own results in the same form; what is checked without shapes is left out."""
    return frozenset(
        _result(f"{SHACL}{part}", result.shape, result.focus, result.value or "")
        for result in report.results
        for part in result.components
        if result.shape.removeprefix(SHAPES) not in NEEDS_TEXTS
    )


def _result(component: str, shape: str, focus: str, value: str) -> Result:
    """A result without what engines are free to say in their own way.

    That is how they call a blank node, whether a number keeps the noughts behind its point (the store drops them), and in
    SPARQL a value that is the node itself or a literal, which shacl-rust leaves out.
    """
    if component.endswith("#SPARQLConstraintComponent") and (value == focus or ":" not in value):
        value = ""
    names = ("_" if BLANK.fullmatch(name) else re.sub(r"^(-?\d+)\.0$", r"\1", name) for name in (focus, value))
    return (component, shape, *names)


def _iri(text: str) -> str:
    return text.removeprefix("<").removesuffix(">").removeprefix("_:")


def _term(result: Mapping[str, str]) -> str:
    """The IRI or the words of the value of a result, which stands there in N-Triples."""
    text = result.get("value") or ""
    literal = re.match(r'"((?:[^"\\]|\\.)*)"', text)
    return literal[1] if literal else _iri(text)
