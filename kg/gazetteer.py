"""Know the world's well-known names: what they name, their other names, and where that lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg import lexicon, resources
from kg.errors import LanguageDataError
from kg.model import MentionType
from kg.spelling import unmarked

TABLE = "gazetteer"


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
    """The entries of a language, in the file's order, which is the order of preference among equal names.

    A language may borrow the entries of another, whose `name` and `aliases` are that one's: then `written` has the names
    by key that this language writes, the usual one first. `adjectives` are those of them that stand for a place as
    "Russian" does for Russia.
    """

    entries: tuple[Entry, ...]
    by_key: Mapping[str, Entry] = field(repr=False)
    by_role: Mapping[tuple[str, str], Entry] = field(repr=False)
    roles: Mapping[str, str] = field(default_factory=dict, repr=False)
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    adjectives: frozenset[str] = frozenset()

    def names(self, entry: Entry) -> tuple[str, ...]:
        """How the language writes the name of an entry, the usual way first."""
        return self.written.get(entry.key) or (entry.name, *entry.aliases)

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
    known = (resources.language(language) / f"{TABLE}.jsonl").is_file()
    return lexicon.entries(language, TABLE) if known else ()


def _lender(language: str) -> str:
    """The language whose entries a language borrows, empty for none."""
    settings = resources.language(language) / f"{TABLE}.toml"
    return str(lexicon.table(language, TABLE)["borrows"]) if settings.is_file() else ""


def _entry(record: Mapping[str, Any]) -> Entry:
    return Entry(
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


@cache
def load(language: str) -> Gazetteer:
    """The gazetteer of a language, read once; an empty one for a language without."""
    records = _records(language)
    own = tuple(_entry(record) for record in records if "type" in record)
    lender = _lender(language)
    lent = load(lender) if lender else None
    heads = lexicon.table(language, "heads")["head"] if records else ()
    entries = own + (lent.entries if lent else ())
    roles: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.role:
            roles[entry.country, entry.role].append(entry)
    return Gazetteer(
        entries=entries,
        by_key={entry.key: entry for entry in entries},
        by_role={place_and_role: found[0] for place_and_role, found in roles.items()},
        roles=(dict(lent.roles) if lent else {}) | {h["role"]: h["english"] for h in heads if "english" in h},
        written=_written(lent, own, records, language) if lent else {},
        adjectives=frozenset(name for record in records for name in record.get("adjectives", ())),
    )


def _written(
    lent: Gazetteer, own: Iterable[Entry], records: Iterable[Mapping[str, Any]], language: str
) -> dict[str, tuple[str, ...]]:
    """The names of borrowed entries as a borrowing language writes them; rows without a type only add names to one."""
    written = {entry.key: borrowed(entry) for entry in lent.entries}
    written |= {entry.key: (entry.name, *entry.aliases) for entry in own}
    for record in records:
        if record["key"] not in written:
            raise LanguageDataError(f"languages/{language}/{TABLE}.jsonl: nothing to add names to: {record['key']}")
        added = (*record.get("names", ()), *written[record["key"]], *record.get("adjectives", ()))
        without = frozenset(record.get("without", ()))
        written[record["key"]] = tuple(name for name in dict.fromkeys(added) if name not in without)
    return written


def borrowed(entry: Entry) -> tuple[str, ...]:
    """The names of an entry that serve in a language that writes without its lender's marks, the English one first.

    Names of states are told anew by each language; of others the aliases in plain letters serve everywhere, and names in
    Vietnamese letters are also written without their marks ("Hòn Gai", "Hon Gai").
    """
    if entry.subtype == "State":
        return (entry.english or entry.name,)
    marked = tuple(name for name in (entry.english, entry.name) if name and not name.isascii())
    bare = tuple(unmarked(name) for name in marked if " " in name or not entry.weak)
    plain = tuple(name for name in (entry.name, *entry.aliases) if name.isascii())
    return tuple(dict.fromkeys(name for name in (entry.english, *bare, *marked, *plain) if name)) or (entry.name,)
