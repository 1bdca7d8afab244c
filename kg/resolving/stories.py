"""Know which articles tell one story: those of the same days that share names which few articles have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg import gazetteer
from kg.model import Entity, Time
from kg.resolving import metonymy
from kg.resolving.stages import Stage, touched
from kg.tables import Tables

LARGEST = 64
"""Articles that share one name and are compared for it: a name that more have tells no story from another."""
OWN, LISTED = 2, 1
"""What a name weighs: one that no gazetteer knows belongs to the story; the president of Brazil and Rotterdam belong to many."""
_ENOUGH, _ENOUGH_UNDATED = 4, 6
_ENOUGH_AT_ONCE, _AT_ONCE = 3, 2  # of articles that stand no more than these days apart
_ALL = 2  # enough of these, where one of them names no more
_NO_NAMES = frozenset({"group", "untyped"})
_EVERYWHERE = frozenset({"State", "MediaOrganization"})
_OF_A_STATE = "GovernmentBody"
_DAY = re.compile(r"(?:^|/)[\dX]{4}-(\d\d-\d\d)")
_FRESH = 7  # days in which a story is told


@dataclass(frozen=True, slots=True)
class Named:
    """The telling names of an article, as entity keys with their weights, and the day on which it was published.

    `days` are those on which it says that something happened, without the year: "02-22".
    """

    document: str
    published: str | None
    names: tuple[tuple[str, int], ...]
    days: tuple[str, ...] = ()


def weight(entity: Entity, *, listed: bool) -> int:
    """What the name of a thing weighs; nothing where it is of every story: states and their seats, the press, groups.

    A body of a state is so too, but for one that is known by its own name alone; that weighs as little as what is listed.
    """
    if entity.type in _NO_NAMES or entity.subtype in _EVERYWHERE or metonymy.state_of(entity.key):
        return 0
    if entity.subtype == _OF_A_STATE:
        return 0 if listed or gazetteer.find(entity.key.partition("-")[0]) else LISTED
    return LISTED if listed else OWN


def days(times: Iterable[Time | None]) -> tuple[str, ...]:
    """The days of the year that times name, sorted."""
    return tuple(sorted({day for time in times if time for day in _DAY.findall(time.edtf)}))


class Stories:
    """From the names of articles to those that tell one story, kept up as articles come and go."""

    def __init__(self, tables: Tables) -> None:
        self._named: Stage[Named] = Stage(
            tables.table("named", Named), lambda one: [f"name:{name}" for name, _ in one.names]
        )

    def update(self, named: Mapping[str, Named | None]) -> set[str]:
        """Take in the names of articles, None for one that is gone; returns the articles that may tell another story now.

        Those are the articles that share, or shared, enough with one of them, and those of a name that too many have now, or
        had before.
        """
        changes = self._named.apply(named)
        found = set(changes)
        counted: dict[str, dict[str, Named]] = {}
        for name in sorted({name for one in touched(changes) for name, _ in one.names}):
            members = self._named.table.under(f"name:{name}")
            came = sum(_has(change.new, name) - _has(change.old, name) for change in changes.values())
            fewest, most = sorted((len(members), len(members) - came))
            if fewest <= LARGEST:
                counted[name] = members
            if fewest <= LARGEST < most:
                found.update(members)
        for one in touched(changes):
            shared: Counter[str] = Counter()
            for name, weight in one.names:
                shared.update(dict.fromkeys(counted.get(name, ()), weight))
            known = {document: other for name, _ in one.names for document, other in counted.get(name, {}).items()}
            found.update(document for document, other in known.items() if shared[document] >= _needed(one, other))
        return found

    def around(self, documents: Iterable[str]) -> set[str]:
        """The articles themselves, and all that tell the story of one of them."""
        documents = set(documents)
        return {*documents, *(other for document in documents for other in self.beside(document))}

    def published(self, document: str) -> str | None:
        """The day on which an article was published, where it names anything."""
        named = self._named.table.get(document)
        return named.published if named else None

    def beside(self, document: str) -> tuple[str, ...]:
        """The other articles that tell the story of an article, sorted."""
        one = self._named.table.get(document)
        return self._beside(one) if one else ()

    def _beside(self, one: Named) -> tuple[str, ...]:
        shared: Counter[str] = Counter()
        known: dict[str, Named] = {}
        for name, weight in one.names:
            members = self._named.table.under(f"name:{name}")
            if len(members.keys() | {one.document}) <= LARGEST:
                known |= members
                shared.update(dict.fromkeys(members, weight))
        return tuple(sorted(d for d in known if d != one.document and shared[d] >= _needed(one, known[d])))


def _has(one: Named | None, name: str) -> bool:
    return one is not None and any(known == name for known, _ in one.names)


def _needed(one: Named, other: Named) -> float:
    """How much two articles must share to tell one story; where a day of publication is missing, a day told is worth a name.

    A short item that names little tells a story of the same days if the other article names all of that, and a day that
    it tells of.
    """
    if one.published is None or other.published is None:
        return _ENOUGH_UNDATED - LISTED * (not set(one.days).isdisjoint(other.days))
    days = abs(date.fromisoformat(one.published) - date.fromisoformat(other.published)).days
    if days <= _AT_ONCE:
        fewest = min(sum(weight for _, weight in side.names) for side in (one, other))
        all_of_it = max(_ALL, fewest) if not set(one.days).isdisjoint(other.days) else _ENOUGH_AT_ONCE
        return min(_ENOUGH_AT_ONCE, all_of_it)
    return _ENOUGH if days <= _FRESH else float("inf")
