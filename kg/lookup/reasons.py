"""The words behind a fact: which claims hold it up, who makes them, and where they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ns
from kg.lookup.reader import Node, Reader

_UPHELD = {"event", "situation", "question", "quantity"}


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words at code points `start` to `end` of the article that was read from the file `source`."""

    source: str
    start: int
    end: int
    words: str
    article: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One claim: who makes it and who passes it on, what it is about, how firmly and when it is said, and its words.

    `extractors` name the rules that read it; `about` is the event, situation or question; `firmness` is the modality
    by the name of its term, whatever the reader's language.
    """

    claim: Node
    sources: tuple[Node, ...]
    relayed_by: tuple[Node, ...]
    about: tuple[Node, ...]
    quantity: str | None
    modality: str | None
    said: str | None
    confidence: str | None
    extractors: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    firmness: str | None = None


def reasons(reader: Reader, iri: str) -> list[Reason]:
    """The claims behind the node `iri`: itself, or those that assert, answer, name or are made by it; by their words.

    For a span or an article they are the claims that it is evidence for.
    """
    claims = set(_claims(reader, ox.NamedNode(iri)))
    return sorted((_reason(reader, claim) for claim in claims), key=lambda r: (r.evidence, r.claim.iri))


def mentions(reader: Reader, iri: str) -> list[Evidence]:
    """The words that denote the entity `iri`, article by article; for a span, its own words."""
    node = ox.NamedNode(iri)
    own = {node} if reader.text(node, ns.exact) is not None else set()
    return sorted({evidence(reader, span) for span in _subjects(reader, node, ns.denotes) | own})


def _claims(reader: Reader, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    family = reader.family(node)
    if family == "claim":
        yield node
    elif family == "span":
        yield from _subjects(reader, node, ns.hasEvidence)
    elif family == "document":
        for span in _subjects(reader, node, ns.inDocument):
            yield from _subjects(reader, span, ns.hasEvidence)
    else:
        for subject in _subjects(reader, node, None):
            if (found := reader.family(subject)) == "claim":
                yield subject
            elif found in _UPHELD:
                yield from (claim for claim in _subjects(reader, subject, None) if reader.family(claim) == "claim")


def _subjects(reader: Reader, node: ox.NamedNode, property_: ox.NamedNode | None) -> set[ox.NamedNode]:
    quads = reader.store.quads_for_pattern(None, property_, node)
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _reason(reader: Reader, claim: ox.NamedNode) -> Reason:
    quantities = reader.nodes(claim, ns.quantity)
    modalities = reader.values(claim, ns.modality)
    return Reason(
        claim=reader.node(claim),
        sources=tuple(reader.nodes(claim, ns.attributedTo)),
        relayed_by=tuple(reader.nodes(claim, ns.relayedBy)),
        about=tuple(node for property_ in (ns.asserts, ns.answers) for node in reader.nodes(claim, property_)),
        quantity=quantities[0].label if quantities else None,
        modality=reader.term(ox.NamedNode(modalities[0].value)) if modalities else None,
        said=reader.when(claim),
        confidence=reader.text(claim, ns.confidence),
        extractors=tuple(value.value for value in reader.values(claim, ns.extractor)),
        evidence=tuple(
            sorted(
                evidence(reader, span)
                for span in reader.values(claim, ns.hasEvidence)
                if isinstance(span, ox.NamedNode)
            )
        ),
        firmness=modalities[0].value.rpartition("#")[2] if modalities else None,
    )


def evidence(reader: Reader, span: ox.NamedNode) -> Evidence:
    """The words of a span, with their article."""
    documents = reader.nodes(span, ns.inDocument)
    article = documents[0].iri if documents else ""
    return Evidence(
        source=(reader.text(ox.NamedNode(article), ns.sourceName) if article else None) or article,
        start=int(reader.text(span, ns.start) or 0),
        end=int(reader.text(span, ns.end) or 0),
        words=reader.text(span, ns.exact) or "",
        article=article,
    )
