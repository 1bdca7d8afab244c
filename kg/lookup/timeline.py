"""Lay out in time what a graph tells: what happened, what held, and which numbers were told when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg import edtf, ns
from kg.lookup.quotes import Quotes
from kg.lookup.reader import Family, Node, Reader
from kg.lookup.reasons import Reason, reasons
from kg.lookup.regions import Region
from kg.model import Time

TimeOf = Literal["happened", "said", "published"]
_ABOUT = {ns.asserts: ("event", "situation"), ns.answers: ("question",)}
_PLACES = frozenset({ns.atPlace, ns.destination, ns.origin, ns.location, ns.concernsSite, ns.target})
_NOT_SETTLED = ("planned", "conditional", "denied")
"""What a claim may be that does not say that something was or is so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with its time, and the claims that tell it; of a number the claims are its answers.

    `time_of` tells what the time is of: when it happened, or, for a number whose event has no time, when a number was
    first said or else published. `marks` are the modalities of claims that do not say that it was or is so; `settled`
    tells whether another claim does.
    """

    node: Node
    family: Family
    time: Time | None
    time_of: TimeOf
    marks: tuple[str, ...]
    settled: bool
    claims: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries by their earliest bound, an open one before all; those without a year, by label.

    `left_out` counts those that a window of time leaves out because they have no year.
    """

    dated: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """From the beginning of one time to the end of another, in EDTF; None is an open side.

    ValueError where an end is no EDTF, has no year, or lies before the beginning.
    """

    first: str | None
    last: str | None

    @classmethod
    def of(cls, start: str | None, end: str | None) -> Window:
        """The window from the beginning of `start` to the end of `end`."""
        first, last = (edtf.bounds(value) if value else (None, None) for value in (start, end))
        for value, bound in ((start, first[0]), (end, last[1])):
            if value and bound is None:
                raise ValueError(f"{value} has no bound on that side")
        if first[0] and last[1] and first[0] > last[1]:
            raise ValueError(f"{start} lies after {end}")
        return cls(first[0], last[1])

    def meets(self, time: Time) -> bool:
        """Whether the time may lie in the window, at least in part; an open side of it reaches as far as need be."""
        return not (self.first and time.latest and time.latest < self.first) and not (
            self.last and time.earliest and time.earliest > self.last
        )


def timeline(
    reader: Reader,
    quotes: Quotes,
    *,
    entity: str | None = None,
    place: str | None = None,
    window: Window | None = None,
) -> Timeline:
    """The timeline of a graph, or what of it is about an entity, at a place, in a window of time.

    `entity` and `place` are IRIs; an entity takes any part, a place is where it happened, comes from, or is aimed at, or
    what that lies in.
    """
    wanted = ox.NamedNode(entity) if entity else None
    region = Region(reader, ox.NamedNode(place)) if place else None
    dated, undated = [], []
    left_out = 0
    for node, claims in _told(reader).items():
        if not _concerns(reader, node, wanted, region):
            continue
        entry = _entry(reader, quotes, node, claims)
        if entry.time and _has_year(entry.time):
            if window is None or any(map(window.meets, _times(entry, quotes))):
                dated.append(entry)
        elif window is None:
            undated.append(entry)
        else:
            left_out += 1
    return Timeline(tuple(sorted(dated, key=_by_time)), tuple(sorted(undated, key=_by_label)), left_out)


def _told(reader: Reader) -> dict[ox.NamedNode, list[ox.NamedNode]]:
    """What claims are about, with the claims."""
    found: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for property_ in _ABOUT:
        for quad in reader.store.quads_for_pattern(None, property_, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found[quad.object].append(quad.subject)
    return found


def _concerns(reader: Reader, node: ox.NamedNode, entity: ox.NamedNode | None, region: Region | None) -> bool:
    """Whether the entity takes any part in something, or fills one in the event that a number is about; likewise a place."""
    if entity is None and region is None:
        return True
    parts = list(_parts(reader, node))
    return (entity is None or any(value == entity for _, value in parts)) and (
        region is None or any(property_ in _PLACES and region.holds(value) for property_, value in parts)
    )


def _parts(reader: Reader, node: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    for quad in reader.about(node):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.predicate, quad.object
            if quad.predicate == ns.aboutEvent:
                yield from _parts(reader, quad.object)


def _entry(reader: Reader, quotes: Quotes, node: ox.NamedNode, claims: Sequence[ox.NamedNode]) -> Entry:
    told = sorted(
        (reason for claim in claims for reason in reasons(reader, claim.value)),
        key=lambda reason: (_heard(reason, quotes)[0] or "~", reason.evidence, reason.claim.iri),
    )
    family = reader.family(node)
    time = _time(reader, node)
    time_of: TimeOf = "happened"
    if time is None and family == "question":
        time, time_of = _first_told(told, quotes)
    firm = [reason.firmness or "" for reason in told]
    return Entry(
        node=reader.node(node),
        family=family,
        time=time,
        time_of=time_of,
        marks=tuple(mark for mark in _NOT_SETTLED if mark in firm),
        settled=any(mark not in _NOT_SETTLED for mark in firm),
        claims=tuple(told),
    )  # fmt: skip


def _time(reader: Reader, node: ox.NamedNode) -> Time | None:
    """The time of something, or of the event that a number is about."""
    text = reader.when(node)
    for event in reader.nodes(node, ns.aboutEvent) if text is None else ():
        text = text or reader.when(ox.NamedNode(event.iri))
    return edtf.to_time(text) if text and edtf.is_valid(text) else None


def _first_told(told: Sequence[Reason], quotes: Quotes) -> tuple[Time | None, TimeOf]:
    for reason in told:
        text, time_of = _heard(reason, quotes)
        if text:
            return edtf.to_time(text), time_of
    return None, "happened"


def _heard(reason: Reason, quotes: Quotes) -> tuple[str | None, TimeOf]:
    """When a claim was made: as the article says, or else when the first of its articles was published."""
    if reason.said and edtf.is_valid(reason.said) and edtf.bounds(reason.said)[0]:
        return reason.said, "said"
    days = (quotes.published(evidence.article) for evidence in reason.evidence)
    return min((day for day in days if day and edtf.is_valid(day)), default=None), "published"


def _times(entry: Entry, quotes: Quotes) -> Iterator[Time]:
    """When something happened; or all times when numbers were told, of which the entry has the first."""
    if entry.time and entry.time_of == "happened":
        yield entry.time
        return
    for reason in entry.claims:
        text, _ = _heard(reason, quotes)
        if text:
            yield edtf.to_time(text)


def _has_year(time: Time) -> bool:
    return bool(time.earliest or time.latest)


def _by_time(entry: Entry) -> tuple[str, str, str, str]:
    time = entry.time
    return (
        (time.earliest if time else None) or "",
        (time.latest if time else None) or "~",
        entry.node.label,
        entry.node.iri,
    )


def _by_label(entry: Entry) -> tuple[bool, str, str, str]:
    """What happens before what holds and what was counted, each by class and label; a day of unknown year with its day."""
    return (entry.family != "event", entry.family, entry.node.label, entry.node.iri)
