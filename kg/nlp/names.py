"""Find the names of a document: type, chain and gazetteer key of each."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp import knowledge
from kg.nlp.candidates import Candidate, Held
from kg.nlp.deciding import Decider
from kg.nlp.lines import lines
from kg.nlp.regions import document_of
from kg.nlp.scanner import Scanner


class NameFinder:
    """A spaCy component that fills `doc.spans["names"]` and `doc.spans["titles"]`."""

    def __init__(self, language: str) -> None:
        self._known = knowledge.load(language)
        self._scanner = Scanner(self._known)
        self._decider = Decider(self._known)

    def __call__(self, doc: Doc) -> Doc:
        joins = doc.user_data.get("joins", frozenset())
        candidates: list[Candidate] = []
        titles: list[Held] = []
        for line in lines(doc, joins):
            found, held = self._scanner.scan(line)
            candidates += found
            titles += held
        self._decider.decide(candidates)
        kept = [c for c in candidates if not c.dropped]
        doc.spans["names"] = [_span(doc, c) for c in kept]
        doc.spans["titles"] = [
            Span(doc, h.line.index[h.start], h.line.index[h.end - 1] + 1, label=h.kind, span_id=h.group) for h in titles
        ]
        doc.user_data["leaders"] = self._known.leaders
        return doc


def _span(doc: Doc, c: Candidate) -> Span:
    start, end = c.line.index[c.start], c.line.index[c.end - 1] + 1
    return Span(doc, start, end, label=c.type or "untyped", span_id=c.text, kb_id=c.entries[0].key if c.entries else "")


@Language.factory("kg_names", assigns=["doc.spans"])
def make_names(nlp: Language, name: str) -> NameFinder:
    """The component for the pipeline's language."""
    del name
    return NameFinder(nlp.lang)
