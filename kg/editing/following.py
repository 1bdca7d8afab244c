"""Follow things whose IRI is no longer in an edited file: renamed IRIs, and things that were made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ns

_OWL = ns.owl_Class.value.removesuffix("Class")
SAME_AS = ox.NamedNode(f"{_OWL}sameAs")
_DEPRECATED = ox.NamedNode(f"{_OWL}deprecated")
_TRUE = ("true", "1")
_NAMES = (ns.rdfs_label, ns.skos_altLabel)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of things: `renamed` maps IRIs that only the edited file has to ours, `merged` pairs things made one.

    `gone` are the things that are nowhere in the file and became nothing else.
    """

    renamed: Mapping[str, str]
    merged: tuple[tuple[str, str], ...]
    gone: frozenset[str]


def nodes(triples: Iterable[ox.Triple]) -> frozenset[str]:
    """The IRIs of what the triples are about or point at."""
    found: set[str] = set()
    for triple in triples:
        found.update(term.value for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode))
    return frozenset(found)


def subjects(triples: Iterable[ox.Triple]) -> frozenset[str]:
    """The IRIs of what the triples are about."""
    return frozenset(t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode))


def follow(
    gone: Collection[ox.Triple],
    came: Collection[ox.Triple],
    before: Collection[ox.Triple],
    after: Collection[ox.Triple],
) -> Followed:
    """What became of the things of `before` that `after` lacks; `gone` and `came` are the statements that differ."""
    known, left = subjects(before), nodes(after)
    dropped = {
        t.subject.value
        for t in came
        if t.predicate == _DEPRECATED and _is_true(t.object) and isinstance(t.subject, ox.NamedNode)
    }
    losses: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in gone:
        for end in {triple.subject, triple.object}:
            if isinstance(end, ox.NamedNode):
                losses[end.value].append(triple)
    renamed: dict[str, str] = {}
    merged = {(min(a, b), max(a, b)) for a, b in _declared_same(came)}
    lost = set()
    missing = sorted(((losses.keys() & known) - left) | (dropped & known))
    places = _Places(after if missing else (), came)
    for iri in missing:
        other = places.successor(iri, losses[iri])
        if other is None:
            lost |= {iri} - dropped
        elif other in known or other in renamed:
            merged.add((iri, renamed.get(other, other)))
        else:
            renamed[other] = iri
    return Followed(renamed, tuple(sorted(merged)), frozenset(lost))


def replaced(triples: Iterable[ox.Triple], names: Mapping[str, str]) -> Iterator[ox.Triple]:
    """The triples with each IRI of `names` as what it stands for."""
    new: dict[object, ox.NamedNode] = {ox.NamedNode(old): ox.NamedNode(name) for old, name in names.items()}
    for triple in triples:
        if triple.subject in new or triple.object in new:
            yield ox.Triple(
                new.get(triple.subject, triple.subject), triple.predicate, new.get(triple.object, triple.object)
            )
        else:
            yield triple


def says_merged(triple: ox.Triple) -> bool:
    """Whether the triple is one by which tools say that two things are one."""
    return triple.predicate in (SAME_AS, _DEPRECATED)


class _Places:
    """What stands in the places of the edited file where something else stood before."""

    def __init__(self, after: Iterable[ox.Triple], came: Iterable[ox.Triple]) -> None:
        self._pointed: dict[tuple[object, ox.NamedNode], set[str]] = defaultdict(set)
        self._named: dict[tuple[ox.NamedNode, object], set[str]] = defaultdict(set)
        self._came = {t.object.value for t in came if isinstance(t.object, ox.NamedNode)}
        for triple in after:
            if isinstance(triple.object, ox.NamedNode):
                self._pointed[triple.subject, triple.predicate].add(triple.object.value)
        for triple in came:
            if isinstance(triple.subject, ox.NamedNode) and triple.predicate in _NAMES:
                self._named[triple.predicate, triple.object].add(triple.subject.value)

    def successor(self, iri: str, lost: Iterable[ox.Triple]) -> str | None:
        """What all statements that pointed at a thing point at now; of a thing that nothing pointed at, what has its names.

        Whoever deletes a thing and puts another in its place somewhere has not made the two one.
        """
        pointing, named = [], []
        for triple in lost:
            if isinstance(triple.object, ox.NamedNode) and triple.object.value == iri:
                pointing.append(self._pointed.get((triple.subject, triple.predicate), set()) & self._came)
            elif triple.predicate in _NAMES:
                named.append(self._named.get((triple.predicate, triple.object), set()))
        shared = set.intersection(*(pointing or named)) if pointing or named else set()
        return min(shared - {iri}, default=None)


def _declared_same(came: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    for triple in came:
        if (
            triple.predicate == SAME_AS
            and isinstance(triple.object, ox.NamedNode)
            and isinstance(triple.subject, ox.NamedNode)
        ):
            yield triple.subject.value, triple.object.value


def _is_true(value: object) -> bool:
    return isinstance(value, ox.Literal) and value.value in _TRUE
