"""Extract statements: events, relations, numbers claimed and words spoken, by the frames of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extractors.statements import conclusions, references, rules
from kg.extractors.statements.roles import RoleFinder
from kg.model import Document, Mention, Statement
from kg.nlp import pipelines
from kg.nlp.classifier import Classifier, model

_TRIGGERS = "kg_triggers"  # a language whose pipeline marks triggers has trained roles; others run on frames alone


def make(
    nlp: Language, *, found: rules.Rules | None = None
) -> Callable[[Doc, Document], Iterator[Mention | Statement]]:
    """The extractor for the language of `nlp`; it also yields the unnamed references that statements are about.

    `found` takes the place of the language's own rules.
    """
    found = found or rules.load(str(nlp.lang))
    finder = _role_finder(str(nlp.lang)) if nlp.has_pipe(_TRIGGERS) else None

    def extract(doc: Doc, _document: Document) -> Iterator[Mention | Statement]:
        reading = references.read(doc)
        yield from conclusions.mentions(reading)
        concluded = conclusions.Conclusions(reading, found, finder)
        yield from concluded.described()
        yield from concluded.statements()

    return extract


def _role_finder(language: str) -> RoleFinder:
    bars = pipelines.load(language).bars
    return RoleFinder(Classifier(model(language, "roles")), bar=bars["roles"], alone=bars["alone"])
