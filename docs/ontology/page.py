"""The page about the ontology: the model as a drawing, the questions that it answers, and every term with all said of it."""

from __future__ import annotations

import shlex
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from docs.ontology import diagram
from docs.ontology.axioms import OWL, RDF, RDFS, SKOS, Axioms
from kg import questions
from kg.vocabulary import NAMESPACE, Term, Vocabulary
from tests.queries import asking

Said: TypeAlias = list[tuple[Sequence[str], list[Markup]]]

_HERE = Path(__file__).parent
_ONTOLOGY = ox.NamedNode(NAMESPACE.removesuffix("#"))
_APART = {f"{RDFS}label", f"{SKOS}definition"}
_KINDS = {
    f"{OWL}{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
}
_ABOUT = {
    "version": f"{OWL}versionInfo",
    "previous": f"{OWL}priorVersion",
    "licence": "http://purl.org/dc/terms/license",
    "made_by": "http://purl.org/dc/terms/creator",
    "namespace": "http://purl.org/vocab/vann/preferredNamespaceUri",
}


def render(vocabulary: Vocabulary, files: Sequence[str] = ()) -> str:
    """The page as HTML, the same bytes each time; `files` lie beside it and are named at its top."""
    texts: dict[str, dict[str, Any]] = tomllib.loads((_HERE / "texts.toml").read_text(encoding="utf-8"))
    axioms = Axioms(vocabulary)
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html").render(
        texts=texts,
        title=_texts(axioms, "http://purl.org/dc/terms/title"),
        description=_texts(axioms, "http://purl.org/dc/terms/description"),
        about=_about(axioms, texts, files),
        drawing=diagram.draw(vocabulary, axioms),
        questions=list(_questions()),
        labels={name: vocabulary.label(name, "vi") for name in vocabulary.classes()},
        below=_below(vocabulary),
        sections=list(_sections(vocabulary, axioms, texts)),
        external=list(_external(vocabulary, axioms)),
    )


def _texts(axioms: Axioms, predicate: str) -> dict[str, str]:
    values = axioms.values(_ONTOLOGY, predicate)
    return {value.language: value.value for value in values if isinstance(value, ox.Literal) and value.language}


def _about(axioms: Axioms, texts: dict[str, dict[str, Any]], files: Sequence[str]) -> Said:
    said: Said = [
        (texts["page"][key], _sorted(axioms, axioms.values(_ONTOLOGY, predicate)))
        for key, predicate in _ABOUT.items()
        if axioms.values(_ONTOLOGY, predicate)
    ]
    links = [Markup('<a href="{0}">{0}</a>').format(name) for name in files]
    return [*said, (texts["page"]["files"], links)] if links else said


def _questions() -> Iterator[dict[str, Any]]:
    """The questions of the tests, each with the command that asks it."""
    for path in asking.paths():
        name, values = asking.asked(path)
        given = " ".join(f"--with {shlex.quote(f'{key}={value}')}" for key, value in values.items())
        yield {
            "number": path.stem.split("-")[0],
            "titles": questions.read(path).titles,
            "command": f"kg query GRAPH --saved {name} {given}".strip(),
        }


def _below(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The classes right below each class; below "" those that are below none of ours."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in vocabulary.classes():
        above = vocabulary.above(name) - {name}
        nearest = [one for one in above if not any(one in vocabulary.above(other) - {other} for other in above)]
        for parent in nearest or [""]:
            found[parent].append(name)
    return found


def _sections(vocabulary: Vocabulary, axioms: Axioms, texts: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for kind, title in texts["kinds"].items():
        terms = [
            {"name": name, "labels": term.labels, "definitions": term.definitions, "said": _said(axioms, term, texts)}
            for name, term in sorted(vocabulary.terms.items())
            if term.kind == kind
        ]
        yield {"anchor": kind.replace(" ", "-"), "title": title, "terms": terms}


def _said(axioms: Axioms, term: Term, texts: dict[str, dict[str, Any]]) -> Said:
    """What is said of the term, in the order of texts.toml; then the rest by the names of its predicates."""
    order = list(texts["said"])
    found: dict[str, list[Markup]] = {}
    for predicate in axioms.predicates(term.iri):
        values = [value for value in axioms.values(term.iri, predicate) if not _tells_kind(value)]
        if predicate not in _APART and values:
            found[axioms.name(predicate)] = _sorted(axioms, values)
    lines: Said = []
    if characteristics := [
        Markup('{} · <span lang="vi">{}</span>').format(*texts["characteristics"][local])
        for value in axioms.values(term.iri, f"{RDF}type")
        if (local := _local(value)) in texts["characteristics"]
    ]:
        lines.append((texts["page"]["characteristics"], sorted(characteristics)))
    for name in sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name)):
        lines.append((texts["said"].get(name, [name, name]), found[name]))
    if apart := _sorted(axioms, axioms.disjoint(term.iri)):
        lines.append((texts["said"]["owl:disjointWith"], apart))
    for predicate, title in texts["said_by_others"].items():
        full = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}[predicate.split(":")[0]] + predicate.split(":")[1]
        subjects = [node for node in axioms.subjects(full, term.iri) if isinstance(node, ox.NamedNode)]
        if subjects:
            lines.append((title, _sorted(axioms, subjects)))
    return lines


def _tells_kind(value: object) -> bool:
    """Whether a type says no more than the section of the page, or is a characteristic, which has its own line."""
    return isinstance(value, ox.NamedNode) and (value.value in _KINDS or _local(value).endswith("Property"))


def _local(value: object) -> str:
    return value.value.removeprefix(OWL) if isinstance(value, ox.NamedNode) and value.value.startswith(OWL) else ""


def _sorted(axioms: Axioms, values: Sequence[ox.NamedNode | ox.BlankNode | ox.Literal]) -> list[Markup]:
    return sorted({escape(axioms.shown(value)) for value in values})


def _external(vocabulary: Vocabulary, axioms: Axioms) -> list[Markup]:
    """The terms that are declared and not ours."""
    declared = {
        triple.subject
        for triple in vocabulary.triples
        if triple.predicate.value == f"{RDF}type"
        and isinstance(triple.subject, ox.NamedNode)
        and triple.subject != _ONTOLOGY
        and not triple.subject.value.startswith(NAMESPACE)
    }
    return _sorted(axioms, list(declared))
