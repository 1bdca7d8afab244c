"""Read an ontology file that a person edited, whatever tool wrote it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kg import ns
from kg.errors import UnreadableError, UsageError
from kg.vocabulary import Vocabulary

_HEAD = 4096
_SAVE_AS = "in Protégé choose File, Save as, RDF/XML Syntax or Turtle Syntax, and give that file"
_OWL = ns.owl_Class.value.removesuffix("Class")
_ABOUT_STATEMENTS = frozenset(
    ox.NamedNode(_OWL + name) for name in ("Axiom", "Annotation", "NegativePropertyAssertion")
)
_SIGNS = (
    (re.compile(r"<rdf:RDF\b|<\w+:RDF\b|<RDF\b"), ox.RdfFormat.RDF_XML, ""),
    (re.compile(r"<(?:owl:)?Ontology\b"), None, "OWL/XML"),
    (re.compile(r"^\s*(?:Prefix\s*\(|Ontology\s*\()", re.MULTILINE), None, "OWL functional syntax"),
    (re.compile(r"^\s*(?:Prefix:|Ontology:)", re.MULTILINE), None, "Manchester syntax"),
    (re.compile(r"^\s*format-version:", re.MULTILINE), None, "OBO format"),
    (re.compile(r"\A\s*[\[{]"), None, "JSON-LD"),
)


@dataclass(frozen=True, slots=True)
class Edited:
    """What a file holds beside the ontology's own terms.

    `version` is that of the export which it was made from, and `limits` are the options that the export was limited by.
    `terms` are the statements about the ontology's own terms. `anonymous` counts statements about things without an IRI,
    such as comments on an axiom, which are not taken.
    """

    version: str
    limits: Mapping[str, str]
    triples: frozenset[ox.Triple]
    terms: frozenset[ox.Triple] = frozenset()
    anonymous: int = 0


def read(path: Path, vocabulary: Vocabulary) -> Edited:
    """The content of an RDF/XML or Turtle file that `kg export --format owl` wrote and a person may have changed.

    An UnreadableError says in which format it should be saved instead; a UsageError that it is no export of ours.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: {error}") from error
    try:
        triples = [quad.triple for quad in ox.parse(input=raw, format=_format(path, raw))]
    except (SyntaxError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}; {_SAVE_AS}") from error
    own = {t.subject for t in vocabulary.triples}
    header = _header(triples, own)
    if header is None:
        raise UsageError(
            f"{path} does not say which exported graph it was made from; edit a file of kg export --format owl"
        )
    version, _, limits = _text(triples, header, ns.owl_versionInfo).partition("?")
    named = [t for t in triples if not isinstance(t.subject, ox.BlankNode) and not isinstance(t.object, ox.BlankNode)]
    return Edited(
        version=_text(triples, header, ns.owl_versionIRI).rpartition("/")[2] or version,
        limits=dict(parse_qsl(limits)),
        triples=frozenset(t for t in named if t.subject not in own and t.subject != header),
        terms=frozenset(t for t in named if t.subject in own),
        anonymous=_anonymous(triples, own),
    )


def _header(triples: Iterable[ox.Triple], own: Container[object]) -> object | None:
    found = (t.subject for t in triples if t.predicate == ns.rdf_type and t.object == ns.owl_Ontology)
    return next((subject for subject in sorted(found, key=str) if subject not in own), None)


def _text(triples: Iterable[ox.Triple], subject: object, property_: ox.NamedNode) -> str:
    """The first value of a property; empty where there is none."""
    found = (t.object for t in triples if t.predicate == property_ and t.subject == subject)
    return min((value.value for value in found if isinstance(value, ox.NamedNode | ox.Literal)), default="")


def _anonymous(triples: Iterable[ox.Triple], own: Container[object]) -> int:
    """How many statements are about things without an IRI; an export of ours has none but in the ontology itself."""
    return sum(
        (t.predicate == ns.rdf_type and t.object in _ABOUT_STATEMENTS)
        if isinstance(t.subject, ox.BlankNode)
        else isinstance(t.object, ox.BlankNode) and t.subject not in own
        for t in triples
    )


def _format(path: Path, raw: bytes) -> ox.RdfFormat:
    head = raw[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    for sign, form, name in _SIGNS:
        if sign.search(head):
            if form is None:
                raise UnreadableError(f"{path} is in {name}, which is not read here; {_SAVE_AS}")
            return form
    return ox.RdfFormat.TURTLE
