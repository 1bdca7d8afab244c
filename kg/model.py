"""The record types that travel through the pipeline."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kg.ledger import Contradiction, CopiedPassage, InferredDate, InferredYear

NamedType = Literal[
    "person",
    "organization",
    "unit",
    "place",
    "facility",
    "treaty",
    "document",
    "award",
    "equipment",
    "event",
]
"""What a name may be of."""
MentionType = Literal[NamedType, "group", "untyped"]
Verdict = Literal["link", "review", "none"]
MentionForm = Literal["name", "nominal", "pronoun"]
ReasonCode = Literal[
    "gazetteer",
    "head",
    "inside",
    "title",
    "shape",
    "initials",
    "acronym",
    "number",
    "first word",
    "last word",
    "year",
    "left",
    "right",
    "age",
    "apposition",
    "brackets",
    "dateline",
    "site",
    "list",
    "short form",
    "elsewhere",
    "proposed",
    "model",
    "moved",
]
Exactness = Literal["exact", "approximate", "more_than", "less_than"]
Modality = Literal["asserted", "reported", "estimated", "planned", "conditional", "denied", "confirmed"]


def content_hash(*parts: object, length: int = 16) -> str:
    """The first `length` hex digits of SHA-256 over `parts` as canonical JSON: equal content, equal id."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:length]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The words `text` stand at code points `start` to `end` of a document's NFC text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Time:
    """A possibly imprecise time: EDTF text, with earliest and latest bounds where the year is known.

    "hồi tháng 4" in an undated article is `XXXX-04` with no bounds; in one of August 2025 it is `2025-04`, from
    2025-04-01T00:00:00 to 2025-04-30T23:59:59. Bounds are ISO 8601 without zone.
    """

    edtf: str
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated, how exact it is, and the interval that it stands for.

    "gần 42.400 ha" is stated 42400, less_than, upper 42400, unit hectare. `measure` names a term of the closed list
    of measures (local name, such as `killed`), or None before an extractor has decided what is counted.
    """

    stated: Decimal
    exactness: Exactness = "exact"
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    measure: str | None = None


@dataclass(frozen=True)
class Document:
    """An article as it was read: its exact NFC text, and what is known about it.

    `source` is the file's own name. `published` is a day (YYYY-MM-DD) or None; `published_from` says where it was
    found. `body_start` is where the article begins, after a metadata header that stays in the text.
    """

    source: str
    text: str
    language: str
    published: str | None = None
    published_from: Literal["header", "metadata"] | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    encoding: str = "utf-8"
    raw_sha256: str = ""
    body_start: int = 0

    @cached_property
    def id(self) -> str:
        """The SHA-256 of the NFC text: the document's identity."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span from `start` to `end`, with its words."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a document that refer to something.

    `chain` is what they refer to within the document, as the document's own coreference sees it: the same string for
    every mention of one thing ("Sanae Takaichi" for the name, for "bà" and for "thủ tướng Nhật Bản"). `form` tells
    names from descriptions ("các nghị sĩ Hàn Quốc") and pronouns. `credit` marks photo credits and bylines. `of` is the
    chain that the words say a group belongs to ("Hàn Quốc"). `kb` is the key of the gazetteer's entry, `subtype` a more
    exact class of the ontology, where they are known. `reasons` tell why a name has its type, each a ReasonCode with
    the words that it rests on, if they stand outside the name: "title: ông", "shape". `acts` are the words, the name
    among them, that make a place an actor: "sự hỗ trợ của Moskva".
    """

    document: str
    span: Span
    type: MentionType
    chain: str
    form: MentionForm = "name"
    extractor: str = ""
    confidence: float = 1.0
    credit: bool = False
    of: str = ""
    kb: str = ""
    subtype: str = ""
    reasons: tuple[str, ...] = ()
    acts: Span | None = None

    @property
    def id(self) -> str:
        """A hash of the content, extractor, confidence, reasons and what makes it act left out."""
        return content_hash("mention", self.document, self.span.start, self.span.end, self.type, self.chain)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the text says at a span: an event, a relation, a number claimed, or words spoken.

    One instance says aloud: "article A states, in these words, that A and B talked by phone on 12 August".
    `type` is the local name of an ontology class; `roles` maps a role (local name of a property) to chains of the same
    document. `trigger` are the words that tell an event ("điện đàm"), where it is one. `said` is when the source said it, `time` when it happened.
    """

    document: str
    type: str
    evidence: Span
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    time: Time | None = None
    said: Time | None = None
    quantity: Quantity | None = None
    attributed_to: tuple[str, ...] = ()
    relayed_by: tuple[str, ...] = ()
    modality: Modality = "asserted"
    position: str | None = None
    extractor: str = ""
    confidence: float = 1.0
    trigger: Span | None = None

    @property
    def id(self) -> str:
        """A hash of the content, extractor and confidence left out."""
        return content_hash("statement", *(_flat(getattr(self, name)) for name in _STATED))

    def role(self, name: str) -> tuple[str, ...]:
        """The fillers of one role; empty when it has none."""
        return dict(self.roles).get(name, ())


_STATED = tuple(f.name for f in fields(Statement) if f.name not in {"extractor", "confidence"})


def _flat(value: object) -> object:
    """A record as the tuple of its values; anything else as it is."""
    if isinstance(value, Span | Time | Quantity):
        return tuple(getattr(value, f.name) for f in fields(value))
    return value


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that mentions of one or more documents refer to.

    `members` are the (document id, chain) pairs that were judged to be this thing. `labels` maps a language to the
    preferred name; `aliases` pair the language of the articles that use a name with the name. `subtype` is the local name of a more exact ontology class where one is known (`State`).
    `belongs_to` holds the keys of what a group's own description says it belongs to.
    """

    key: str
    type: MentionType
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    subtype: str | None = None
    belongs_to: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The name in `language`, or the first name there is."""
        return dict(self.labels).get(language) or self.labels[0][1]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether what two names stand for is one thing: how sure that is, why, and who says so.

    "Aleksandr Matsegora" and "Alexandr Matsegora", same, 0.9, two spellings of one foreign name, by rule. `entities` are
    the keys of what bears the names in the graph: one key where they were joined. `by` is empty for the rules. Nothing is
    lost by a judgement; without it the two are told apart, or joined, as before.
    """

    names: tuple[str, str]
    entities: tuple[str, ...]
    verdict: Literal["same", "not same", "unsure"]
    score: float
    reasons: tuple[str, ...] = ()
    by: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """By what judgements are sorted: the names, what bears them, the verdict, who says so."""
        return (self.names, self.entities, self.verdict, self.by)

    @property
    def key(self) -> str:
        """A hash of the content, score left out."""
        return content_hash("judgement", self.names, self.entities, self.verdict, self.reasons, self.by)


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """Words of a document that name a place and stand for the state whose seat it is: "Moscow" in "Moscow replied".

    `entity` is the key of the state, which takes the part that the words have in what is told.
    """

    document: str
    span: Span
    entity: str


@dataclass(frozen=True, slots=True)
class Event:
    """One happening or lasting situation that statements of one or more documents tell about.

    `type` is the local name of an ontology class below Event or Situation; `roles` maps properties to entity keys.
    """

    key: str
    type: str
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    time: Time | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What competing quantity claims answer: one measure of one population, at a place or in an event.

    "How many Ethiopian soldiers were killed in Tigray?": measure killed, population that group, place Tigray.
    `population`, `place` and `event` are keys of entities and of an event.
    """

    key: str
    measure: str
    population: str | None = None
    place: str | None = None
    event: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says, in how many articles ever; who says it, who passes it on, when, how firmly.

    `type` is EventClaim, SituationClaim, QuantityClaim, Statement or a class below Statement. `subject` is the key of
    the event, situation or question that it is about; a Statement has none and keeps its words as evidence only.
    `evidence` pairs document ids with spans; `roles` (addressee, about) hold entity keys. No source named: empty
    `attributed_to`.
    """

    key: str
    type: str
    subject: str | None = None
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    attributed_to: tuple[str, ...] = ()
    relayed_by: tuple[str, ...] = ()
    modality: Modality = "asserted"
    said: Time | None = None
    quantity: Quantity | None = None
    confidence: float = 1.0
    evidence: tuple[tuple[str, Span], ...] = ()
    statements: tuple[str, ...] = ()
    extractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement whether an entity is the item `target` elsewhere; dropping it undoes the link.

    `verdict` says what it comes to: "link", "review" where a person should look, "none" where no item fits, with an empty
    `target`. `score` is how probable it is that the judgement is right (of one to review: that the item is the one).
    `reasons` are short phrases a reader can check; `runner_up` is the next best item, or None. `layer` and `snapshot` say
    where and of which day the item was read, `by` who says so, empty for the rules.
    """

    entity: str
    target: str
    score: float
    reasons: tuple[str, ...] = ()
    runner_up: str | None = None
    verdict: Verdict = "link"
    layer: str = ""
    snapshot: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was found in one document, and what could not be used, with the reason."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    rejected: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Resolution:
    """What all documents together say: entities, events, questions, claims, and how claims stand to each other.

    `judgements` are those that joined entities across different names, those of a user, and those that rest unsure.
    `competing` and `corroborating` hold pairs of claim keys, each pair once, the smaller key first. `rejected` pairs a
    document's id with what was read in it but does not fit the ontology, and why. `copies`, `contradictions`, `dates`
    and `years` are the claims ledger. `idle` are pairs of names that a user judged in vain: no article has them, or other
    judgements say otherwise.
    """

    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    standing: tuple[Standing, ...] = ()
    competing: tuple[tuple[str, str], ...] = ()
    corroborating: tuple[tuple[str, str], ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    copies: tuple[CopiedPassage, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    dates: tuple[InferredDate, ...] = ()
    years: tuple[InferredYear, ...] = ()
    idle: tuple[tuple[str, str], ...] = ()
