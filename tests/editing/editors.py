"""Whoever edits an exported file in a test: the OWL API where it is there, and a writer of our own that knows no OWL."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.owl_api import JARS, SOON, require

OWL = "http://www.w3.org/2002/07/owl#"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
ALIAS = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
EXACT = ox.NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
XSD = "http://www.w3.org/2001/XMLSchema#"
Step = tuple[str, ...]
Editor = Callable[[Path, Sequence[Step], Path], Path]
_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".owl": ox.RdfFormat.RDF_XML}


def owl_api(source: Path, steps: Sequence[Step], target: Path) -> Path:
    """Edit a file as Protégé does, and save it in the format that the target's name tells."""
    require("javac")
    script = target.with_suffix(".steps")
    script.write_text("".join("\t".join(step) + "\n" for step in steps), encoding="utf-8")
    program = _started()
    assert program.stdin
    assert program.stdout
    program.stdin.write("\t".join((str(source), str(script), str(target), target.suffix[1:])) + "\n")
    program.stdin.flush()
    assert program.stdout.readline() == "saved\n"
    return target


@cache
def _started() -> subprocess.Popen[str]:
    """The program that edits, compiled and started once for all tests: either takes longer than an edit."""
    jars = os.pathsep.join(str(path) for path in sorted(JARS.glob("*.jar")))
    place = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    source = str(Path(__file__).with_name("Editor.java"))
    compile_ = ["javac", "-encoding", "UTF-8", "-d", place, "-cp", jars, source]
    subprocess.run(compile_, check=True)
    command = ["java", *SOON, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", f"{jars}{os.pathsep}{place}"]
    program = subprocess.Popen([*command, "Editor"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(program.communicate)  # it ends when it hears no more
    return program


def by_triples(source: Path, steps: Sequence[Step], target: Path) -> Path:
    """Make the same edits statement by statement, and write them in another order and with other prefixes."""
    triples = {quad.triple for quad in ox.parse(path=source, format=ox.RdfFormat.RDF_XML)}
    for step in steps:
        triples = edited(triples, *step)
    shuffled = sorted(triples, key=lambda t: str(t)[::-1])
    target.write_bytes(ox.serialize(shuffled, format=_FORMATS[target.suffix], prefixes={"a": OWL}) or b"")
    return target


def edited(triples: set[ox.Triple], what: str, *part: str) -> set[ox.Triple]:
    """The statements after one edit."""
    thing = ox.NamedNode(part[0])
    if what == "rename":
        other = ox.NamedNode(part[1])
        return {ox.Triple(*(other if term == thing else term for term in t)) for t in triples}
    if what == "delete":
        return {t for t in triples if thing not in (t.subject, t.object)}
    gone, came = _changed(triples, thing, what, *part[1:])
    return triples - gone | came


def _changed(
    triples: set[ox.Triple], thing: ox.NamedNode, what: str, *part: str
) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """What an edit of one thing takes away, and what it adds."""
    own = {t for t in triples if t.subject == thing}
    named = ox.NamedNode(f"{OWL}NamedIndividual")

    def iri(property_: ox.NamedNode, value: str) -> set[ox.Triple]:
        return {ox.Triple(thing, property_, ox.NamedNode(value))} if value else set()

    def text(property_: ox.NamedNode, value: ox.Literal) -> set[ox.Triple]:
        return {ox.Triple(thing, property_, value)} if value.value else set()

    changes: dict[str, Callable[[], tuple[set[ox.Triple], set[ox.Triple]]]] = {
        "label": lambda: (
            {t for t in own if t.predicate == LABEL and language(t) == part[0]},
            text(LABEL, ox.Literal(part[1], language=part[0])),
        ),
        "alias": lambda: (set(), text(ALIAS, ox.Literal(part[1], language=part[0]))),
        "type": lambda: ({t for t in own if t.predicate == TYPE and t.object != named}, iri(TYPE, part[0])),
        "same": lambda: (set(), iri(ox.NamedNode(f"{OWL}sameAs"), part[0])),
        "fact": lambda: (set(), iri(ox.NamedNode(part[0]), part[1])),
        "unfact": lambda: (iri(ox.NamedNode(part[0]), part[1]), set()),
        "number": lambda: (
            {t for t in own if t.predicate.value == part[0]},
            text(ox.NamedNode(part[0]), ox.Literal(part[1], datatype=ox.NamedNode(XSD + part[2]))),
        ),
        "item": lambda: ({t for t in own if t.predicate == EXACT}, iri(EXACT, part[0])),
        "class": lambda: (set(), iri(TYPE, f"{OWL}Class") | iri(SUBCLASS, part[0])),
        "new": lambda: (set(), iri(TYPE, part[0])),
    }
    return changes[what]()


def language(triple: ox.Triple) -> str | None:
    """The language of a triple's value."""
    return triple.object.language if isinstance(triple.object, ox.Literal) else None
