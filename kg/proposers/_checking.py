"""Keep of what a proposer says only what stands in the article and fits the ontology; our own findings win."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from kg import ns
from kg.model import Document, Extraction, Mention, Modality, Span, Statement
from kg.proposers import Proposals, ProposedMention, ProposedStatement
from kg.proposers._passages import is_whole, occurrences, sentences
from kg.proposers._schema import LONGEST_EVIDENCE, LONGEST_NAME, MENTION_TYPES, SOURCE, Terms
from kg.rdf.context import KIND_CLASSES
from kg.vocabulary import Vocabulary

CONFIDENCE: Final = 0.5
"""Of whatever is proposed: below what the rules say of themselves."""
_SHOWN = 80
_ACTING_PLACE = "GeopoliticalEntity"


class Unfit(Exception):
    """A proposal that cannot be kept; the message says why."""


def quoted(words: object) -> str:
    """What a proposer said, as a reason may repeat it: short, and without any character that does not print."""
    text = words if isinstance(words, str) else repr(words)
    return ascii(text[:_SHOWN]) if not text.isprintable() else repr(text[:_SHOWN])


@dataclass(frozen=True, slots=True)
class Checks:
    """What the proposals of `name` must pass."""

    name: str
    vocabulary: Vocabulary
    terms: Terms

    @classmethod
    def load(cls, name: str) -> Checks:
        """The checks by the project's ontology."""
        vocabulary = Vocabulary.load()
        return cls(name, vocabulary, Terms.of(vocabulary))

    def joined(self, extraction: Extraction, proposals: Proposals) -> Extraction:
        """The extraction with the proposals that can be kept, and with the reasons why the others cannot."""
        rejected = list(proposals.rejected)
        mentions = list(extraction.mentions)
        for mention in sorted(proposals.mentions, key=lambda m: (m.span.start - m.span.end, m.span, m.type)):
            try:
                mentions.extend(self._mention(extraction.document, mentions, mention))
            except Unfit as why:
                rejected.append(f"{quoted(mention.type)} {quoted(mention.span.text)}: {why}")
        starts = [start for start, _ in sentences(extraction.document)] if proposals.statements else []
        statements = {statement.id: statement for statement in extraction.statements}
        for proposed in proposals.statements:
            try:
                kept = self._statement(extraction, mentions, proposed, starts)
            except Unfit as why:
                rejected.append(f"{quoted(proposed.type)} {quoted(proposed.trigger.text)}: {why}")
            else:
                statements.setdefault(kept.id, kept)
        reasons = dict.fromkeys(f"{self.name} proposed {reason}" for reason in rejected)
        return replace(
            extraction,
            mentions=tuple(sorted(mentions, key=lambda m: (m.span, m.type, m.chain))),
            statements=tuple(sorted(statements.values(), key=lambda s: (s.evidence, s.type, s.id))),
            rejected=(*extraction.rejected, *reasons),
        )

    def _mention(self, document: Document, known: list[Mention], proposed: ProposedMention) -> Iterator[Mention]:
        """The mention; none if it is known already."""
        span = proposed.span
        _reread(document, span)
        if proposed.type not in MENTION_TYPES:
            raise Unfit("there is no such type of name")
        if len(span.text) > LONGEST_NAME or "\n" in span.text or not any(c.isalpha() for c in span.text):
            raise Unfit("the words are no name")
        kind = proposed.type
        for mention in known:
            if mention.span == span and mention.type == kind:
                return
            if mention.span == span or (mention.form == "name" and _overlap(mention.span, span)):
                raise Unfit(f"{quoted(mention.span.text)} was found there before, a {mention.type}")
        yield Mention(
            document.id, span, kind, _chain(known, span.text, kind), extractor=self.name, confidence=CONFIDENCE
        )

    def _statement(
        self, extraction: Extraction, mentions: list[Mention], proposed: ProposedStatement, starts: Sequence[int]
    ) -> Statement:
        document, evidence = extraction.document, proposed.evidence
        allowed = self.terms.roles.get(proposed.type)
        if allowed is None:
            raise Unfit("the ontology has no such class of events")
        if proposed.modality not in self.terms.modalities:
            raise Unfit(f"there is no modality {quoted(proposed.modality)}")
        _reread(document, evidence)
        _reread(document, proposed.trigger)
        if not _within(proposed.trigger, evidence) or len(evidence.text) > LONGEST_EVIDENCE:
            raise Unfit("the trigger does not stand in the evidence")
        if unknown := next((role for role, _ in proposed.roles if role not in allowed), None):
            raise Unfit(f"it may not have the role {quoted(unknown)}")
        fillers = [
            (role, self._filler(document, mentions, role, words, evidence))
            for role, named in (*proposed.roles, (SOURCE, proposed.attributed_to))
            for words in named
        ]
        roles: dict[str, dict[str, None]] = defaultdict(dict)
        for role, mention in fillers:
            roles[role][mention.chain] = None
        sources = tuple(roles.pop(SOURCE, ()))
        if not roles:
            raise Unfit("nobody and nothing takes part in it")
        spans = [proposed.trigger, *(mention.span for _, mention in fillers)]
        told = document.span(min(span.start for span in spans), max(span.end for span in spans))
        if any(told.start < start < told.end for start in starts):
            raise Unfit("its words stand in more than one sentence")
        if any(self._same(ours, proposed.type) and _overlap(ours.evidence, told) for ours in extraction.statements):
            raise Unfit("it was found there before")
        return Statement(
            document.id,
            proposed.type,
            told,
            roles=tuple(sorted((role, tuple(chains)) for role, chains in roles.items())),
            attributed_to=sources,
            modality=cast("Modality", proposed.modality),
            extractor=self.name,
            confidence=CONFIDENCE,
            trigger=proposed.trigger,
        )

    def _filler(self, document: Document, mentions: list[Mention], role: str, words: str, evidence: Span) -> Mention:
        """The mention that the words of a role are, where they first stand in the evidence as one."""
        spans = list(occurrences(document.text, words, evidence.start, evidence.end))
        if not spans:
            raise Unfit(f"{quoted(words)}, its {quoted(role)}, does not stand in the evidence")
        found = next((mention for span in spans for mention in mentions if mention.span == span), None)
        if found is None:
            raise Unfit(f"{quoted(words)}, its {quoted(role)}, is no name that was found or kept")
        kind = found.subtype or KIND_CLASSES[found.type].value.removeprefix(ns.NAMESPACE)
        if not self.vocabulary.may_be(_ACTING_PLACE if kind == "Place" else kind, role):
            raise Unfit(f"{quoted(words)}, a {kind}, may not be its {role}")
        return found

    def _same(self, ours: Statement, kind: str) -> bool:
        known = ours.type in self.terms.roles
        return known and (self.vocabulary.is_subclass(ours.type, kind) or self.vocabulary.is_subclass(kind, ours.type))


def _reread(document: Document, span: Span) -> None:
    text = document.text
    if span.start < 0 or not span.text.strip() or text[span.start : span.end] != span.text:
        raise Unfit(f"{quoted(span.text)} does not stand at characters {span.start} to {span.end}")
    if span.text != span.text.strip() or not is_whole(text, span.start, span.end):
        raise Unfit(f"{quoted(span.text)} cuts a word in two")


def _chain(known: Iterable[Mention], words: str, kind: str) -> str:
    """The chain of a name that stands elsewhere too, if it is of the same type there; else a new one."""
    chains = {(m.chain, m.type) for m in known if m.chain == words or (m.form == "name" and m.span.text == words)}
    if not chains:
        return words
    if len(chains) > 1:
        raise Unfit("several things are called so elsewhere in the article")
    ((chain, type_),) = chains
    if type_ != kind:
        raise Unfit(f"it is a {type_} elsewhere in the article")
    return chain


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
