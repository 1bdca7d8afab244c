"""Conclude records from annotated text: one module for each kind of extractor, each with `make(nlp)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from kg import nlp as annotation
from kg import plugins
from kg.model import Document, Extraction, Mention, Statement

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    Extractor = Callable[[Doc, Document], Iterable[Mention | Statement]]


def pipeline(language: str) -> Callable[[Document], Extraction]:
    """From document to extraction for one language; costs a second or two to make, so make it once.

    Records come sorted by where they stand, so that neither extractors nor their order show in the result.
    """
    nlp = annotation.load(language)
    return over(nlp, [module.make(nlp) for module in plugins.discover(__name__).values()])


def over(nlp: Language, extractors: Sequence[Extractor]) -> Callable[[Document], Extraction]:
    """From document to extraction by the given annotation pipeline and extractors."""

    def extract(document: Document) -> Extraction:
        doc = annotation.annotate(nlp, document)
        records = {record.id: record for make in extractors for record in make(doc, document)}
        mentions = (r for r in records.values() if isinstance(r, Mention))
        statements = ((r, id_) for id_, r in records.items() if isinstance(r, Statement))
        return Extraction(
            document,
            tuple(sorted(mentions, key=lambda m: (m.span, m.type, m.chain))),
            tuple(s for s, id_ in sorted(statements, key=lambda pair: (pair[0].evidence, pair[0].type, pair[1]))),
        )

    return extract
