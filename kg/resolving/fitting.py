"""Let only those entities fill a role that the ontology allows in it; note the others with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg import gazetteer
from kg.model import Entity, Span, Standing, Statement
from kg.rdf.context import KIND_CLASSES
from kg.resolving import beginnings, groups, metonymy, things
from kg.resolving.told import PLACE_ROLES, Told
from kg.vocabulary import Vocabulary

_ACTING_PLACE = "GeopoliticalEntity"
_SPECIFIC = frozenset({"treaty", "document", "award", "event", "facility", "unit", "equipment"})

_COUNTED = frozenset(
    {None, "", "person", "thing", "percent", "vote"}
)  # units of what is no measure, but so many of something


class Known(Protocol):
    """What is known of the chains of documents."""

    def key(self, document: str, chain: str) -> str | None:
        """The key of the entity that a chain denotes."""
        ...

    def get(self, key: str) -> Entity:
        """The entity of a key."""
        ...

    def spans(self, document: str, chain: str) -> tuple[Span, ...]:
        """Where a document names a seat of government."""
        ...

    def language(self, document: str) -> str:
        """The language of a document."""
        ...

    def is_owned(self, document: str, chain: str) -> bool:
        """Whether the document says whose people a chain denotes."""
        ...

    def owners(self, document: str, chain: str) -> tuple[str, ...]:
        """The chains of those whose people a chain denotes."""
        ...

    def is_of_listed(self, document: str, chain: str) -> bool:
        """Whether the document says so of somebody whom a gazetteer lists."""
        ...


@dataclass(slots=True)
class Fitting:
    """From the chains of one statement to the entities that may stand where it puts them.

    A capital that acts is replaced by its state, whether or not an article names that; `acting` are those of the article
    that do by the words around them. `beside` are the chains with a name in the sentence that tells an event.
    """

    vocabulary: Vocabulary
    known: Known
    statement: Statement
    acting: Collection[Standing] = ()
    beside: Sequence[str] = ()
    unfit: set[str] = field(default_factory=set)
    standing: set[Standing] = field(default_factory=set)

    def told(self, kind: str) -> Told:
        """The statement with entities in its roles; a role that nobody may fill is left out."""
        statement = self.statement
        filled = ((role, self._fill(role, chains)) for role, chains in statement.roles)
        roles = {role: named for role, named in filled if named}
        counted = next(iter(statement.role("ofPopulation")), "")
        population = next(iter(roles.get("ofPopulation", ())), "")
        owned = self.known.is_owned(statement.document, counted)
        told = Told(
            statement,
            roles,
            self._fill("attributedTo", statement.attributed_to),
            self._fill("relayedBy", statement.relayed_by),
            kind=kind,
            owners=self._owners(chains for _, chains in statement.roles),
            beside=self._keyed(self.beside),
            category="" if owned or not population else self._category(counted, population),
            sort=self._sort(counted),
            listed=owned and self.known.is_of_listed(statement.document, counted),
            begins=kind == "EventClaim"
            and beginnings.is_first_day(
                statement.time, statement.evidence.text, self.known.language(statement.document)
            ),
            unfit=tuple(sorted(self.unfit)),
            standing=tuple(sorted(self.standing)),
        )
        types = {key: self.known.get(key).type for key in sorted(told.core)}
        return replace(
            told,
            people=tuple(
                key for key in sorted({e for es in roles.values() for e in es}) if self.known.get(key).type == "person"
            ),
            specific=tuple(key for key, kind in types.items() if kind in _SPECIFIC),
            unnamed=tuple(key for key, kind in types.items() if kind == "group" and not self._is_owned(key)),
        )

    def _owners(self, roles: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
        """Whose people take part, by chain and key."""
        document = self.statement.document
        owners = {owner for chains in roles for chain in chains for owner in self.known.owners(document, chain)}
        return self._keyed(sorted(owners))

    def _keyed(self, chains: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Chains, each with the key of what it denotes."""
        document = self.statement.document
        return tuple((chain, key) for chain in chains if (key := self.known.key(document, chain)))

    def _is_owned(self, key: str) -> bool:
        """Whether the statement says whose people a group is."""
        document = self.statement.document
        chains = (chain for _, chains in self.statement.roles for chain in chains)
        return any(self.known.key(document, chain) == key and self.known.is_owned(document, chain) for chain in chains)

    def _category(self, counted: str, population: str) -> str:
        """What sort of people a number counts, in one word for all languages; else as they are called."""
        kind = groups.kind(counted, self.known.language(self.statement.document))
        return kind.name if kind else self.known.get(population).label("vi")

    def _sort(self, counted: str) -> str:
        """What sort of people or things a number counts, in one word for all languages; empty where no list has it."""
        quantity = self.statement.quantity
        if self.statement.type != "QuantityClaim" or quantity is None or quantity.unit not in _COUNTED:
            return ""
        language = self.known.language(self.statement.document)
        if not counted:
            return things.sort(self.statement.evidence.text, language)
        kind = groups.kind(counted, language)
        return groups.counted_as(kind) if kind else ""

    def _fill(self, role: str, chains: Sequence[str]) -> tuple[str, ...]:
        """The entities behind `chains` that the ontology allows as values of the property `role`."""
        keys = ((chain, self.known.key(self.statement.document, chain)) for chain in chains)
        named = dict.fromkeys(self._meant(role, chain, key) for chain, key in keys if key)
        return tuple(key for key in named if self._fits(role, self.known.get(key)))

    def _meant(self, role: str, chain: str, key: str) -> str:
        """The key of the entity that a chain means in a role: what it names, or the state that it stands for."""
        if not metonymy.state_of(key):
            return key
        statement = self.statement
        named = (c for _, cs in (*statement.roles, ("", statement.attributed_to)) for c in cs)
        others = {other for c in named if (other := self.known.key(statement.document, c))} - {key}
        where = (
            self.known.key(statement.document, c) for name, cs in statement.roles if name in PLACE_ROLES for c in cs
        )
        others |= {country for place in where if place and (country := _country(place))}
        told = [s for s in self.known.spans(statement.document, chain) if _inside(s, statement.evidence)]
        state = metonymy.stands_for(
            statement,
            role,
            key,
            others,
            language=self.known.language(statement.document),
            acts=chain in statement.attributed_to or any(one.span in told for one in self.acting),
            vocabulary=self.vocabulary,
        )
        if not state:
            return key
        self.standing.update(Standing(statement.document, span, state) for span in told)
        return state

    def _fits(self, role: str, entity: Entity) -> bool:
        kind = _class_of(entity)
        fits = self.vocabulary.may_be(kind, role)
        if not fits:
            name, words = entity.label("vi"), self.statement.evidence.text
            self.unfit.add(f"{name}, a {kind}, may not be {role} of {self.statement.type}: {words}")
        return fits


def _country(place: str) -> str:
    entry = gazetteer.find(place)
    return entry.country if entry else ""


def _inside(span: Span, evidence: Span) -> bool:
    return evidence.start <= span.start and span.end <= evidence.end


def _class_of(entity: Entity) -> str:
    """The class that the entity will have in the graph; a place may always act."""
    known = entity.subtype or KIND_CLASSES[entity.type].value.rpartition("#")[2]
    return _ACTING_PLACE if known == "Place" else known
