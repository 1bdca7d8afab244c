"""Find the names of a document: type, chain and gazetteer key of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp import knowledge, pipelines, reasons, suggestions
from kg.nlp.bounding import Bounder, Nouns
from kg.nlp.candidates import Candidate, Held
from kg.nlp.chains import Chain, Chainer
from kg.nlp.classifier import Classifier, model
from kg.nlp.deciding import Decider
from kg.nlp.first_heads import FirstHeads
from kg.nlp.last_heads import LastHeads
from kg.nlp.lines import lines
from kg.nlp.revising import Reviser
from kg.nlp.scanner import NameReader, Scanner

_BESIDE_A_NAME = frozenset({"honorific", "kinship"})


class NameFinder:
    """A spaCy component that fills `doc.spans["names"]` and `doc.spans["titles"]`.

    A name's label is its mention type, its id the chain (the name that stands for all names of one thing in the
    document), its knowledge-base id the gazetteer's key. A title's label is its kind, its id the group. In
    `doc.user_data` lie: "leaders", the groups whose holder speaks for a country; "subtypes" and "media", by chain;
    "credited", the tokens (start, end) of names in credits; and "reasons", why each name has its type, in the names'
    order. Entities that an earlier component put into `doc.ents` with
    mention types as labels, a trained model's, are merged in.
    """

    def __init__(self, language: str, *, revised: bool = True) -> None:
        self._known = knowledge.load(language)
        self.shape = self._known.people.shape
        self.nouns = Nouns(self._known.head_type, self._known.words.get("within"), self._known.openers)
        declared = pipelines.load(language)
        self._corrections = [self._correction(language, name) for name in declared.corrections if revised]
        self._key = lru_cache(maxsize=65536)(self._known.people.key)
        reader: NameReader = FirstHeads(self._known) if self._known.head == "first" else LastHeads(self._known)
        self._scanner = Scanner(self._known, reader)
        self._decider = Decider(self._known)
        self._chainer = Chainer(self._known)

    def _correction(self, language: str, name: str) -> Callable[[Sequence[Candidate]], None]:
        """A trained choice by the name of its model: "bounds" moves the ends of names, "names" gives other types."""
        trained = Classifier(model(language, name))
        if name == "bounds":
            return Bounder(trained, self.nouns).move
        return Reviser(trained, self.shape, enough=pipelines.load(language).bars["types"]).revise

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        candidates, titles = self.judge(doc)
        for correct in self._corrections:
            correct(candidates)
        kept = sorted((c for c in candidates if not c.dropped), key=lambda c: (c.line.index[c.start], -c.end))
        chains = self._chainer.chain(kept)
        spans = [_span(doc, candidate, chain) for candidate, chain in zip(kept, chains, strict=True)]
        doc.spans["names"] = spans
        doc.spans["titles"] = _titles(doc, titles, kept)
        doc.user_data["leaders"] = self._known.leaders
        doc.user_data["media"] = {chain.name: chain.media for chain in chains}
        doc.user_data["subtypes"] = {chain.name: chain.subtype for chain in chains}
        doc.user_data["credited"] = _credited(doc, spans)
        doc.user_data["reasons"] = [
            reasons.told(candidate, chain.key) for candidate, chain in zip(kept, chains, strict=True)
        ]
        return doc

    def judge(self, doc: Doc) -> tuple[list[Candidate], list[Held]]:
        """What may be a name, with the type that the rules give it, and the titles around."""
        joins = frozenset(token.i for word in doc.spans.get("words", ()) for token in word[1:])
        sentences = list(lines(doc, joins, self._key, self._known.words.get("dashes", frozenset())))
        candidates: list[Candidate] = []
        titles: list[Held] = []
        for line in sentences:
            found, held = self._scanner.scan(line)
            candidates += found
            titles += held
        candidates = suggestions.merge(candidates, sentences, doc.ents)
        self._decider.decide(candidates)
        return candidates, titles


def _titles(doc: Doc, titles: Sequence[Held], names: Sequence[Candidate]) -> list[Span]:
    """The titles; forms of address and kinship only where a name was found behind them."""
    named = {(id(name.line), name.start) for name in names} | {(id(h.line), h.start) for h in titles}
    return [
        Span(doc, h.line.index[h.start], h.line.index[h.end - 1] + 1, label=h.kind, span_id=h.group)
        for h in titles
        if h.kind not in _BESIDE_A_NAME or any((id(h.line), at) in named for at in range(h.end, h.end + 3))
    ]


def _credited(doc: Doc, spans: Sequence[Span]) -> frozenset[tuple[int, int]]:
    """The tokens (start, end) of the names that stand in photo credits and bylines."""
    tokens = {token.i for credit in doc.spans["credits"] for token in credit}
    return frozenset((span.start, span.end) for span in spans if span.start in tokens)


def _span(doc: Doc, candidate: Candidate, chain: Chain) -> Span:
    start, end = candidate.line.index[candidate.start], candidate.line.index[candidate.end - 1] + 1
    return Span(doc, start, end, label=candidate.type or "untyped", span_id=chain.name, kb_id=chain.key)


@Language.factory("kg_names", assigns=["doc.spans"], default_config={"revised": True})
def make_names(nlp: Language, name: str, revised: bool) -> NameFinder:  # noqa: FBT001 - spaCy's signature
    """The component for the pipeline's language; `revised` lets trained models correct what the rules find."""
    del name
    return NameFinder(str(nlp.lang), revised=revised)
