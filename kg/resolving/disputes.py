"""Keep up which claims contradict each other, block by block, as what they rest on changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.ledger import Contradiction, CopiedPassage, Copies
from kg.model import Claim, Question
from kg.resolving import contradictions
from kg.resolving.contradictions.occasions import Occasion, occasion
from kg.resolving.contradictions.occasions import block_keys as occasion_keys
from kg.resolving.contradictions.scopes import block_keys as number_keys
from kg.resolving.resolved import Resolved
from kg.resolving.silences import Silences
from kg.resolving.stages import Changes, Stage, regroup, touched
from kg.resolving.weighing import Weighing
from kg.tables import Table, Tables

_QUESTION, _NUMBER, _COPY, _EVENT, _OCCASION, _PARTY = "question", "number", "copy", "event", "occasion", "party"
_ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The questions, events, copied passages and parties of which something may be otherwise than before, by key.

    `numbers` are claims, of which some state numbers; `articles` are those whose numbers may be others.
    """

    questions: set[str]
    numbers: set[str]
    events: set[str]
    copied: set[str]
    parties: set[str]
    articles: set[str]


class Disputes:
    """From accounts of claims to contradictions.

    `found` holds what each block contradicts itself in, `contradictions` each contradiction once, though several blocks
    may find it. `numbers` and `occasions` say in which blocks claims and events are compared with others.
    """

    def __init__(self, tables: Tables, resolved: Resolved, copied: Table[CopiedPassage], silences: Silences) -> None:
        self._resolved, self._copied, self._silences = resolved, copied, silences
        self._numbers: Stage[tuple[str, ...]] = Stage(
            tables.table("compared_number", tuple[str, ...]), lambda keys: [f"in:{key}" for key in keys]
        )
        self._occasions: Stage[tuple[str, ...]] = Stage(
            tables.table("compared_event", tuple[str, ...]), lambda keys: [f"in:{key}" for key in keys]
        )
        self._found: Stage[Contradiction] = Stage(
            tables.table("dispute", Contradiction), lambda one: [f"key:{one.key}"]
        )
        self.contradictions: Stage[Contradiction] = Stage(tables.table("contradiction", Contradiction), _keys)

    def update(self, doubtful: Doubtful, weighing: Weighing) -> Changes[Contradiction]:
        """Compare anew what is doubtful."""
        judge = _Judge(self._resolved, self._copied, self._silences, weighing)
        numbers = self._numbers.apply({key: judge.number_keys(key) for key in doubtful.numbers})
        occasions = self._occasions.apply({key: judge.occasion_keys(key) for key in doubtful.events})
        blocks = {
            *(f"{_QUESTION} {key}" for key in doubtful.questions),
            *(f"{_COPY} {key}" for key in doubtful.copied),
            *(f"{_EVENT} {key}" for key in doubtful.events),
            *(f"{_PARTY} {key}" for key in doubtful.parties),
            *(f"{_ARTICLE} {key}" for key in doubtful.articles),
            *(f"{_NUMBER} {key}" for key in self._blocks(numbers, self._numbers, doubtful.numbers)),
            *(f"{_OCCASION} {key}" for key in self._blocks(occasions, self._occasions, doubtful.events)),
        }
        found = regroup(blocks, self._members, judge.contradictions, self._found)
        keys = {one.key for one in touched(found)}
        return self.contradictions.apply({key: self._last(key) for key in keys})

    def _blocks(
        self, changes: Changes[tuple[str, ...]], stage: Stage[tuple[str, ...]], doubtful: Iterable[str]
    ) -> Iterator[str]:
        for keys in touched(changes):
            yield from keys
        for key in doubtful:
            yield from stage.table.get(key) or ()

    def _members(self, block: str) -> Mapping[str, object]:
        """What a block is made of, by key; a contradiction takes two."""
        kind, _, key = block.partition(" ")
        members: Mapping[str, object] = {}
        if kind in {_QUESTION, _EVENT}:
            members = self._resolved.claims.table.under(f"subject:{key}")
        elif kind == _NUMBER:
            members = self._numbers.table.under(f"in:{key}")
        elif kind == _OCCASION:
            members = self._occasions.table.under(f"in:{key}")
        elif kind == _COPY and (copied := self._copied.get(key)):
            members = {p.document: p for p in copied.passages}
        elif kind == _ARTICLE:
            members = self._resolved.claims.table.under(f"document:{key}")
        elif kind == _PARTY:
            return {key: None}
        return members if len(members) > 1 else {}

    def _last(self, key: str) -> Contradiction | None:
        """What was found under a key; if several blocks found it, by the last of them."""
        return next(reversed(self._found.table.under(f"key:{key}").values()), None)


class _Judge:
    """Looks for contradictions within one block."""

    def __init__(
        self, resolved: Resolved, copied: Table[CopiedPassage], silences: Silences, weighing: Weighing
    ) -> None:
        self._resolved, self._copied, self._silences, self._weighing = resolved, copied, silences, weighing
        self._world = weighing.world
        self._finders = {
            _QUESTION: self._of_question,
            _NUMBER: self._of_number,
            _COPY: self._of_copy,
            _EVENT: self._of_event,
            _OCCASION: self._of_occasion,
            _PARTY: self._of_party,
            _ARTICLE: self._of_article,
        }

    def number_keys(self, claim: str) -> tuple[str, ...] | None:
        """The blocks in which the number of a claim is compared."""
        asked = self._asked(claim)
        return (number_keys(*asked, self._world) or None) if asked else None

    def occasion_keys(self, event: str) -> tuple[str, ...] | None:
        """The blocks in which an event is compared."""
        record = self._resolved.events.table.get(event)
        return (occasion_keys(occasion(record, (), self._world.entities)) or None) if record else None

    def contradictions(self, block: str, members: Sequence[tuple[str, object]]) -> dict[str, Contradiction]:
        """What was found in a block, by the block and the contradiction's key."""
        kind, _, key = block.partition(" ")
        found = self._finders[kind](key, [identity for identity, _ in members])
        return {f"{block}\t{one.key}": one for one in found}

    def _asked(self, claim: str) -> tuple[Question, Claim] | None:
        """A claim that states a number, with the question that it answers."""
        record = self._resolved.claims.table.get(claim)
        if record is None or record.quantity is None or record.subject is None:
            return None
        question = self._resolved.questions.table.get(record.subject)
        return (question, record) if question else None

    def _of_question(self, key: str, _claims: Sequence[str]) -> Iterator[Contradiction]:
        question = self._resolved.questions.table.get(key)
        if question:
            told = list(self._weighing.about(key).values())
            if one := contradictions.values(question, told, self._world):
                yield one
            yield from contradictions.drift(question, told, self._world)
            yield from contradictions.scopes(question, told, self._world)

    def _of_number(self, _key: str, claims: Sequence[str]) -> Iterator[Contradiction]:
        asked = [(claim, found[0]) for claim in claims if (found := self._asked(claim))]
        told = [(question, account) for claim, question in asked if (account := self._weighing.account(claim))]
        yield from contradictions.scopes_of_groups(told, self._world)

    def _of_copy(self, key: str, documents: Sequence[str]) -> Iterator[Contradiction]:
        copied = self._copied.get(key)
        versions = Copies.of([copied] if copied else [])
        if len({versions.wording(key, document) for document in documents}) == 1:
            return  # word for word one passage: no edit changed anything
        claims = {k: c for d in documents for k, c in self._resolved.claims.table.under(f"document:{d}").items()}
        read = sorted(
            claim
            for claim, record in claims.items()
            if any(versions.copied(d, span.start, span.end) for d, span in record.evidence)
        )
        told = [account for claim in read if (account := self._weighing.account(claim))]
        yield from contradictions.copied_drift(told, partial(versions.wording, key))

    def _of_event(self, key: str, _claims: Sequence[str]) -> Iterator[Contradiction]:
        if one := self._occasion(key):
            found = (contradictions.dated(one), contradictions.denied(one, self._world.parts))
            yield from filter(None, found)

    def _of_occasion(self, key: str, events: Sequence[str]) -> Iterator[Contradiction]:
        occasions = [one for event in events if (one := self._occasion(event))]
        if key.startswith("excluding "):
            yield from contradictions.statuses(key, occasions)
        else:
            yield from contradictions.dates(key, occasions)
            yield from contradictions.overdue(occasions)

    def _occasion(self, event: str) -> Occasion | None:
        record = self._resolved.events.table.get(event)
        if record is None:
            return None
        return occasion(record, list(self._weighing.about(event).values()), self._world.entities)

    def _of_party(self, party: str, _members: Sequence[str]) -> Iterator[Contradiction]:
        silent, confirmed = self._silences.spoken(party, self._weighing)
        yield from contradictions.taken_back(party, confirmed, self._world.is_state, self._is_one_story)
        if silent:
            yield from contradictions.denials(party, silent, confirmed, self._world.is_state, self._is_one_story)

    def _of_article(self, document: str, claims: Sequence[str]) -> Iterator[Contradiction]:
        told = [account for claim in claims if (account := self._weighing.account(claim))]
        yield from contradictions.within(document, told, self._silences.behind)

    def _is_one_story(self, document: str, other: str) -> bool:
        return other in self._resolved.beside(document)


def _keys(one: Contradiction) -> Iterator[str]:
    yield from (f"claim:{side}" for side in one.sides)
    yield from (f"names:{key}" for key in (one.about, *one.words))
