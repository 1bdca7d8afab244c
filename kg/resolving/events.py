"""Join the statements that tell one event: same class, shared participants, and no clash of time or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg import edtf
from kg.model import Event, Statement, Time, content_hash

PLACE_ROLES = frozenset({"atPlace", "destination", "origin"})
_SIDE_ROLES = frozenset({"attendee", "commemorates", "recipient", "instrument"})  # may differ between accounts
Contains = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement whose roles name entities instead of a document's chains."""

    statement: Statement
    roles: Mapping[str, tuple[str, ...]]

    @property
    def core(self) -> frozenset[str]:
        """Those whom every account of the event would name."""
        return frozenset(e for role, es in self.roles.items() if role not in PLACE_ROLES | _SIDE_ROLES for e in es)

    @property
    def places(self) -> frozenset[str]:
        """Where it happened."""
        return frozenset(e for role, es in self.roles.items() if role in PLACE_ROLES for e in es)


@dataclass(slots=True)
class _Cluster:
    told: list[Told] = field(default_factory=list)
    time: Time | None = None

    @property
    def core(self) -> frozenset[str]:
        return frozenset().union(*(t.core for t in self.told))

    @property
    def places(self) -> frozenset[str]:
        return frozenset().union(*(t.places for t in self.told))

    def add(self, told: Told) -> None:
        self.told.append(told)
        time = told.statement.time
        if time:
            self.time = edtf.more_precise(self.time, time) if self.time else time


def resolve(told: Iterable[Told], contains: Contains) -> tuple[Event, ...]:
    """The events behind `told`, sorted by key; `contains(a, b)` says whether place b lies in place a.

    Dated accounts are joined first, as time is the surest sign; an undated one joins the event that it shares most
    with, if it names all that the shorter of both names. An account that could be two events equally stays its own.
    """
    by_type: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_type[one.statement.type].append(one)
    events: list[Event] = []
    for kind, members in sorted(by_type.items()):
        events.extend(_event(kind, cluster) for cluster in _clusters(members, contains))
    return tuple(sorted(events, key=lambda e: e.key))


def _order(told: Told) -> tuple[object, ...]:
    """Dated before undated, more precise before less, then by content: never by the order of articles."""
    time = told.statement.time
    precision = -len(time.edtf.replace("XXXX-", "")) if time else 0
    known = time is None or time.earliest is None
    return (known, precision, time.edtf if time else "", -len(told.core), sorted(told.core), told.statement.id)


def _clusters(members: Sequence[Told], contains: Contains) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    by_entity: dict[str, list[int]] = defaultdict(list)
    for told in sorted(members, key=_order):
        near = sorted({i for entity in told.core | told.places for i in by_entity[entity]})
        fitting = [i for i in near if _fits(clusters[i], told, contains)]
        best = sorted(fitting, key=lambda i: (-_shared(clusters[i], told), i))
        tie = (
            len(best) > 1
            and _shared(clusters[best[0]], told) == _shared(clusters[best[1]], told)
            and not told.statement.time
        )
        if best and not tie:
            index = best[0]
        else:
            index = len(clusters)
            clusters.append(_Cluster())
        clusters[index].add(told)
        for entity in told.core | told.places:
            by_entity[entity].append(index)
    return clusters


def _shared(cluster: _Cluster, told: Told) -> int:
    return len(cluster.core & told.core) * 2 + len(cluster.places & told.places)


def _fits(cluster: _Cluster, told: Told, contains: Contains) -> bool:
    first = cluster.told[0].statement
    if first.position != told.statement.position or (first.modality == "planned") != (
        told.statement.modality == "planned"
    ):
        return False
    if not _same_place(cluster.places, told.places, contains):
        return False
    time = told.statement.time
    if time and cluster.time:
        return edtf.compatible(time, cluster.time) and (
            bool(cluster.core & told.core) or not (cluster.core and told.core)
        )
    smaller, larger = sorted((cluster.core, told.core), key=len)
    return (
        bool(smaller)
        and smaller <= larger
        and (bool(cluster.places & told.places) or smaller == larger or not (cluster.places and told.places))
    )


def _same_place(a: frozenset[str], b: frozenset[str], contains: Contains) -> bool:
    if not a or not b or a & b:
        return True
    return any(contains(x, y) or contains(y, x) for x in a for y in b)


def _event(kind: str, cluster: _Cluster) -> Event:
    roles: dict[str, set[str]] = defaultdict(set)
    for told in cluster.told:
        for role, entities in told.roles.items():
            roles[role].update(entities)
    frozen = tuple((role, tuple(sorted(entities))) for role, entities in sorted(roles.items()))
    position = cluster.told[0].statement.position
    time = cluster.time
    key = content_hash("event", kind, frozen, time.edtf if time else None, position)
    return Event(key, kind, frozen, time, position, tuple(sorted(t.statement.id for t in cluster.told)))
