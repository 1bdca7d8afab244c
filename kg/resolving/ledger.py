"""Keep the claims ledger: find what was copied, date what is undated, and set contradictory claims side by side.

Each step sorts records into blocks by a key and hands one block at a time to a function that knows nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg import edtf
from kg.ledger import Contradiction, CopiedPassage, Copies, InferredDate, InferredYear, Passage
from kg.model import Claim, Document, Entity, Event, Extraction, Question, Span
from kg.resolving import contradictions, copies, dating, silences, years
from kg.resolving.accounts import Account, Days, PartOf, Telling, World, parts_of
from kg.resolving.contradictions.occasions import Occasion, block_keys, occasion
from kg.resolving.passages import Sentence, sentences_of
from kg.resolving.told import Told

_HAPPENED = frozenset({"asserted", "reported", "estimated", "confirmed"})
_SURE = 2
_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the ledger is kept of: everything that was read and resolved.

    `told` are statements with entities, by id; `told_of` gives the ids of those that tell an event.
    """

    extractions: Sequence[Extraction]
    told: Mapping[str, Told]
    entities: Mapping[str, Entity]
    events: Sequence[Event]
    questions: Sequence[Question]
    claims: Sequence[Claim]
    contains: Callable[[str, str], bool]
    told_of: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was copied, what contradicts, and when undated articles were published; each sorted."""

    copies: tuple[CopiedPassage, ...]
    contradictions: tuple[Contradiction, ...]
    dates: tuple[InferredDate, ...]
    years: tuple[InferredYear, ...]


def keep(resolved: Resolved) -> Ledger:
    """The ledger of all that was resolved, whatever the order of the articles."""
    documents = {e.document.id: e.document for e in resolved.extractions}
    sentences = {e.document.id: sentences_of(e) for e in resolved.extractions}
    copied = copies.find(
        (sentence for found in sentences.values() for sentence in found), lambda d: documents[d].published
    )
    dates = tuple(_dates(resolved, documents, sentences, copied))
    days = _days(documents.values(), dates)
    index = Copies.of(copied)
    world = World(resolved.entities, parts_of(resolved.entities, resolved.events), resolved.contains)
    accounts = _accounts(resolved, days, index, world.parts)
    found = {one.key: one for one in _contradictions(resolved, accounts, index, world, documents)}
    inferred_years = tuple(_years(resolved, days))
    return Ledger(copied, tuple(found[key] for key in sorted(found)), dates, inferred_years)


def passage_of(document: str, span: Span) -> Passage:
    """The words of a span, with their article."""
    return Passage(document, span.start, span.end, span.text)


def _dates(
    resolved: Resolved,
    documents: Mapping[str, Document],
    sentences: Mapping[str, Sequence[Sentence]],
    copied: Iterable[CopiedPassage],
) -> Iterator[InferredDate]:
    shared: dict[str, list[dating.Shared]] = defaultdict(list)
    for one in copied:
        dated = [(p, day) for p in one.passages if (day := documents[p.document].published)]
        for own in one.passages:
            if not documents[own.document].published:
                shared[own.document] += [dating.Shared(own, other, day) for other, day in dated]
    told = _days_told(resolved, documents)
    for document in sorted(d for d in documents if not documents[d].published):
        found = dating.infer(document, len(sentences[document]), told[document], shared[document])
        if found:
            yield found


def _days_told(resolved: Resolved, documents: Mapping[str, Document]) -> Mapping[str, list[dating.Told]]:
    """For each undated article the days that it tells of as past, and how dated articles know them."""
    found: dict[str, list[dating.Told]] = defaultdict(list)
    for event in resolved.events:
        members = [
            told
            for member in resolved.told_of(event.key)
            if (told := resolved.told[member]).statement.modality in _HAPPENED
        ]
        dated = [t for t in members if documents[t.statement.document].published and t.statement.time]
        for one in members:
            own = passage_of(one.statement.document, one.statement.evidence)
            witnesses = (passage_of(t.statement.document, t.statement.evidence) for t in dated if _surely_one(one, t))
            witness = min(witnesses, default=None)
            known = event.time if witness else None
            found[own.document].append(dating.Told(own, one.statement.time, known, witness))
    for told in resolved.told.values():
        if told.statement.said:
            own = passage_of(told.statement.document, told.statement.evidence)
            found[told.statement.document].append(dating.Told(own, told.statement.said))
    return found


def _surely_one(a: Told, b: Told) -> bool:
    """Whether two accounts of an event agree in its time, or, where one is undated, in two who take part.

    Undated accounts join an event on less, which is enough to tell it, but not to date an article by it.
    """
    return bool(a.statement.time) or len(a.core & b.core) >= _SURE


def _days(documents: Iterable[Document], dates: Iterable[InferredDate]) -> Mapping[str, Days]:
    days = {d.id: (d.published, d.published) for d in documents if d.published}
    for inferred in dates:
        first, last = edtf.bounds(inferred.edtf)
        days[inferred.document] = ((first or _FIRST)[:10], (last or _LAST)[:10])
    return days


def _years(resolved: Resolved, days: Mapping[str, Days]) -> Iterator[InferredYear]:
    for event in resolved.events:
        told = [resolved.told[member].statement for member in resolved.told_of(event.key)]
        past = all(s.modality in _HAPPENED and s.document in days for s in told)
        if past and (text := years.complete(event.time, [days[s.document] for s in told])):
            yield InferredYear("event", event.key, text)
    for claim in resolved.claims:
        dated = all(document in days for document, _ in claim.evidence)
        if dated and (text := years.complete(claim.said, [days[document] for document, _ in claim.evidence])):
            yield InferredYear("claim", claim.key, text)


def _accounts(resolved: Resolved, days: Mapping[str, Days], index: Copies, parts: PartOf) -> Mapping[str, Account]:
    roles = {identity: told.roles for identity, told in resolved.told.items()}
    accounts = {}
    for claim in resolved.claims:
        tellings = tuple(
            Telling(passage_of(d, span), days.get(d), index.copied(d, span.start, span.end))
            for d, span in claim.evidence
        )
        places = frozenset(p for s in claim.statements for p in roles.get(s, {}).get("atPlace", ()))
        sources = tuple(parts(source) for source in claim.attributed_to)
        accounts[claim.key] = Account(claim, tellings, sources, places)
    return accounts


def _contradictions(
    resolved: Resolved,
    accounts: Mapping[str, Account],
    index: Copies,
    world: World,
    documents: Mapping[str, Document],
) -> Iterator[Contradiction]:
    by_subject = _grouped(accounts.values(), lambda a: [a.claim.subject] if a.claim.subject else [])
    for question in resolved.questions:
        told = by_subject.get(question.key, [])
        if one := contradictions.values(question, told, world):
            yield one
        yield from contradictions.drift(question, told, world)
        yield from contradictions.scopes(question, told, world)
    yield from _of_numbers(resolved.questions, by_subject, world)
    by_copy = _grouped(accounts.values(), lambda a: sorted({key for t in a.tellings for key in t.copied}))
    for key in sorted(by_copy):
        yield from contradictions.copied_drift(by_copy[key], partial(index.wording, key))
    occasions = [occasion(event, by_subject.get(event.key, []), resolved.entities) for event in resolved.events]
    yield from _of_occasions(occasions, world.parts)
    silent, confirmed = silences.gather(resolved, accounts, world.parts, documents)
    for party in sorted(silent):
        yield from contradictions.denials(party, silent[party], confirmed.get(party, []), world.is_state)


def _of_numbers(
    questions: Iterable[Question], by_subject: Mapping[str, Sequence[Account]], world: World
) -> Iterator[Contradiction]:
    asked = [(question, account) for question in questions for account in by_subject.get(question.key, ())]
    blocks: dict[str, list[tuple[Question, Account]]] = defaultdict(list)
    for question, account in asked:
        if account.claim.quantity:
            number = f"{account.claim.quantity.stated.normalize():f}"
            blocks[f"{question.measure} {number} {question.unit}"].append((question, account))
    for key in sorted(blocks):
        yield from contradictions.scopes_of_groups(blocks[key], world)


def _of_occasions(occasions: Iterable[Occasion], parts: PartOf) -> Iterator[Contradiction]:
    blocks: dict[str, list[Occasion]] = defaultdict(list)
    for one in occasions:
        if found := contradictions.denied(one, parts):
            yield found
        for key in block_keys(one):
            blocks[key].append(one)
    for key in sorted(blocks):
        if key.startswith("excluding "):
            yield from contradictions.statuses(key, blocks[key])
        else:
            yield from contradictions.dates(key, blocks[key])
            yield from contradictions.overdue(blocks[key])


def _grouped(accounts: Iterable[Account], keys: Callable[[Account], Iterable[str]]) -> dict[str, list[Account]]:
    found: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        for key in keys(account):
            found[key].append(account)
    return found
