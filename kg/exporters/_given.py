"""What a graph could give back to Wikidata: its facts as statements with qualifiers and references."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg import folder, log, ns
from kg.edtf import to_time
from kg.model import Claim, Document, Event, Modality, Question, Resolution, Time
from kg.rdf import Context, iris
from kg.vocabulary import Vocabulary

ITEM = "http://www.wikidata.org/entity/"
_PROPERTY = re.compile(r"http://www\.wikidata\.org/prop/direct/(P[1-9]\d*)")
_QID = re.compile(r"Q[1-9]\d*")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DAY_PARTS: Final = {4: 9, 7: 10, 10: 11}
# A fact is given back if the article says it itself. What others say, and what may come, is their word.
_SETTLED: Final[frozenset[Modality]] = frozenset({"asserted", "confirmed"})
_TOLD: Final[frozenset[Modality]] = frozenset({"asserted", "confirmed", "reported", "estimated"})


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A time as Wikidata has it: `iso` begins with what is known, `precision` is 9 for a year, 10 a month, 11 a day."""

    iso: str
    precision: int


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A number with its bounds, if it has both."""

    number: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None


Value = str | Day | Amount
"""An IRI, a time or a number."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Where it is said: the article's IRI and address (empty if unknown), and the words with their language."""

    url: str
    article: str
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Statement:
    """`subject` has `value` under the Wikidata property `predicate`: "the general received the order, on 12 August".

    `settled` says that an article asserts it itself and nothing in the graph contradicts it.
    """

    subject: str
    predicate: str
    value: Value
    qualifiers: tuple[tuple[str, Value], ...]
    references: tuple[Reference, ...]
    settled: bool

    @property
    def order(self) -> tuple[str, ...]:
        """By what statements are sorted and told apart."""
        return (self.subject, self.predicate, repr(self.value), repr(self.qualifiers))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the parts of events become statements, with the properties that the ontology is mapped to."""

    properties: Mapping[str, str]
    event: tuple[str, ...]
    turned: tuple[Mapping[str, str], ...]
    reference: Mapping[str, str]


@cache
def arrangement() -> Arrangement:
    """The arrangement of giving.toml, with the properties of ontology/align.ttl."""
    found: dict[str, Any] = tomllib.loads((Path(__file__).parent / "giving.toml").read_text(encoding="utf-8"))
    properties = {}
    for triple in Vocabulary.load().triples:
        target = getattr(triple.object, "value", "")
        if triple.predicate == ns.skos_closeMatch and (match := _PROPERTY.fullmatch(target)):
            properties[getattr(triple.subject, "value", "").removeprefix(ns.NAMESPACE)] = match[1]
    reference = {part: properties.get(named, named) for part, named in found["reference"].items()}
    return Arrangement(properties, tuple(found["event"]), tuple(found["turned"]), reference)


def items(resolution: Resolution) -> dict[str, str]:
    """The IRI of the Wikidata item of each linked entity, by key; none for one that is linked to two."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in resolution.links:
        target = link.target.removeprefix(ITEM)
        # What a person has still to look at is no link.
        if _QID.fullmatch(target) and link.verdict == "link":
            found[link.entity].add(ITEM + target)
    return {entity: next(iter(linked)) for entity, linked in found.items() if len(linked) == 1}


def statements(graph: Path) -> list[Statement]:
    """All that the graph folder `graph` could give back, each once, in one order; what has no item is under its own IRI."""
    folder.manifest(graph)
    extractions, resolution = log.load(graph / folder.RECORDS)
    return _joined(_Giving(resolution, [extraction.document for extraction in extractions]).all())


class _Giving:
    def __init__(self, resolution: Resolution, documents: list[Document]) -> None:
        self._resolution = resolution
        self._documents = {document.id: document for document in documents}
        self._context = Context.make(resolution, documents)
        self._items = items(resolution)
        self._arrangement = arrangement()
        self._disputed = {key for pair in resolution.competing for key in pair}
        self._disputed |= {key for found in resolution.contradictions for key in found.sides}
        self._denied = {claim.subject for claim in resolution.claims if claim.modality == "denied"}

    def all(self) -> Iterator[Statement]:
        for claim in self._resolution.claims:
            if claim.modality not in _TOLD or claim.subject is None:
                continue
            if event := self._context.events.get(claim.subject):
                yield from self._of_event(claim, event)
            elif question := self._context.questions.get(claim.subject):
                yield from self._of_number(claim, question)

    def _of_event(self, claim: Claim, event: Event) -> Iterator[Statement]:
        """What is said of the event itself, and of those who take part in it."""
        day, itself = _day(event.time), iris.node("event", event.key).value
        if day and "hasTime" in self._arrangement.event:
            yield self._statement(claim, itself, "hasTime", day)
        for role, keys in event.roles:
            for term in self._context.vocabulary.above(role) & {*self._arrangement.event}:
                for key in keys:
                    value = iris.node("event", key).value if term == "subEventOf" else self._entity(key)
                    yield self._statement(claim, itself, term, value)
        for turned in self._arrangement.turned:
            if self._context.vocabulary.is_subclass(event.type, turned["class"]):
                yield from self._turned(claim, event, turned, day)

    def _turned(self, claim: Claim, event: Event, turned: Mapping[str, str], day: Day | None) -> Iterator[Statement]:
        """What is said of one who takes part in an event: under another's name, or its time."""
        qualifiers = ((self._arrangement.properties["hasTime"], day),) if day else ()
        for subject in self._fillers(event, turned["subject"], turned.get("subjects")):
            if turned["value"] == "hasTime":
                if day:
                    yield self._statement(claim, self._entity(subject), turned["term"], day)
                continue
            for value in self._fillers(event, turned["value"], turned.get("values"), turned.get("without")):
                yield self._statement(claim, self._entity(subject), turned["term"], self._entity(value), qualifiers)

    def _of_number(self, claim: Claim, question: Question) -> Iterator[Statement]:
        quantity = claim.quantity
        if quantity is None or question.event is None or question.measure not in self._arrangement.properties:
            return
        bounded = quantity.lower is not None and quantity.upper is not None and quantity.lower < quantity.upper
        amount = Amount(quantity.stated, *((quantity.lower, quantity.upper) if bounded else ()))
        yield self._statement(claim, iris.node("event", question.event).value, question.measure, amount)

    def _fillers(self, event: Event, role: str, of: str | None = None, without: str | None = None) -> Iterator[str]:
        """What plays a role in an event, if it is of the class `of` and not of the class `without`."""
        vocabulary = self._context.vocabulary
        for key in dict(event.roles).get(role, ()):
            if entity := self._context.entities.get(key):
                class_ = self._context.entity_class(entity).value.removeprefix(ns.NAMESPACE)
                within = of is None or vocabulary.is_subclass(class_, of)
                if within and not (without and vocabulary.is_subclass(class_, without)):
                    yield key

    def _entity(self, key: str) -> str:
        return self._items.get(key) or iris.node("entity", key).value

    def _statement(
        self, claim: Claim, subject: str, term: str, value: Value, qualifiers: tuple[tuple[str, Value], ...] = ()
    ) -> Statement:
        settled = claim.modality in _SETTLED and not claim.attributed_to and not claim.relayed_by
        settled = settled and claim.key not in self._disputed and claim.subject not in self._denied
        references = tuple(sorted({self._reference(document, span.text) for document, span in claim.evidence}))
        return Statement(subject, self._arrangement.properties[term], value, qualifiers, references, settled)

    def _reference(self, document: str, words: str) -> Reference:
        read = self._documents[document]
        return Reference(read.url or "", iris.article(document).value, words, read.language)


def _day(time: Time | None) -> Day | None:
    """A plain year, month or day; what is vague or an interval is no time of one statement."""
    if time is None or not _DAY.fullmatch(time.edtf) or to_time(time.edtf).earliest is None:
        return None
    padded = time.edtf + "0000-00-00"[len(time.edtf) :]
    return Day(f"{padded}T00:00:00Z", _DAY_PARTS[len(time.edtf)])


def _joined(found: Iterable[Statement]) -> list[Statement]:
    """Each statement once, with the references of all claims that say so; settled if one of them settles it."""
    groups: defaultdict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in found:
        groups[statement.order].append(statement)
    joined = []
    for order in sorted(groups):
        group = groups[order]
        settled = [one for one in group if one.settled]
        # What is settled rests on the words that settle it alone.
        references = {reference for one in settled or group for reference in one.references}
        first = group[0]
        joined.append(
            Statement(
                first.subject, first.predicate, first.value, first.qualifiers, tuple(sorted(references)), bool(settled)
            )
        )
    return joined
