"""How far a name reaches behind its head noun, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.gazetteer import Entry
from kg.nlp.knowledge import Head


@dataclass(slots=True)
class Tail:
    """How far a name reaches: `end` is the position behind its last part; `kinds` says what parts there were."""

    end: int
    first: int = -1
    kinds: list[str] = field(default_factory=list)
    places: list[Entry] = field(default_factory=list)
    inner: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The kind of the last part; empty before the first."""
        return self.kinds[-1] if self.kinds else ""

    @property
    def of(self) -> Entry | None:
        """The place that the body belongs to, where nothing but places follow the head."""
        return self.places[0] if self.places and set(self.kinds) == {"place"} else None

    @property
    def only_states(self) -> bool:
        """Whether all places are states."""
        return bool(self.places) and all(place.subtype == "State" for place in self.places)

    def take(self, kind: str, end: int) -> int:
        """Add a part that ends at `end`."""
        self.kinds.append(kind)
        self.end = end
        return end


@dataclass(frozen=True, slots=True)
class Task:
    """Whose tail is followed: the head's; whether a title stands before it; how deep it is nested."""

    head: Head
    titled: bool = False
    depth: int = 0
