"""Say which classes of the ontology a Wikidata item belongs to, by the Wikidata classes that it is an instance of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg import lexicon
from kg.errors import UsageError
from kg.vocabulary import Vocabulary

MOST_DEPTH = 40
"""How far below a class the classes of Wikidata are followed: its tree has circles, and strays after a while."""


def of_tables() -> dict[str, str]:
    """From what the bundled tables call a row to a class of the ontology."""
    return dict(_file()["tables"])


def rows() -> tuple[tuple[str, str, str, str], ...]:
    """What is known of Wikidata classes: id, what its source calls it, the class of the ontology, the source."""
    return tuple((qid, called, name, source) for qid, called, name, source in _file()["rows"])


def roots() -> dict[str, tuple[str, ...]]:
    """From Wikidata classes, by id, to the classes of the ontology that they are."""
    return {qid: (name,) for qid, _, name, _ in rows()}


def named(types: Iterable[str]) -> tuple[str, ...]:
    """The classes of the ontology that `types` name: classes ("City"), or what readers call a name's type ("person").

    Others, and those of which Wikidata has no items, are a UsageError.
    """
    from kg.rdf.context import KIND_CLASSES  # noqa: PLC0415 - the records as RDF are needed by few who read packs

    vocabulary = Vocabulary.load()
    known = {name for mapped in _mapped() for name in vocabulary.above(mapped)}
    kinds = {str(kind): name for kind, iri in KIND_CLASSES.items() if (name := _local(iri.value)) in known}
    asked = [kinds.get(one, one) for one in types]
    if unknown := sorted(set(asked) - known):
        raise UsageError(f"no type of items: {', '.join(unknown)}; there are {', '.join(sorted({*kinds, *known}))}")
    return tuple(dict.fromkeys(asked))


def wanted(types: Iterable[str]) -> tuple[str, ...]:
    """The mapped classes of the ontology that are of one of the `types`, sorted; all of them where none is given."""
    asked = named(types)
    vocabulary = Vocabulary.load()
    return tuple(name for name in _mapped() if not asked or any(vocabulary.is_subclass(name, above) for above in asked))


def _mapped() -> tuple[str, ...]:
    return tuple(sorted({name for names in roots().values() for name in names}))


def above(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each class, the classes under which its items are found: itself and those above it."""
    vocabulary = Vocabulary.load()
    return {name: vocabulary.above(name) for name in names}


def nearest(below: Callable[[int], Iterable[int]], starts: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """For each Wikidata class, by number, the classes of the ontology that lie nearest above it.

    `below` tells the classes right below one (P279). A class of which nothing is said is left out.
    """
    found = {int(qid[1:]): names for qid, names in starts.items()}
    front = {number: set(names) for number, names in found.items()}
    for _ in range(MOST_DEPTH):
        following: dict[int, set[str]] = {}
        for number, names in front.items():
            for child in below(number):
                if child not in found:
                    following.setdefault(child, set()).update(names)
        found.update({number: _shared(tuple(sorted(names))) for number, names in following.items()})
        front = following
    return found


@cache
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all equal ones: a million classes have a few dozen."""
    return names


def chosen(kinds: Iterable[int], known: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The classes of an item that is an instance of `kinds`, sorted."""
    return tuple(sorted(set(_flat(known.get(kind, ()) for kind in kinds))))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _flat(groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for group in groups:
        yield from group


@cache
def _file() -> Mapping[str, Any]:
    return lexicon.read_toml(Path(__file__).with_name("classes.toml"))
