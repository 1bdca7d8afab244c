"""Know which place lies in which: by the gazetteer, and by what the articles say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg import gazetteer
from kg.resolving.events import Told


@dataclass(frozen=True, slots=True)
class Containment:
    """Which places lie in which, between entity keys."""

    said: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Iterable[Told]) -> Containment:
        """What the LocatedIn statements among `told` say, beside what the gazetteer knows."""
        said: dict[str, set[str]] = defaultdict(set)
        for one in told:
            if one.statement.type == "LocatedIn":
                for inner in one.roles.get("location", ()):
                    said[inner].update(one.roles.get("locatedIn", ()))
        return cls(dict(said))

    def contains(self, outer: str, inner: str) -> bool:
        """Whether the place `inner` lies in the place `outer`, at whatever depth."""
        seen: set[str] = set()
        open_ = [inner]
        while open_:
            place = open_.pop()
            if place in seen:
                continue
            seen.add(place)
            around = self.said.get(place, set()) | _known(place)
            if outer in around:
                return True
            open_.extend(around)
        return False


def _known(place: str) -> set[str]:
    """What the gazetteers say `place` lies in."""
    entry = gazetteer.find(place)
    return {entry.country} if entry and entry.type == "place" and entry.country else set()
