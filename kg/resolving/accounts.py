"""A claim as the ledger weighs it: where and when each article tells it, of which places, and for which parties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.ledger import Passage
from kg.model import Claim, Entity, Time

Days = tuple[str, str]
"""The first and the last day (YYYY-MM-DD) on which an article may have been published."""
PartOf = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """The words of one article that a claim was read from, when it was published, and the copied passages they are of."""

    passage: Passage
    published: Days | None = None
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One claim with all its tellings.

    `sources` are the parties that answer for it, each with what it is a part of. `places` are those that a number is
    told of, `together` those that the same words tell it of: "in Nam Định and Thái Bình"; `dated` are the times of what it
    tells, each with the article that says so, `begun` those of them that are the first day of what goes on.
    """

    claim: Claim
    tellings: tuple[Telling, ...]
    sources: tuple[frozenset[str], ...] = ()
    places: frozenset[str] = frozenset()
    together: tuple[frozenset[str], ...] = ()
    dated: tuple[tuple[str, Time], ...] = ()
    begun: tuple[tuple[str, Time], ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """The articles that tell it."""
        return frozenset(telling.passage.document for telling in self.tellings)

    @property
    def times(self) -> frozenset[Time]:
        """The times of what it tells."""
        return frozenset(time for _, time in self.dated)

    @property
    def first(self) -> Days | None:
        """When it was first published, as far as is known."""
        return min((t.published for t in self.tellings if t.published), key=lambda d: (d[1], d[0]), default=None)

    @property
    def known(self) -> Days | None:
        """When its source said it, or, if nobody says so, when it was first published."""
        said = self.claim.said
        return (said.earliest[:10], said.latest[:10]) if said and said.earliest and said.latest else self.first


@dataclass(frozen=True, slots=True)
class World:
    """What is known of the entities that a block names: their records, what they are parts of, which place lies in which."""

    entities: Mapping[str, Entity]
    parts: PartOf
    contains: Callable[[str, str], bool]

    def is_state(self, key: str) -> bool:
        """Whether it is a country."""
        return key in self.entities and self.entities[key].subtype == "State"


def before(a: Days | None, b: Days | None) -> bool:
    """Whether `a` is surely earlier than `b`."""
    return a is not None and b is not None and a[1] < b[0]


def apart(a: Iterable[Account], b: Iterable[Account]) -> bool:
    """Whether no article tells both: one that does knows of two occasions."""
    return not {d for one in a for d in one.documents} & {d for other in b for d in other.documents}


def same_party(a: Account, b: Account) -> bool:
    """Whether one party answers for both: the same, or a part of it.

    A ministry and its minister are one party; two ministries of one state are not.
    """
    return any(one <= other or other <= one for one in a.sources for other in b.sources)


def parts_of(wholes: Callable[[str], tuple[str, ...] | None]) -> Callable[[str], frozenset[str]]:
    """What each entity is, or speaks for: itself, what it belongs to, and the body in which a person holds an office.

    `wholes` gives what an entity is a direct part of.

    Block: one entity. Members: what it belongs to, and the offices that it holds.
    """

    def parts(key: str) -> frozenset[str]:
        found, open_ = {key}, [key]
        while open_:
            fresh = set(wholes(open_.pop()) or ()) - found
            open_ += sorted(fresh)
            found |= fresh
        return frozenset(found)

    return parts
