"""Find what the gazetteers of all languages know under a name, for names that an article's own language did not list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from kg import gazetteer, naming, resources
from kg.gazetteer import Entry
from kg.model import MentionType
from kg.naming import normal
from kg.spelling import bare

_Index = Mapping[tuple[str, str], tuple[str, ...]]


def key_of(kind: MentionType, name: str, *, unmarked: bool) -> str:
    """The key of what the gazetteers call the normal `name`, empty if they do not know it.

    Names that other things bear too are left out, and single words for people. `unmarked` names may be written without
    their marks ("Thai Binh"); then only one listed thing may be meant.
    """
    if kind == "person" and " " not in name:
        return ""
    exact = _by_name().get((kind, name), ())
    if exact:
        return exact[0]
    plain = _by_bare().get((kind, bare(name)), ()) if unmarked and name.isascii() else ()
    return plain[0] if len(plain) == 1 else ""


def names(key: str) -> tuple[tuple[str, str], ...]:
    """How each language writes what the gazetteers know by `key`: (language, name)."""
    english = english_of(key)
    return _written().get(key) or ((("en", english),) if english else ())


@cache
def english_of(key: str) -> str:
    """The English name of what `key` stands for, in whichever gazetteer; empty if unknown."""
    known = (gazetteer.load(language).english(key) for language in resources.languages())
    return next((name for name in known if name), "")


@cache
def canonical(key: str) -> str:
    """The key of an entry in the place of one made of a state and a role: "Q423-army" is the listed Korean People's Army."""
    state, _, role = key.partition("-")
    listed = (gazetteer.load(language).by_role.get((state, role)) for language in resources.languages() if role)
    return next((entry.key for entry in listed if entry), key)


def _entries() -> Iterator[tuple[Entry, tuple[str, str]]]:
    """All entries of all languages with each of their names, (language, name), in the order of preference."""
    for code in resources.languages():
        known = gazetteer.load(code)
        for entry in known.entries:
            for name in known.names(entry):
                yield entry, (code, name)
            if entry.english:
                yield entry, ("en", entry.english)
    for language, name, key in naming.states():
        if state := gazetteer.find(key):
            yield state, (language, name)


@cache
def _written() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for entry, written in _entries():
        found[entry.key][written] = None
    return {key: tuple(names) for key, names in found.items()}


def _indexed(compared: Callable[[str], str]) -> _Index:
    """From type and name, as it is `compared`, to keys."""
    found: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for entry, (_, name) in _entries():
        if not entry.weak:
            found[entry.type, compared(name)][entry.key] = None
    return {name: tuple(keys) for name, keys in found.items()}


@cache
def _by_name() -> _Index:
    return _indexed(normal)


@cache
def _by_bare() -> _Index:
    return _indexed(bare)
