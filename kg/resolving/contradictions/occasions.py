"""Tell which events may be one occasion that articles tell differently."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from kg import edtf
from kg.model import Entity, Event, Time
from kg.resolving.accounts import Account
from kg.resolving.told import PLACE_ROLES

_NEAR = 2  # days
_UNNAMED = frozenset({"group", "untyped"})  # "officials" of one article are others in the next
_STATE = "State"
_HAPPENED = frozenset({"asserted", "reported", "confirmed"})


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event, with the claims about it; `named` are those who take part and have a name, `people` the persons of them."""

    event: Event
    accounts: tuple[Account, ...]
    named: frozenset[str]
    people: frozenset[str] = frozenset()

    @property
    def happened(self) -> tuple[Account, ...]:
        """The claims that say it happened."""
        return tuple(account for account in self.accounts if account.claim.modality in _HAPPENED)

    @property
    def planned(self) -> tuple[Account, ...]:
        """The claims that say it will."""
        return tuple(account for account in self.accounts if account.claim.modality == "planned")

    @property
    def denied(self) -> tuple[Account, ...]:
        """The claims that say it has not happened."""
        return tuple(account for account in self.accounts if account.claim.modality == "denied")

    def role(self, name: str) -> frozenset[str]:
        """Who or what fills a role and has a name."""
        return frozenset(dict(self.event.roles).get(name, ())) & (self.named | self._objects)

    @property
    def _objects(self) -> frozenset[str]:
        roles = {"concernsSite", "signed", "artifact"}
        return frozenset(key for role, keys in self.event.roles if role in roles for key in keys)


def occasion(event: Event, accounts: Sequence[Account], entities: Mapping[str, Entity]) -> Occasion:
    """The event as an occasion; people who are not named stand for the body that they are of: "officials of the province".

    A country has too many for that. Block: one event. Members: its claims, and the entities in its roles.
    """
    taking_part = {key for role, keys in event.roles if role not in PLACE_ROLES for key in keys}
    groups = (entities[key] for key in taking_part if key in entities and entities[key].type in _UNNAMED)
    owners = {owner for group in groups for owner in group.belongs_to}
    taking_part |= {key for key in owners if key in entities and entities[key].subtype != _STATE}
    named = {key for key in taking_part if key in entities and entities[key].type not in _UNNAMED}
    people = {key for key in named if entities[key].type == "person"}
    return Occasion(event, tuple(sorted(accounts, key=lambda a: a.claim.key)), frozenset(named), frozenset(people))


@cache
def table() -> Mapping[str, Any]:
    """What happens once, what seldom twice, and what excludes what."""
    return tomllib.loads((Path(__file__).parent / "occasions.toml").read_text(encoding="utf-8"))


def block_keys(one: Occasion) -> tuple[str, ...]:
    """The blocks in which the occasion may meet one that excludes it: by class, or pair of classes, and by thing or parties."""
    kind, known = one.event.type, table()
    keys = {f"once {kind} {thing}" for thing in one.role(once_role(kind))}
    keys |= {f"near {kind} {thing}" for thing in one.role(known["near"]["of_one"].get(kind, ""))}
    if kind in known["near"]["between_two"]:
        keys |= {f"near {kind} {a} {b}" for a, b in combinations(sorted(one.named), 2)}
    for row in known["excluding"]:
        if kind in row["classes"]:
            keys |= {f"excluding {' '.join(row['classes'])} {thing}" for thing in one.role(row["role"])}
    return tuple(sorted(keys))


def once_role(kind: str) -> str:
    """The role of the thing to which events of a class happen once; empty where they may happen again."""
    return str(table()["once"].get(kind, ""))


def role_of_one(kind: str) -> str:
    """The role of the one to whom events of a class happen seldom, or once; empty for other classes."""
    known = table()
    return str(known["near"]["of_one"].get(kind, known["once"].get(kind, "")))


def is_seldom(kind: str) -> bool:
    """Whether events of a class happen once to a thing, or seldom twice within days."""
    known = table()
    return kind in known["once"] or kind in known["near"]["of_one"] or is_of_two(kind)


def is_of_two(kind: str) -> bool:
    """Whether events of a class are known by two parties, as a call is by who spoke with whom."""
    return kind in table()["near"]["between_two"]


def near(a: Time, b: Time) -> bool:
    """Whether these are two days, so near that one occasion may be meant."""
    days = edtf.days_between(a, b)
    return days is not None and 0 < days <= _NEAR
