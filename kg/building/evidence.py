"""Re-read every span against the text it quotes, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import EvidenceError
from kg.model import Document, Extraction, Resolution, Span


def check_extraction(extraction: Extraction) -> None:
    """Raise EvidenceError for a mention or statement whose words do not stand where it says."""
    document = extraction.document
    for mention in extraction.mentions:
        _check(document, mention.document, mention.span, f"a {mention.type}")
    for statement in extraction.statements:
        _check(document, statement.document, statement.evidence, f"a {statement.type}")


def check_resolution(resolution: Resolution, documents: Mapping[str, Document]) -> None:
    """Raise EvidenceError for a claim whose evidence does not stand in the documents, by id."""
    for claim in resolution.claims:
        for identity, span in claim.evidence:
            if identity not in documents:
                raise EvidenceError(f"claim {claim.key} has evidence in an article that was not built: {identity}")
            _check(documents[identity], identity, span, f"a {claim.type}")


def _check(document: Document, identity: str, span: Span, what: str) -> None:
    place = f"{document.source}, characters {span.start} to {span.end}: {what} quotes {span.text!r}"
    if identity != document.id:
        raise EvidenceError(f"{place} but names another article, {identity}")
    there = document.text[span.start : span.end] if span.start >= 0 else ""
    if not span.text or there != span.text:
        raise EvidenceError(f"{place}; there stands {there!r}")
