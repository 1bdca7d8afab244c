"""What every part of the mapping looks up: the ontology's terms, and the records by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg import ns
from kg.ledger import Copies, Passage
from kg.model import Claim, Document, Entity, Event, MentionType, Question, Resolution, Span
from kg.vocabulary import OntologyError, Vocabulary

KIND_CLASSES: Final[dict[MentionType, NamedNode]] = {
    "person": ns.Person,
    "organization": ns.Organization,
    "unit": ns.MilitaryUnit,
    "place": ns.Place,
    "facility": ns.Site,
    "treaty": ns.Agreement,
    "document": ns.WrittenWork,
    "award": ns.Award,
    "equipment": ns.Equipment,
    "event": ns.NamedEvent,
    "group": ns.Group,
    "untyped": ns.UntypedEntity,
}


@dataclass(frozen=True, slots=True)
class Context:
    """One resolution, indexed for mapping; `make` builds it once for all articles.

    `acting` holds the keys of places that take an agent's part somewhere, which makes them geopolitical entities.
    `published` are the publication days of all articles: their times belong to the graph of resolved things. `copies`
    says which words are copies; `passages` are, by document, those that the ledger points at. `standing` tells by document
    and span what words stand for that name something else.
    """

    vocabulary: Vocabulary
    resolution: Resolution
    entities: Mapping[str, Entity]
    events: Mapping[str, Event]
    questions: Mapping[str, Question]
    members: Mapping[tuple[str, str], str]
    evidence: Mapping[str, Sequence[tuple[Claim, Span]]]
    acting: Container[str]
    published: tuple[str, ...]
    copies: Copies
    passages: Mapping[str, Sequence[Passage]]
    standing: Mapping[tuple[str, Span], Sequence[str]]

    @classmethod
    def make(
        cls, resolution: Resolution, documents: Iterable[Document] = (), *, vocabulary: Vocabulary | None = None
    ) -> Context:
        """Index a resolution; `documents` are all that the graph is built of."""
        vocabulary = vocabulary or Vocabulary.load()
        evidence: dict[str, list[tuple[Claim, Span]]] = defaultdict(list)
        for claim in resolution.claims:
            for document, span in claim.evidence:
                evidence[document].append((claim, span))
        standing: dict[tuple[str, Span], list[str]] = defaultdict(list)
        for one in resolution.standing:
            standing[one.document, one.span].append(one.entity)
        return cls(
            vocabulary=vocabulary,
            resolution=resolution,
            entities={entity.key: entity for entity in resolution.entities},
            events={event.key: event for event in resolution.events},
            questions={question.key: question for question in resolution.questions},
            members={member: entity.key for entity in resolution.entities for member in entity.members},
            evidence=dict(evidence),
            acting=frozenset(
                key
                for record in (*resolution.claims, *resolution.entities, *resolution.events)
                for key in acting(record, vocabulary)
            ),
            published=tuple(sorted({d.published for d in documents if d.published})),
            copies=Copies.of(resolution.copies),
            passages=_passages(resolution),
            standing=dict(standing),
        )

    def term(self, name: str) -> NamedNode:
        """The IRI of a term of the ontology by its local name; snake case is read as camel case."""
        term = self.vocabulary.terms.get(camel_case(name))
        if term is None:
            raise OntologyError(f"the ontology has no term {name!r}")
        return term.iri

    def entity_class(self, entity: Entity) -> NamedNode:
        """The most exact class that is known of an entity."""
        known = self.term(entity.subtype) if entity.subtype else KIND_CLASSES[entity.type]
        return ns.GeopoliticalEntity if known == ns.Place and entity.key in self.acting else known


def camel_case(name: str) -> str:
    """The name of a term as the ontology spells it: `area_cleared` is `areaCleared`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _passages(resolution: Resolution) -> dict[str, list[Passage]]:
    """By document, the passages that were copied, and the words that date an article."""
    found: dict[str, set[Passage]] = defaultdict(set)
    for passage in (passage for copied in resolution.copies for passage in copied.passages):
        found[passage.document].add(passage)
    for passage in (reason.passage for inferred in resolution.dates for reason in inferred.reasons):
        found[passage.document].add(passage)
    return {document: sorted(members) for document, members in found.items()}


def acting(record: object, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys that fill a part in the record which only agents take."""
    if isinstance(record, Claim):
        yield from (*record.attributed_to, *record.relayed_by)
        yield from (key for role, keys in record.roles if role == "addressee" for key in keys)
    elif isinstance(record, Entity):
        yield from record.belongs_to
    elif isinstance(record, Event):
        for role, keys in record.roles:
            if role != "target" and role in vocabulary.terms and "Agent" in vocabulary.range(role):
                yield from keys
