"""Let only those entities fill a role that the ontology allows in it; note the others with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Entity, Statement
from kg.rdf.context import KIND_CLASSES
from kg.resolving.events import Told
from kg.vocabulary import Vocabulary

_ACTING_PLACE = "GeopoliticalEntity"


@dataclass(slots=True)
class Fitting:
    """From chains of documents to the entities that may stand where the statements put them."""

    vocabulary: Vocabulary
    keys: dict[tuple[str, str], str]
    entities: dict[str, Entity]
    rejected: set[tuple[str, str]] = field(default_factory=set)

    def told(self, statement: Statement) -> Told:
        """The statement with entities in its roles; a role that nobody may fill is left out."""
        roles = ((role, self.fill(statement, role, chains)) for role, chains in statement.roles)
        return Told(statement, {role: named for role, named in roles if named})

    def fill(self, statement: Statement, role: str, chains: Sequence[str]) -> tuple[str, ...]:
        """The entities behind `chains` that the ontology allows as values of the property `role`."""
        named = dict.fromkeys(
            self.keys[statement.document, chain] for chain in chains if (statement.document, chain) in self.keys
        )
        return tuple(key for key in named if self._fits(statement, role, self.entities[key]))

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
