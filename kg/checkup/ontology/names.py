"""Check what people read: one label in each language, a definition of each term of ours, and no term that was given up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.view import OWL, Kind, View
from kg.rdf.wording import LANGUAGES

_TERMS: tuple[Kind, ...] = ("class", "object property", "data property", "annotation property")
_DEPRECATED = f"{OWL}deprecated"


def check(view: View) -> Iterator[Finding]:
    """Labels and definitions that are missing, doubled or shared; terms in use that are deprecated."""
    for node in view.of_kind(*_TERMS, "individual"):
        triple = view.where(node)
        if triple is None or not _introduced(view, node):
            continue
        for language in LANGUAGES:
            labels = _texts(view, node, ns.rdfs_label, language)
            if not labels:
                yield view.finding("no-label", triple, language)
            elif len(labels) > 1:
                yield view.finding("two-labels", triple, language, ", ".join(f"“{label}”" for label in labels))
            if _ours(view, node) and not _texts(view, node, ns.skos_definition, language):
                yield view.finding("no-definition", triple, language)
    yield from _shared(view)
    yield from _given_up(view)


def _introduced(view: View, node: ox.NamedNode) -> bool:
    """Whether a given file says what the node is, rather than adding something to what another file says."""
    return any(triple in view.given for triple in view.about(node) if triple.predicate == ns.rdf_type)


def _ours(view: View, node: ox.NamedNode) -> bool:
    """Whether the node is a term of the files' own: of a stub of another vocabulary the definition stands there."""
    return node.value.startswith(view.namespaces)


def _texts(view: View, node: ox.NamedNode, property_: ox.NamedNode, language: str) -> list[str]:
    literals = (text for text in view.objects(node, property_.value) if isinstance(text, ox.Literal))
    return sorted({text.value for text in literals if text.language == language and text.value.strip()})


def _shared(view: View) -> Iterator[Finding]:
    """Terms of one kind that a reader cannot tell apart."""
    by_label: dict[tuple[Kind, str, str], set[ox.NamedNode]] = defaultdict(set)
    for triple in view.with_predicate(ns.rdfs_label.value):
        label, subject = triple.object, triple.subject
        if isinstance(label, ox.Literal) and label.language and isinstance(subject, ox.NamedNode):
            for kind in view.kinds.get(subject, frozenset()) & set(_TERMS):
                by_label[kind, label.language, label.value.casefold()].add(subject)
    for (_, language, _), nodes in by_label.items():
        first, *others = sorted(nodes, key=lambda node: (view.where(node) is not None, node.value))
        for node in others:
            if declaration := view.where(node):
                text = next(iter(_texts(view, node, ns.rdfs_label, language)), "")
                yield view.finding("shared-label", declaration, f"“{text}”@{language}", first)


def _given_up(view: View) -> Iterator[Finding]:
    """Uses of deprecated terms by what is not deprecated itself."""
    given_up = {t.subject for t in view.with_predicate(_DEPRECATED) if getattr(t.object, "value", "") == "true"}
    for triple in view.given if given_up else ():
        if triple.subject in given_up:
            continue
        for node in (triple.predicate, triple.object):
            if node in given_up and triple.predicate.value != "http://purl.org/dc/terms/replaces":
                instead = view.objects(node, "http://purl.org/dc/terms/isReplacedBy")
                yield view.finding("deprecated", triple, triple.subject, instead[0] if instead else "–", about=node)
