"""What the ledger of claims is kept of: the tables of all that was resolved, and what an update changed in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Claim, Entity, Event, Question
from kg.resolving.stages import Changes, Stage
from kg.resolving.told import Told
from kg.tables import Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything that was read and resolved, as it is now.

    `days` are the articles' days, as far as they say them. `event_of` gives the event that a statement tells, `told_of` the ids
    of those that tell an event, `claims_of` the claims that may rest on a statement. `contains` says whether one place lies in another,
    `beside` gives the articles that tell the story of one.
    """

    days: Stage[str]
    told: Stage[Told]
    entities: Table[Entity]
    events: Stage[Event]
    questions: Stage[Question]
    claims: Stage[Claim]
    contains: Callable[[str, str], bool]
    event_of: Callable[[Told], str]
    told_of: Callable[[str], Iterable[str]]
    claims_of: Callable[[str], Mapping[str, Claim]]
    beside: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Renewed:
    """What an update changed of it, by key.

    `events_of` gives the events that a statement told before and tells now. `stale` are the events that other statements
    tell than before, `parted` those that won or lost statements which were there before and still are.
    """

    days: Changes[str]
    told: Changes[Told]
    entities: Changes[Entity]
    events: Changes[Event]
    questions: Changes[Question]
    claims: Changes[Claim]
    events_of: Callable[[Told], Iterable[str]]
    stale: frozenset[str]
    parted: frozenset[str]
    restoried: frozenset[str]


class Records(Mapping[str, T]):
    """The records of a table, to be read as a mapping."""

    def __init__(self, table: Table[T]) -> None:
        self._table = table

    def __getitem__(self, key: str) -> T:
        """The record called `key`; a KeyError if there is none."""
        found = self._table.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        """The ids, in order."""
        return (identity for identity, _ in self._table.items())

    def __len__(self) -> int:
        """How many records there are."""
        return sum(1 for _ in self._table.items())
