"""What an update of a resolution changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.ledger import Contradiction, CopiedPassage, InferredDate, InferredYear
from kg.model import Claim, Document, Entity, Event, Judgement, Question, Standing
from kg.resolving.stages import Changes, Sum


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims about one thing, the smaller key first; `verdict` is competing or corroborating."""

    verdict: str
    first: str
    second: str


@dataclass(slots=True)
class Changed:
    """What an update changed, by key.

    `articles` are the documents of which something denotes another entity than before, or fits the ontology otherwise.
    `forces` are judgements of units, by the two keys. The ledger's: `copies` and `contradictions` by key, `dates` by
    document, `years` by "event KEY" or "claim KEY". `acting` are the entities that began or ceased to take an agent's part.
    """

    documents: Changes[Document] = field(default_factory=dict)

    entities: Changes[Entity] = field(default_factory=dict)
    events: Changes[Event] = field(default_factory=dict)
    questions: Changes[Question] = field(default_factory=dict)
    claims: Changes[Claim] = field(default_factory=dict)
    pairs: Changes[Pair] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    judgements: Changes[Sum[Judgement]] = field(default_factory=dict)
    standing: Changes[Sum[Standing]] = field(default_factory=dict)
    forces: Changes[Judgement] = field(default_factory=dict)
    copies: Changes[CopiedPassage] = field(default_factory=dict)
    contradictions: Changes[Contradiction] = field(default_factory=dict)
    dates: Changes[InferredDate] = field(default_factory=dict)
    years: Changes[InferredYear] = field(default_factory=dict)
    acting: frozenset[str] = frozenset()
