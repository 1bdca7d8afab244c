"""What annotations and records have in common, so that the one can be compared with the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Code points `start` to `end` of an article's NFC text; `words` stand there, empty where the file does not say."""

    start: int
    end: int
    words: str = ""

    def shared(self, other: Place) -> int:
        """How many code points both have."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity, None where nobody knows which; `credit` marks photo credits and bylines."""

    place: Place
    type: str
    entity: str | None
    credit: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number as stated, how exact it is, and what it counts; the bounds are those of a range that is said as one."""

    stated: float | None
    exactness: str = "exact"
    lower: float | None = None
    upper: float | None = None
    measure: str | None = None

    def __str__(self) -> str:
        told = f"{self.lower:g} to {self.upper:g}" if self.stated is None else f"{self.exactness} {self.stated:.12g}"
        return f"{told} {self.measure}" if self.measure else told


Roles = tuple[tuple[str, tuple[str, ...]], ...]
"""The fillers of each role, as ids of entities."""


def pairs(roles: Roles) -> list[tuple[str, str]]:
    """Each role with each of its fillers."""
    return [(role, filler) for role, fillers in roles for filler in fillers]


def written(arguments: Iterable[tuple[str, str]]) -> str:
    """Roles and fillers for people: `agent=putin, place=kursk`."""
    return ", ".join(f"{role}={filler}" for role, filler in arguments) or "none"
