"""Keep up who is said not to have commented, and who confirmed or denied something, on which matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg import gazetteer
from kg.ledger import Passage
from kg.model import Claim, Event, Question, Span
from kg.resolving.accounts import Account
from kg.resolving.contradictions.denials import EVENT_OF, Spoken
from kg.resolving.passages import Article
from kg.resolving.resolved import Resolved
from kg.resolving.stages import Stage, regroup
from kg.resolving.weighing import Weighing
from kg.tables import Table, Tables

_ANSWERS = frozenset({"confirmed", "denied"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Words by which an article says that `parties` are silent, or by which they answer; `subjects` are what these words are about.

    A matter is a class of event with a thing that it concerns (see `Spoken`).
    """

    document: str
    claim: str
    silent: bool
    parties: tuple[str, ...]
    matters: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]


def is_silence(claim: Claim) -> bool:
    """Whether the claim is that somebody has not commented."""
    return claim.type == "NoComment"


def is_answer(claim: Claim) -> bool:
    """Whether somebody confirms or denies something."""
    return not is_silence(claim) and claim.modality in _ANSWERS and bool(claim.attributed_to)


def is_voice(claim: Claim) -> bool:
    """Whether somebody is silent, or answers."""
    return is_silence(claim) or is_answer(claim)


class Silences:
    """From claims to who is silent and who answers, article by article.

    "They have not commented on this" is about what the sentence before says; a confirmation about what its own does.
    """

    def __init__(self, tables: Tables, resolved: Resolved, articles: Table[Article]) -> None:
        self._resolved, self._articles = resolved, articles
        self.voices: Stage[Voice] = Stage(tables.table("voice", Voice), _keys)

    def update(self, documents: Iterable[str], weighing: Weighing) -> set[str]:
        """Listen anew to what was said in `documents`; returns the parties of which something was or is said there."""
        dirty = set(documents)
        parties = set(self._parties(dirty))

        def solve(document: str, members: Sequence[tuple[str, Claim]]) -> dict[str, Voice]:
            return dict(self._heard(document, dict(members), weighing))

        regroup(dirty, lambda document: self._resolved.claims.table.under(f"document:{document}"), solve, self.voices)
        return parties | set(self._parties(dirty))

    def parties_of(self, claim: str) -> set[str]:
        """The parties of which a claim says that they are silent, or by which it answers."""
        return {party for voice in self.voices.table.under(f"claim:{claim}").values() for party in voice.parties}

    def silent_in(self, document: str) -> set[str]:
        """The parties that are said to be silent in an article."""
        voices = self.voices.table.under(f"of:{document}").values()
        return {party for voice in voices if voice.silent for party in voice.parties}

    def heard_in(self, document: str) -> set[str]:
        """The parties that are silent in an article, or answer."""
        return set(self._parties([document]))

    def documents_about(self, subject: str) -> set[str]:
        """The articles in which somebody is silent on an event or a question, or answers."""
        return {voice.document for voice in self.voices.table.under(f"about:{subject}").values()}

    def spoken(self, party: str, weighing: Weighing) -> tuple[list[Spoken], list[Spoken]]:
        """The articles that say the party is silent, and those in which it, or a part of it, answers."""
        silent = list(self._spoken(f"silent:{party}", weighing))
        return silent, list(self._spoken(f"answer:{party}", weighing))

    def behind(self, passage: Passage) -> str:
        """What stands behind a passage in its sentence; empty for a sentence that is too short to be told apart."""
        article = self._articles.get(passage.document)
        for one in article.sentences if article else ():
            if one.start <= passage.start < one.start + len(one.text):
                return one.text[passage.end - one.start :]
        return ""

    def _spoken(self, key: str, weighing: Weighing) -> Iterator[Spoken]:
        for voice in self.voices.table.under(key).values():
            account = weighing.account(voice.claim)
            if account:
                yield Spoken(account, voice.document, frozenset(voice.matters))

    def _parties(self, documents: Iterable[str]) -> Iterator[str]:
        for document in documents:
            for voice in self.voices.table.under(f"of:{document}").values():
                yield from voice.parties

    def _heard(self, document: str, claims: Mapping[str, Claim], weighing: Weighing) -> Iterator[tuple[str, Voice]]:
        """The voices of one article.

        Block: one article. Members: its sentences, and the claims that were read from it.
        """
        for key, claim in claims.items():
            silent = is_silence(claim)
            if not silent and not is_answer(claim):
                continue
            account = weighing.account(key)
            parties = _silent(claim) if silent else _answering(account) if account else ()
            for number, span in enumerate(span for d, span in claim.evidence if d == document):
                within = list(self._around(document, span, claims.values(), before=1 if silent else 0))
                subjects = sorted({one.subject for one in within if one.subject})
                matters = sorted({matter for subject in subjects for matter in self._matters(subject, weighing)})
                voice = Voice(document, key, silent, parties, tuple(matters), tuple(subjects))
                yield f"{key} {document} {number:06}", voice

    def _around(self, document: str, words: Span, claims: Iterable[Claim], *, before: int) -> Iterator[Claim]:
        """The claims in the sentence that the words stand in, and in `before` sentences before it."""
        article = self._articles.get(document)
        bounds = article.bounds if article else ()
        own = [i for i, (start, end) in enumerate(bounds) if start < words.end and words.start < end]
        if own:
            start, end = bounds[max(0, own[0] - before)][0], bounds[own[-1]][1]
            for claim in claims:
                if any(d == document and start <= span.start and span.end <= end for d, span in claim.evidence):
                    yield claim

    def _matters(self, subject: str, weighing: Weighing) -> Iterator[tuple[str, str]]:
        event, question = self._resolved.events.table.get(subject), self._resolved.questions.table.get(subject)
        if event:
            kind, things = event.type, list(_things(event))
        elif question and question.measure in EVENT_OF:
            kind, things = EVENT_OF[question.measure], list(_asked(question))
        else:
            return
        for thing in things:
            for whole in weighing.world.parts(thing):
                yield kind, whole


def _keys(voice: Voice) -> Iterator[str]:
    yield f"claim:{voice.claim}"
    yield from (f"about:{subject}" for subject in voice.subjects)
    yield from (f"{'silent' if voice.silent else 'answer'}:{party}" for party in voice.parties)


def _silent(claim: Claim) -> tuple[str, ...]:
    return dict(claim.roles).get("agent", ()) or claim.attributed_to


def _answering(account: Account) -> tuple[str, ...]:
    return tuple(sorted({p for source in account.sources for part in source for p in _with_country(part)}))


def _with_country(key: str) -> set[str]:
    """A body, and the country that it is of: when its ministry has spoken, a country has. "Q30-navy" is a body of Q30."""
    entry, of = gazetteer.find(key), key.partition("-")[0]
    if entry and entry.country:
        return {key, entry.country}
    return {key, of} if of != key and gazetteer.find(of) else {key}


def _things(event: Event) -> Iterator[str]:
    for _, keys in event.roles:
        yield from keys


def _asked(question: Question) -> Iterator[str]:
    yield from (key for key in (question.population, question.place) if key)
