"""Know the world's well-known names: what they name, their other names, and where that lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg import lexicon, resources
from kg.model import MentionType


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the gazetteer: Q836 is the place "Myanmar", a State, in English "Myanmar".

    `key` is a Wikidata id where a table gave one, else a slug. `role` says what a body is to its `country` (an entry's
    key): "army", "parliament". `weak` names are used for other things as well; `acts` marks seats of power, which
    are organizations when they act.
    """

    key: str
    name: str
    type: MentionType
    english: str = ""
    subtype: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    role: str = ""
    level: str = ""
    weak: bool = False
    acts: bool = False
    pairs: bool = False

    @property
    def qid(self) -> str | None:
        """The Wikidata id, or None."""
        return self.key if self.key[:1] == "Q" and self.key[1:].isdigit() else None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The entries of a language, in the file's order, which is the order of preference among equal names."""

    entries: tuple[Entry, ...]
    by_key: Mapping[str, Entry] = field(repr=False)
    by_role: Mapping[tuple[str, str], Entry] = field(repr=False)
    roles: Mapping[str, str] = field(default_factory=dict, repr=False)

    def english(self, key: str) -> str:
        """The English name of what `key` stands for, empty if unknown; "Q30-navy" is the role navy of Q30."""
        if key in self.by_key:
            return self.by_key[key].english or self.by_key[key].name
        country, _, role = key.partition("-")
        of = self.by_key.get(country)
        return self.roles[role].format(of.english or of.name) if of and role in self.roles else ""

    def within(self, inner: str, outer: str) -> bool:
        """Whether the place with key `inner` lies in the one with key `outer`, as far as the entries tell."""
        seen: set[str] = set()
        while inner in self.by_key and inner not in seen:
            seen.add(inner)
            inner = self.by_key[inner].country
            if inner == outer:
                return True
        return False


def find(key: str) -> Entry | None:
    """The entry with `key`, in whichever language's gazetteer it stands."""
    found = (load(language).by_key.get(key) for language in resources.languages())
    return next((entry for entry in found if entry), None)


def _records(language: str) -> tuple[dict[str, Any], ...]:
    known = (resources.language(language) / "gazetteer.jsonl").is_file()
    return lexicon.entries(language, "gazetteer") if known else ()


@cache
def load(language: str) -> Gazetteer:
    """The gazetteer of a language, read once; an empty one for a language without."""
    entries = tuple(
        Entry(
            key=record["key"],
            name=record["name"],
            type=record["type"],
            english=record.get("en", ""),
            subtype=record.get("class", ""),
            aliases=tuple(record.get("aliases", ())),
            country=record.get("country", ""),
            role=record.get("role", ""),
            level=record.get("level", ""),
            weak=record.get("weak", False),
            acts=record.get("acts", False),
            pairs=record.get("pairs", False),
        )
        for record in _records(language)
    )
    heads = lexicon.table(language, "heads")["head"] if entries else ()
    roles: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.role:
            roles[entry.country, entry.role].append(entry)
    return Gazetteer(
        entries=entries,
        by_key={entry.key: entry for entry in entries},
        by_role={place_and_role: found[0] for place_and_role, found in roles.items()},
        roles={head["role"]: head["english"] for head in heads if "role" in head},
    )
