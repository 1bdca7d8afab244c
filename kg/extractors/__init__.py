"""Conclude records from annotated text: one module for each kind of extractor, each with `make(nlp)`."""

from __future__ import annotations

from collections.abc import Callable

from kg import nlp as annotation
from kg import plugins
from kg.model import Document, Extraction, Mention, Statement


def pipeline(language: str) -> Callable[[Document], Extraction]:
    """From document to extraction for one language; costs a second or two to make, so make it once.

    Records come sorted by where they stand, so that neither extractors nor their order show in the result.
    """
    nlp = annotation.load(language)
    extractors = [module.make(nlp) for module in plugins.discover(__name__).values()]

    def extract(document: Document) -> Extraction:
        doc = annotation.annotate(nlp, document)
        records = {record.id: record for make in extractors for record in make(doc, document)}
        mentions = (r for r in records.values() if isinstance(r, Mention))
        statements = (r for r in records.values() if isinstance(r, Statement))
        return Extraction(
            document,
            tuple(sorted(mentions, key=lambda m: (m.span, m.type, m.chain))),
            tuple(sorted(statements, key=lambda s: (s.evidence, s.type, s.id))),
        )

    return extract
