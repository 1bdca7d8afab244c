"""Gather who is said not to have commented, and who confirmed or denied something, on which matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.ledger import Passage
from kg.model import Claim, Document, Event, Question
from kg.resolving.accounts import Account, PartOf, Telling
from kg.resolving.contradictions.denials import EVENT_OF, Spoken
from kg.resolving.passages import passages_of

if TYPE_CHECKING:
    from kg.resolving.ledger import Resolved

_ANSWERS = frozenset({"confirmed", "denied"})
Parties = dict[str, list[Spoken]]


def gather(
    resolved: Resolved, accounts: Mapping[str, Account], parts: PartOf, documents: Mapping[str, Document]
) -> tuple[Parties, Parties]:
    """By party, the articles that say it is silent, and those in which it, or a part of it, confirms or denies.

    "They have not commented on this" is about what the sentence before says; a confirmation about what its own does.
    """
    reader = _Matters(resolved, accounts, parts, documents)
    silent: Parties = defaultdict(list)
    confirmed: Parties = defaultdict(list)
    for account in accounts.values():
        claim = account.claim
        if claim.type == "NoComment":
            parties = dict(claim.roles).get("agent", ()) or claim.attributed_to
            for telling in account.tellings:
                spoken = Spoken(account, telling.passage.document, reader.around(telling, before=1))
                for party in parties:
                    silent[party].append(spoken)
        elif claim.modality in _ANSWERS and claim.attributed_to:
            for telling in account.tellings:
                spoken = Spoken(account, telling.passage.document, reader.around(telling, before=0))
                for party in sorted({p for source in account.sources for part in source for p in _with_country(part)}):
                    confirmed[party].append(spoken)
    return silent, confirmed


def _with_country(key: str) -> set[str]:
    """A body, and the country that it is of: when its ministry has spoken, a country has. "Q30-navy" is a body of Q30."""
    entry, of = gazetteer.find(key), key.partition("-")[0]
    if entry and entry.country:
        return {key, entry.country}
    return {key, of} if of != key and gazetteer.find(of) else {key}


class _Matters:
    """What the sentences of an article are about, by the claims that were read from them."""

    def __init__(
        self, resolved: Resolved, accounts: Mapping[str, Account], parts: PartOf, documents: Mapping[str, Document]
    ) -> None:
        self._parts, self._documents = parts, documents
        self._events = {event.key: event for event in resolved.events}
        self._questions = {question.key: question for question in resolved.questions}
        self._claims: dict[str, list[tuple[Passage, Claim]]] = defaultdict(list)
        for account in accounts.values():
            for telling in account.tellings:
                self._claims[telling.passage.document].append((telling.passage, account.claim))
        self._passages: dict[str, list[Passage]] = {}

    def around(self, telling: Telling, *, before: int) -> frozenset[tuple[str, str]]:
        """The matters of the sentence that the words stand in, and of `before` sentences before it.

        Block: one article. Members: its sentences, and the claims that were read from them.
        """
        words = telling.passage
        sentences = self._sentences(words.document)
        own = [i for i, s in enumerate(sentences) if s.start < words.end and words.start < s.end]
        if not own:
            return frozenset()
        first, last = sentences[max(0, own[0] - before)], sentences[own[-1]]
        within = (claim for p, claim in self._claims[words.document] if first.start <= p.start and p.end <= last.end)
        return frozenset(matter for claim in within for matter in self._of(claim))

    def _sentences(self, document: str) -> list[Passage]:
        if document not in self._passages:
            self._passages[document] = passages_of(self._documents[document])
        return self._passages[document]

    def _of(self, claim: Claim) -> Iterator[tuple[str, str]]:
        event, question = self._events.get(claim.subject or ""), self._questions.get(claim.subject or "")
        if event:
            yield from self._concerning(event.type, _things(event))
        elif question and question.measure in EVENT_OF:
            yield from self._concerning(EVENT_OF[question.measure], _asked(question))

    def _concerning(self, kind: str, things: Iterable[str]) -> Iterator[tuple[str, str]]:
        for thing in things:
            for whole in self._parts(thing):
                yield kind, whole


def _things(event: Event) -> Iterator[str]:
    for _, keys in event.roles:
        yield from keys


def _asked(question: Question) -> Iterator[str]:
    yield from (key for key in (question.population, question.place) if key)
