"""Turn the names that the annotators found into mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Mention, MentionType, Span
from kg.nlp import acting

EXTRACTOR = "mentions"
_CONFIDENCE = {"known": 0.95, "typed": 0.85, "untyped": 0.4}


def make(nlp: Language) -> Callable[[Doc, Document], Iterator[Mention]]:
    """The extractor of named mentions; it works for every language whose pipeline finds names."""
    del nlp

    def extract(doc: Doc, document: Document) -> Iterator[Mention]:
        credited = doc.user_data["credited"]
        subtypes = doc.user_data["subtypes"]
        reasons = doc.user_data["reasons"]
        acts = acting.find(doc)
        for name, why in zip(doc.spans["names"], reasons, strict=True):
            kind: MentionType = name.label_
            known = "known" if name.kb_id_ else "untyped" if kind == "untyped" else "typed"
            yield Mention(
                document=document.id,
                span=document.span(name.start_char, name.end_char),
                type=kind,
                chain=name.id_,
                extractor=EXTRACTOR,
                confidence=_CONFIDENCE[known],
                credit=(name.start, name.end) in credited,
                kb=name.kb_id_,
                subtype=subtypes.get(name.id_, ""),
                reasons=tuple(why),
                acts=_span(doc, document, acts.get((name.start, name.end))),
            )

    return extract


def _span(doc: Doc, document: Document, tokens: tuple[int, int] | None) -> Span | None:
    if tokens is None:
        return None
    words = doc[tokens[0] : tokens[1]]
    return document.span(words.start_char, words.end_char)
