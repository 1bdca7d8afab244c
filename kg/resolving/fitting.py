"""Let only those entities fill a role that the ontology allows in it; note the others with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Entity, Mention, Standing, Statement
from kg.rdf.context import KIND_CLASSES
from kg.resolving import entities, metonymy
from kg.resolving.events import Told
from kg.vocabulary import Vocabulary

_ACTING_PLACE = "GeopoliticalEntity"


@dataclass(slots=True)
class Fitting:
    """From chains of documents to the entities that may stand where the statements put them.

    A capital that acts is replaced by its state, which `entities` then has whether or not an article names it; `standing`
    keeps which words stood for which state. `languages` are those of the documents, `mentions` those of their chains.
    """

    vocabulary: Vocabulary
    keys: Mapping[tuple[str, str], str]
    entities: dict[str, Entity]
    languages: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[tuple[str, str], Sequence[Mention]] = field(default_factory=dict)
    rejected: set[tuple[str, str]] = field(default_factory=set)
    standing: set[Standing] = field(default_factory=set)

    def told(self, statement: Statement) -> Told:
        """The statement with entities in its roles; a role that nobody may fill is left out."""
        roles = ((role, self.fill(statement, role, chains)) for role, chains in statement.roles)
        return Told(statement, {role: named for role, named in roles if named})

    def fill(self, statement: Statement, role: str, chains: Sequence[str]) -> tuple[str, ...]:
        """The entities behind `chains` that the ontology allows as values of the property `role`."""
        known = [chain for chain in chains if (statement.document, chain) in self.keys]
        named = dict.fromkeys(self._meant(statement, role, chain) for chain in known)
        return tuple(key for key in named if self._fits(statement, role, self.entities[key]))

    def _meant(self, statement: Statement, role: str, chain: str) -> str:
        """The key of the entity that a chain means in a role: what it names, or the state that it stands for."""
        key = self.keys[statement.document, chain]
        if not metonymy.state_of(key):
            return key
        named = (c for _, cs in (*statement.roles, ("", statement.attributed_to)) for c in cs)
        others = {self.keys[statement.document, c] for c in named if (statement.document, c) in self.keys} - {key}
        language = self.languages.get(statement.document, "")
        speaks = chain in statement.attributed_to
        state = metonymy.stands_for(
            statement, role, key, others, language=language, speaks=speaks, vocabulary=self.vocabulary
        )
        if not state:
            return key
        self.entities.setdefault(state, entities.listed_entity(state))
        for mention in self.mentions.get((statement.document, chain), ()):
            if statement.evidence.start <= mention.span.start and mention.span.end <= statement.evidence.end:
                self.standing.add(Standing(statement.document, mention.span, state))
        return state

    def _fits(self, statement: Statement, role: str, entity: Entity) -> bool:
        kind = _class_of(entity)
        fits = self.vocabulary.may_be(kind, role)
        if not fits:
            name, words = entity.label("vi"), statement.evidence.text
            self.rejected.add((statement.document, f"{name}, a {kind}, may not be {role} of {statement.type}: {words}"))
        return fits


def _class_of(entity: Entity) -> str:
    """The class that the entity will have in the graph; a place may always act."""
    known = entity.subtype or KIND_CLASSES[entity.type].value.rpartition("#")[2]
    return _ACTING_PLACE if known == "Place" else known
