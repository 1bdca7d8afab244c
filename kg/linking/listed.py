"""Find what the gazetteer lists under a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from kg import gazetteer
from kg.gazetteer import Entry
from kg.spelling import fold, unmarked


def named(language: str, name: str) -> tuple[Entry, ...]:
    """The entries that a language calls `name`, in the order of the gazetteer."""
    folded = fold(name)
    found = _names(language).get(folded, ())
    return found or (_plain(language).get(folded, ()) if " " in name and name.isascii() else ())


@cache
def _plain(language: str) -> Mapping[str, tuple[Entry, ...]]:
    """As `_names`, the names without marks, as they are written where there is no keyboard for these."""
    found: defaultdict[str, dict[Entry, None]] = defaultdict(dict)
    for name, entries in _names(language).items():
        found[unmarked(name)].update(dict.fromkeys(entries))
    return {name: tuple(entries) for name, entries in found.items()}


@cache
def _names(language: str) -> Mapping[str, tuple[Entry, ...]]:
    known = gazetteer.load(language)
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in known.entries:
        for name in dict.fromkeys(map(fold, known.names(entry))):
            found[name].append(entry)
    return {name: tuple(entries) for name, entries in found.items()}
