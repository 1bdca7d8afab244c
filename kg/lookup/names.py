"""Find entities by name, with or without Vietnamese diacritics."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ns
from kg.lookup.reader import Reader
from kg.rdf import iris

_AT_MOST = 5
_ENTITIES = (iris.node("entity", "").value, iris.node("agent", "").value)
_MARKS = re.compile("[\u0300-\u036f]+")
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that a name may mean; the smaller the `rank`, the nearer.

    0: a name of it is spelled just so; 1: but for letter case, diacritics and punctuation; 2: all the words stand in
    a name of it.
    """

    rank: int
    label: str
    iri: str


def fold(name: str) -> str:
    """`name` as it is compared: no diacritics, no letter case, single spaces; "Đồng-Tháp" and "dong thap" are one."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", name.casefold())).replace("đ", "d")
    return _SEPARATORS.sub(" ", bare).strip()


def find(reader: Reader, name: str) -> list[Hit]:
    """The entities that `name` may mean, the nearest first; of exact hits or, where there are none, of the next rank."""
    spelled, folded = unicodedata.normalize("NFC", name).strip(), fold(name)
    if not folded:
        return []
    ranks: dict[str, int] = {}
    for entity, called in every_name(reader):
        rank = _rank(called, spelled, folded)
        if rank is not None:
            ranks[entity] = min(rank, ranks.get(entity, rank))
    best = min(ranks.values(), default=0)
    near = [entity for entity, rank in ranks.items() if rank == best]
    hits = (Hit(best, reader.label(ox.NamedNode(entity)), entity) for entity in near)
    return sorted(hits, key=lambda hit: (fold(hit.label), hit.iri))


def suggestions(reader: Reader, name: str) -> list[str]:
    """Names in the graph that look like `name`, for one that nothing is called."""
    known: dict[str, set[str]] = defaultdict(set)
    for _, called in every_name(reader):
        known[fold(called)].add(called)
    near = difflib.get_close_matches(fold(name), sorted(known), n=_AT_MOST)
    return [min(known[folded]) for folded in near]


def every_name(reader: Reader) -> Iterator[tuple[str, str]]:
    """Every entity, and whatever a person brought into the graph, with every name that it has."""
    brought = {quad.object for quad in reader.store.quads_for_pattern(None, ns.introduces, None)}
    for property_ in (ns.rdfs_label, ns.skos_altLabel):
        for quad in reader.store.quads_for_pattern(None, property_, None):
            subject = quad.subject
            if not (isinstance(subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)):
                continue
            if _is_entity(subject) or subject in brought:
                yield subject.value, quad.object.value


def _is_entity(node: ox.NamedNode) -> bool:
    return node.value.startswith(_ENTITIES)


def _rank(called: str, spelled: str, folded: str) -> int | None:
    if called == spelled:
        return 0
    plain = fold(called)
    if plain == folded:
        return 1
    words = f" {plain} "
    return 2 if all(f" {word} " in words for word in folded.split()) else None
