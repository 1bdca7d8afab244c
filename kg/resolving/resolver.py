"""Keep up what all articles say together while articles come and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from kg.model import Claim, Document, Entity, Event, Extraction, Statement, content_hash
from kg.rdf.context import acting
from kg.resolving import claims, counting, stories
from kg.resolving.beside import named_beside
from kg.resolving.changes import Changed, Pair
from kg.resolving.claims import Said
from kg.resolving.event_accounts import Classes, account
from kg.resolving.events import Events
from kg.resolving.fitting import Fitting
from kg.resolving.forces import Forces
from kg.resolving.identities import Identities
from kg.resolving.judgements import Line
from kg.resolving.ledger import Ledger
from kg.resolving.places import Places
from kg.resolving.questions import Number, Questions, number
from kg.resolving.repeated import Counted, Repeated
from kg.resolving.resolved import Renewed, Resolved
from kg.resolving.stages import Change, Changes, Stage, Sum, fold, regroup, touched
from kg.resolving.standings import Standings
from kg.resolving.stories import Named, Stories
from kg.resolving.told import Told
from kg.tables import MemoryTables, Tables
from kg.vocabulary import Vocabulary

_HAPPENING = frozenset({"EventClaim", "SituationClaim"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about, if anything, and the hash of what makes it one claim with others."""

    key: str | None
    content: str


class Resolver:
    """The resolution of a set of extractions; `update` changes the set.

    What it holds after any updates depends on the set alone. Each of its tables is written by one stage.
    """

    def __init__(self, tables: Tables | None = None, lines: Sequence[Line] = ()) -> None:
        tables = tables or MemoryTables()
        self.vocabulary = Vocabulary.load()
        self._situations = frozenset(self.vocabulary.below("Situation"))
        self._above = {name: self.vocabulary.above(name) for name in self.vocabulary.classes()}
        self.entities = Identities(tables, lines)
        self.places = Places(tables)
        self.stories = Stories(tables)
        self.events = Events(tables, self.stories, self._above, self._told_in)
        self.repeated = Repeated(tables)
        self.questions = Questions(tables)
        self.told: Stage[Told] = Stage(tables.table("told", Told), _told_keys)
        self.standings = Standings(tables)
        self.days: Stage[str] = Stage(tables.table("day", str), lambda _day: ())
        self.counted: Stage[str] = Stage(tables.table("counted", str), lambda event: [f"account:{event}"])
        self.numbers: Stage[Number] = Stage(tables.table("number", Number), lambda one: [f"asked:{one.asked.key}"])
        self.subjects: Stage[Subject] = Stage(tables.table("subject", Subject), lambda one: [f"content:{one.content}"])
        self.claims: Stage[Claim] = Stage(tables.table("claim", Claim), _claim_keys)
        self.pairs: Stage[Pair] = Stage(
            tables.table("pair", Pair), lambda pair: [f"claim:{pair.first}", f"claim:{pair.second}"]
        )
        self.acting: Stage[Sum[str]] = Stage(tables.table("acting", Sum[str]), lambda _one: ())
        self.forces = Forces(tables, self._told_about, self.entities.table)
        self.ledger = Ledger(
            tables,
            Resolved(
                self.days,
                self.told,
                self.entities.table,
                self.events.events,
                self.questions.questions,
                self.claims,
                self.places.contains,
                self.event_of,
                self.told_of,
                self._claims_of,
                self.stories.beside,
            ),
        )

    def update(self, added: Sequence[Extraction] = (), removed: Sequence[Extraction] = ()) -> Changed:
        """Take in the extractions `added` and give up those `removed`."""
        given = {e.document.id: None for e in removed} | {e.document.id: e.document.published for e in added}
        days = self.days.apply(given)
        moved, judgements = self.entities.update(added, removed)
        capitals = self.standings.read(added, removed)
        told = self._tell(added, removed, moved)
        entities = self.entities.settle(told, capitals)
        restoried = self.stories.update(self._named(added, removed, moved))
        retold = self.events.update(told, restoried, days.keys())
        events, accounts = retold.events, retold.moved
        numbers = self._count(told, accounts, days, restoried)
        questions, answers = self.questions.update(numbers)
        dirty = {
            *told,
            *numbers,
            *(identity for key in accounts for identity in self.told.table.under(f"account:{key}")),
            *(identity for key in answers for identity in self.numbers.table.under(f"asked:{key}")),
        }
        claimed = self._claim(dirty)
        entries = self.ledger.update(
            added,
            removed,
            Renewed(
                days,
                told,
                entities,
                events,
                questions,
                claimed,
                retold.events_of,
                retold.stale,
                retold.parted,
                frozenset(restoried),
            ),
        )
        acted = self._act(entities, events, claimed)
        documents: dict[str, Change[Document]] = {e.document.id: Change(e.document, None) for e in removed}
        for extraction in added:
            before = documents.get(extraction.document.id)
            documents[extraction.document.id] = Change(before.old if before else None, extraction.document)
        return Changed(
            documents,
            entities,
            events,
            questions,
            claimed,
            self._compare(claimed, events),
            frozenset({*(document for document, _ in moved), *(one.statement.document for one in touched(told))}),
            judgements=judgements,
            standing=self.standings.update(told, capitals),
            forces=self.forces.update(told, entities),
            copies=entries.copies,
            contradictions=entries.contradictions,
            dates=entries.dates,
            years=entries.years,
            acting=frozenset(key for key, change in acted.items() if change.old is None or change.new is None),
        )

    @property
    def classes(self) -> Classes:
        """How the classes of events lie to each other."""
        return self.events.classes

    def is_acting(self, entity: str) -> bool:
        """Whether an entity takes a part that only agents take."""
        return self.acting.table.get(entity) is not None

    def event_of(self, told: Told) -> str:
        """The key of the event that a statement tells."""
        return self.events.event_of(account(told).key)

    def told_of(self, event: str) -> list[str]:
        """The ids of the statements that tell an event, sorted."""
        accounts = self.events.accounts_of(event)
        return sorted(identity for key in accounts for identity in self.told.table.under(f"account:{key}"))

    def denoted(self, extraction: Extraction) -> dict[str, str]:
        """The keys of the entities that the chains of an article denote."""
        document = extraction.document.id
        chains = dict.fromkeys(mention.chain for mention in extraction.mentions)
        return {chain: key for chain in chains if (key := self.entities.key(document, chain))}

    def unfit(self, document: str) -> set[str]:
        """What was read in an article but does not fit the ontology, with the reasons."""
        return {why for one in self.told.table.under(f"document:{document}").values() for why in one.unfit}

    def _tell(
        self, added: Iterable[Extraction], removed: Iterable[Extraction], moved: Iterable[tuple[str, str]]
    ) -> Changes[Told]:
        """The statements with the entities that they name, where either is new."""
        given: dict[str, Statement | None] = {s.id: None for extraction in removed for s in extraction.statements}
        given.update({s.id: s for extraction in added for s in extraction.statements})
        beside = {identity: chains for e in added for identity, chains in named_beside(e).items()}
        for document, name in moved:
            near = self.told.table.under(_beside(document, name))
            for identity, one in (self.told.table.under(_chain(document, name)) | near).items():
                if identity not in given:
                    given[identity] = one.statement
                    beside[identity] = tuple(chain for chain, _ in one.beside)
        fresh = {identity: self._fitted(one, beside.get(identity, ())) for identity, one in sorted(given.items())}
        elsewhere = self.places.update(
            {identity: Change(self.told.table.get(identity), new) for identity, new in fresh.items()}
        )
        for place in elsewhere:
            fresh.update({i: one for i, one in self.told.table.under(f"place:{place}").items() if i not in fresh})
        return self.told.apply(
            {i: replace(one, around=self.places.around(one.places)) if one else None for i, one in fresh.items()}
        )

    def _named(
        self, added: Iterable[Extraction], removed: Iterable[Extraction], moved: Iterable[tuple[str, str]]
    ) -> dict[str, Named | None]:
        """The telling names of the articles that came, went, or name something else than before."""
        found: dict[str, Named | None] = dict.fromkeys(extraction.document.id for extraction in removed)
        here = {*(extraction.document.id for extraction in added), *(document for document, _ in moved)} - found.keys()
        here |= {extraction.document.id for extraction in added}
        for document in sorted(here):
            days = stories.days(
                time for one in self._told_in(document) for time in (one.statement.time, one.statement.said)
            )
            found[document] = Named(document, self.days.table.get(document), self.entities.telling(document), days)
        return found

    def _fitted(self, statement: Statement | None, beside: Sequence[str]) -> Told | None:
        if statement is None:
            return None
        kind = claims.subject_kind(statement, situations=self._situations)
        capitals = self.standings.capitals(statement.document)
        return Fitting(self.vocabulary, self.entities, statement, capitals, beside).told(kind)

    def _told_in(self, document: str) -> Iterable[Told]:
        """All that an article tells."""
        return self.told.table.under(f"document:{document}").values()

    def _claims_of(self, statement: str) -> Mapping[str, Claim]:
        """The claims of a statement's content."""
        subject = self.subjects.table.get(statement)
        return self.claims.table.under(f"of:{subject.content}") if subject else {}

    def _told_about(self, entity: str) -> list[Told]:
        """The statements that name an entity by what denotes it."""
        chains = self.entities.chains_of(entity)
        found = {i: one for of in chains for i, one in self.told.table.under(_chain(*of)).items()}
        return list(found.values())

    def _count(
        self, told: Changes[Told], accounts: Iterable[str], days: Iterable[str], restoried: Iterable[str]
    ) -> Changes[Number]:
        """What the numbers answer, where the number, its article's day or story, or the event that it was counted in is new."""
        documents = {one.statement.document for one in touched(told)}
        counted: dict[str, str | None] = dict.fromkeys(i for i, change in told.items() if change.new is None)
        for document in sorted(documents):
            members = self.told.table.under(f"document:{document}")
            happened = [one for one in members.values() if one.kind in _HAPPENING]
            for identity, one in members.items():
                if one.kind == "QuantityClaim":
                    event = counting.counted_in(one, happened, self._above)
                    counted[identity] = account(event).key if event else None
        recounted = self.counted.apply(counted)
        gone = [identity for identity, change in told.items() if change.new is None]
        near = {*restoried, *self.stories.around(documents)}
        dirty = {
            *recounted,
            *told,
            *(identity for document in days for identity in self.told.table.under(f"document:{document}")),
            *(identity for key in accounts for identity in self.counted.table.under(f"account:{key}")),
        }
        repeating = self.repeated.update(gone, near, self._numbers_of, self.stories.beside)
        dirty |= repeating | self.repeated.below(dirty)
        return self.numbers.apply({identity: self._number(identity) for identity in dirty})

    def _numbers_of(self, document: str) -> dict[str, Counted]:
        """The numbers of an article, by the ids of their statements."""
        told = self.told.table.under(f"document:{document}")
        happened = {account(one).key: one for one in told.values() if one.kind in _HAPPENING}
        counted = {identity: self.counted.table.get(identity) or "" for identity in told}
        return {
            identity: Counted(identity, one, counted[identity] or None, happened.get(counted[identity]))
            for identity, one in told.items()
            if one.kind == "QuantityClaim" and one.statement.quantity and one.statement.quantity.measure
        }

    def _number(self, identity: str) -> Number | None:
        told, first = self.told.table.get(identity), self.repeated.root(identity)
        if told is None:
            return None
        event, known = self.counted.table.get(first), self.told.table.get(first)
        day = self.days.table.get((known or told).statement.document)
        asked = number(known or told, self.events.event_of(event) if event else None, day)
        return asked.told_again(told) if asked and first != identity else asked

    def _claim(self, dirty: Iterable[str]) -> Changes[Claim]:
        updates = {identity: self._subject(identity) for identity in dirty}
        contents = {one.content for one in map(self.subjects.table.get, updates) if one}
        contents |= {one.content for one in updates.values() if one}
        self.subjects.apply(updates)
        return regroup(
            contents, self._said, lambda _content, said: {c.key: c for c in claims.resolve(said)}, self.claims
        )

    def _subject(self, identity: str) -> Subject | None:
        told = self.told.table.get(identity)
        if told is None:
            return None
        answered = self.numbers.table.get(identity)
        if told.kind in _HAPPENING:
            key: str | None = self.events.event_of(account(told).key)
        else:
            key = self.questions.question_of(answered.asked) if answered else None
        return Subject(key, content_hash(Said(told, key).content()))

    def _said(self, content: str) -> dict[str, Said]:
        found = self.subjects.table.under(f"content:{content}")
        told = {identity: self.told.table.get(identity) for identity in found}
        return {identity: Said(one, found[identity].key) for identity, one in told.items() if one}

    def _act(self, *records: Changes[Entity] | Changes[Event] | Changes[Claim]) -> Changes[Sum[str]]:
        """The entities of which it changed how many records give them an agent's part."""
        by_kind: dict[str, Change[Entity | Event | Claim]] = {
            f"{kind}\t{key}": Change(one.old, one.new)
            for kind, changes in enumerate(records)
            for key, one in changes.items()
        }
        return fold(by_kind, lambda record: ((key, key, ()) for key in acting(record, self.vocabulary)), self.acting)

    def _compare(self, claimed: Changes[Claim], events: Changes[Event]) -> Changes[Pair]:
        subjects = {claim.subject for claim in touched(claimed) if claim.subject}
        happened = [*touched(events), *(event for key in subjects if (event := self.events.events.table.get(key)))]
        sites = {site for event in happened for site in dict(event.roles).get("concernsSite", ())}
        blocks = {*(f"subject:{key}" for key in subjects), *(f"site:{site}" for site in sites)}
        return regroup(blocks, self._members, self._pairs, self.pairs)

    def _members(self, block: str) -> Mapping[str, Claim]:
        if block.startswith("subject:"):
            return self.claims.table.under(block)
        events = self.events.events.table.under(block)
        return {key: claim for event in events for key, claim in self.claims.table.under(f"subject:{event}").items()}

    def _pairs(self, block: str, members: Sequence[tuple[str, Claim]]) -> dict[str, Pair]:
        found = [claim for _, claim in members]
        if block.startswith("subject:"):
            competing, corroborating = claims.compare(found)
        else:
            events = list(self.events.events.table.under(block).values())
            competing, corroborating = claims.rivals(events, found, self.vocabulary.excludes), []
        return {
            content_hash(block, verdict, pair): Pair(verdict, *pair)
            for verdict, pairs in (("competing", competing), ("corroborating", corroborating))
            for pair in pairs
        }


def _chain(document: str, name: str) -> str:
    return f"chain:{document}\t{name}"


def _beside(document: str, name: str) -> str:
    return f"beside:{document}\t{name}"


def _told_keys(told: Told) -> Iterator[str]:
    statement = told.statement
    owners = (owner for owner, _ in told.owners)
    named = chain(*(chains for _, chains in statement.roles), statement.attributed_to, statement.relayed_by, owners)
    yield from (_chain(statement.document, name) for name in named)
    yield from (_beside(statement.document, name) for name, _ in told.beside)
    yield f"document:{told.statement.document}"
    yield from (f"place:{place}" for place in sorted(told.places))
    if told.kind in _HAPPENING:
        yield f"account:{account(told).key}"


def _claim_keys(claim: Claim) -> Iterator[str]:
    if claim.subject:
        yield f"subject:{claim.subject}"
    yield from (f"document:{document}" for document, _ in claim.evidence)
    named = chain(*(keys for _, keys in claim.roles), claim.attributed_to, claim.relayed_by)
    yield from (f"entity:{key}" for key in named)
