"""Know which place lies in which: by the gazetteer, and by what the articles say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from kg import gazetteer, resources
from kg.resolving.stages import Changes, Stage, Sum, fold
from kg.resolving.told import Told
from kg.tables import Tables


class Places:
    """Which places lie in which, between entity keys, kept up as statements come and go."""

    def __init__(self, tables: Tables) -> None:
        self._said: Stage[Sum[str]] = Stage(
            tables.table("located", Sum[str]), lambda inner: [f"outer:{outer}" for outer in inner.counts]
        )

    def update(self, changes: Changes[Told]) -> set[str]:
        """Take in statements that came, went or changed; returns the places that may lie elsewhere now."""
        said = fold(changes, _parts, self._said)
        found = [place for place, change in said.items() if _outer(change.old) != _outer(change.new)]
        seen = set(found)
        for place in found:
            for inner in (*self._said.table.under(f"outer:{place}"), *_inside(place)):
                if inner not in seen:
                    seen.add(inner)
                    found.append(inner)
        return seen

    def around(self, places: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The places in which each of `places` lies, at whatever depth; those that lie in none are left out."""
        found = ((place, self._outer(place)) for place in sorted(places))
        return tuple((place, outer) for place, outer in found if outer)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether the place `inner` lies in the place `outer`, at whatever depth."""
        return outer in self._outer(inner)

    def _outer(self, place: str) -> tuple[str, ...]:
        seen: set[str] = set()
        open_ = [place]
        while open_:
            inner = open_.pop()
            said = self._said.table.get(inner)
            around = {*(said.counts if said else ()), *_known(inner)} - seen
            seen |= around
            open_.extend(around)
        return tuple(sorted(seen - {place}))


def _outer(said: Sum[str] | None) -> set[str]:
    return set(said.counts) if said else set()


def _parts(told: Told) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if told.statement.type == "LocatedIn":
        for inner in told.roles.get("location", ()):
            yield inner, inner, told.roles.get("locatedIn", ())


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """The places of each country that the gazetteers know."""
    found: dict[str, list[str]] = defaultdict(list)
    for language in resources.languages():
        for key, entry in gazetteer.load(language).by_key.items():
            if entry.type == "place" and entry.country:
                found[entry.country].append(key)
    return {country: tuple(sorted(set(keys))) for country, keys in found.items()}


def _inside(place: str) -> tuple[str, ...]:
    return _countries().get(place, ())


def _known(place: str) -> set[str]:
    """What the gazetteers say `place` lies in."""
    entry = gazetteer.find(place)
    return {entry.country} if entry and entry.type == "place" and entry.country else set()
