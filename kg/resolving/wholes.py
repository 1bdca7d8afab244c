"""Keep up what each entity is a part of, or speaks for, as articles come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Entity, Event
from kg.resolving.accounts import parts_of
from kg.resolving.stages import Changes, Stage, Sum, fold
from kg.tables import Table, Tables

_OFFICE = "PositionHeld"


class Wholes:
    """What each entity belongs to: a group's people, and the bodies in which a person holds an office."""

    def __init__(self, tables: Tables, entities: Table[Entity]) -> None:
        self._entities = entities
        self._offices: Stage[Sum[str]] = Stage(tables.table("office", Sum[str]), lambda _person: ())
        self._wholes: Stage[tuple[str, ...]] = Stage(
            tables.table("whole", tuple[str, ...]), lambda wholes: [f"whole:{whole}" for whole in wholes]
        )

        self._parts = parts_of(self._wholes.table.get)

    def update(self, entities: Changes[Entity], events: Changes[Event]) -> set[str]:
        """Take in entities and events that changed; returns the entities that are parts of something else than before."""
        offices = fold(events, _offices, self._offices)
        return set(self._wholes.apply({key: self._of(key) for key in {*entities, *offices}}))

    def below(self, entities: set[str]) -> set[str]:
        """The entities, and all that are parts of them."""
        found, seen = sorted(entities), set(entities)
        for whole in found:
            fresh = self._wholes.table.under(f"whole:{whole}").keys() - seen
            seen |= fresh
            found += sorted(fresh)
        return seen

    def _of(self, key: str) -> tuple[str, ...] | None:
        entity, offices = self._entities.get(key), self._offices.table.get(key)
        if entity is None:
            return None
        return tuple(sorted({*entity.belongs_to, *(offices.counts if offices else ())})) or None

    def parts(self, key: str) -> frozenset[str]:
        """What an entity is, or speaks for (see `accounts.parts_of`)."""
        return self._parts(key)


def _offices(event: Event) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if event.type == _OFFICE:
        roles: Mapping[str, tuple[str, ...]] = dict(event.roles)
        for person in roles.get("heldBy", ()):
            yield person, person, roles.get("jurisdiction", ())
