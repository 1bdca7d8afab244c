"""Find what the gazetteer lists under a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from kg import gazetteer
from kg.gazetteer import Entry
from kg.spelling import fold


def named(language: str, name: str) -> tuple[Entry, ...]:
    """The entries that a language calls `name`, in the order of the gazetteer."""
    return _names(language).get(fold(name), ())


@cache
def _names(language: str) -> Mapping[str, tuple[Entry, ...]]:
    known = gazetteer.load(language)
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in known.entries:
        for name in dict.fromkeys(map(fold, known.names(entry))):
            found[name].append(entry)
    return {name: tuple(entries) for name, entries in found.items()}
