"""Gather what the mentions of one thing tell about it, and the names by which it may be known elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from kg import lexicon, resources
from kg.model import Extraction, Mention, MentionType
from kg.spelling import fold

Identity = tuple[str, str]
_SEPARATORS = re.compile(r"[\s\-‐-―]+")
_DESCRIBED = frozenset({"facility", "treaty", "award", "event", "document"})
_TELLING = 4  # words of a site's or an agreement's name that tell it from others


@dataclass(slots=True)
class Chain:
    """What mentions of one thing tell about it, in one document or, once joined, in several.

    `local` chains are known by a name that many bear ("Bình", "Công an tỉnh"): it says nothing outside its document.
    """

    members: set[tuple[str, str]] = field(default_factory=set)
    types: Counter[MentionType] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    full: Counter[str] = field(default_factory=Counter)
    described: Counter[str] = field(default_factory=Counter)
    kb: Counter[str] = field(default_factory=Counter)
    subtypes: Counter[str] = field(default_factory=Counter)
    owned: bool = False
    local: bool = False

    def add(self, mention: Mention) -> None:
        """Count one mention in."""
        self.members.add((mention.document, mention.chain))
        if mention.form == "name":
            self.types[mention.type] += 1
            self.names[mention.span.text] += 1
        else:
            self.described[mention.chain] += 1
            if mention.form == "nominal":
                self.types[mention.type] += 0  # a type for what has no name, never against a name
        if mention.kb:
            self.kb[mention.kb] += 1
        if mention.subtype:
            self.subtypes[mention.subtype] += 1
        self.owned = self.owned or bool(mention.of)

    def join(self, other: Chain) -> None:
        """Take in what another chain of the same thing tells."""
        self.members |= other.members
        self.types.update(other.types)
        for mine, theirs in (
            (self.names, other.names),
            (self.full, other.full),
            (self.described, other.described),
            (self.kb, other.kb),
            (self.subtypes, other.subtypes),
        ):
            mine.update(theirs)

    @property
    def type(self) -> MentionType:
        """The type that most mentions have; of equally frequent ones the last by name."""
        known = [(count, kind) for kind, count in self.types.items() if kind != "untyped"]
        return max(known)[1] if known else "untyped"

    @property
    def name(self) -> str:
        """The full name used most, else any name, else a description."""
        found = self.full or self.names or self.described
        return max(found.items(), key=lambda n: (n[1], len(n[0]), n[0]))[0]


def gather(extractions: Iterable[Extraction]) -> list[Chain]:
    """The chains of all documents, in the order of document ids and chain names."""
    chains: dict[tuple[str, str], Chain] = defaultdict(Chain)
    languages: dict[str, str] = {}
    for extraction in extractions:
        languages[extraction.document.id] = extraction.document.language
        for mention in extraction.mentions:
            chains[mention.document, mention.chain].add(mention)
    for (document, name), chain in chains.items():
        if name in chain.names:
            chain.full[name] += 1
        chain.local = not chain.kb and _is_local(chain, name, languages[document])
    return [chains[member] for member in sorted(chains)]


def _is_local(chain: Chain, name: str, language: str) -> bool:
    """Whether the name says who it is only within the article: one word for a person, "Công an tỉnh", "các quan chức"."""
    words = fold(name).split()
    if chain.type == "group":
        return not chain.owned
    if chain.type == "person":
        return len(words) == 1
    return chain.type in {"organization", "facility", "unit"} and words[-1] in _open_ends(language)


@cache
def _open_ends(language: str) -> frozenset[str]:
    """Words that a name ends in when it does not say which: "UBND xã"."""
    known = (resources.language(language) / "compounds.toml").is_file()
    return frozenset(lexicon.table(language, "compounds")["closers"]) if known else frozenset()


def identities(chain: Chain) -> list[Identity]:
    """By what the thing is known, the surest first: gazetteer key, or type and name, then other full names."""
    document, representative = min(chain.members, key=lambda member: (member[1], member[0]))
    if chain.kb:
        return [("kb", max(chain.kb.items(), key=lambda k: (k[1], k[0]))[0])]
    if chain.local:
        return [(f"{chain.type} of {document}", normal(representative))]
    first = normal(representative)
    others = {normal(name) for name in chain.names} - {first}
    return [(chain.type, first), *((chain.type, name) for name in sorted(others) if _is_full(chain.type, name, first))]


def _is_full(kind: MentionType, name: str, representative: str) -> bool:
    """Whether a second name tells the thing as well as the first: another spelling, or a site's other long name."""
    words = name.split()
    if kind == "person":
        return 1 < len(words) == len(representative.split())
    return kind in _DESCRIBED and len(words) >= _TELLING and not representative.startswith(name)


def normal(name: str) -> str:
    """A name as it is compared: folded, hyphens and runs of space one space, no invisible characters."""
    visible = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    return _SEPARATORS.sub(" ", fold(visible)).strip().casefold()
