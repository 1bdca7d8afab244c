"""Join the chains of all documents into entities: by gazetteer key, else by type and name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg import gazetteer, resources
from kg.gazetteer import Entry
from kg.model import Entity, Extraction, Mention, MentionType

_SEPARATORS = re.compile(r"[\s\-‐-―]+")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 48


@dataclass(slots=True)
class _Chain:
    """What one document's mentions of one thing tell about it."""

    members: set[tuple[str, str]] = field(default_factory=set)
    types: Counter[MentionType] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    described: Counter[str] = field(default_factory=Counter)
    kb: Counter[str] = field(default_factory=Counter)
    subtypes: Counter[str] = field(default_factory=Counter)
    owned: bool = False

    def add(self, mention: Mention) -> None:
        self.members.add((mention.document, mention.chain))
        if mention.form == "name":
            self.types[mention.type] += 1
            self.names[mention.span.text] += 1
        else:
            self.described[mention.chain] += 1
            if mention.form == "nominal":
                self.types[mention.type] += 0
        if mention.kb:
            self.kb[mention.kb] += 1
        self.owned = self.owned or bool(mention.of)
        if mention.subtype:
            self.subtypes[mention.subtype] += 1

    def join(self, other: _Chain) -> None:
        self.members |= other.members
        self.types.update(other.types)
        self.names.update(other.names)
        self.described.update(other.described)
        self.kb.update(other.kb)
        self.subtypes.update(other.subtypes)

    @property
    def type(self) -> MentionType:
        known = [(n, t) for t, n in self.types.items() if t != "untyped"]
        return max(known, key=lambda k: (k[0], k[1]))[1] if known else "untyped"

    @property
    def name(self) -> str:
        """The name used most, of equally frequent ones the longest; a description where there is no name."""
        found = self.names or self.described
        return max(found.items(), key=lambda n: (n[1], len(n[0]), n[0]))[0]


def resolve(extractions: Sequence[Extraction]) -> tuple[Entity, ...]:
    """The entities that the documents mention, sorted by key.

    Names are compared without case, with a hyphen equal to a space, but with their diacritics: Hùng is not Hưng. A
    name of unknown type joins the only entity that bears it. A group of which nothing says to whom it belongs is one
    only within its document.
    """
    joined: dict[tuple[str, str], _Chain] = defaultdict(_Chain)
    for chain in _chains(extractions):
        joined[_identity(chain)].join(chain)
    _settle_untyped(joined)
    return tuple(sorted((_entity(identity, chain) for identity, chain in joined.items()), key=lambda e: e.key))


def _chains(extractions: Iterable[Extraction]) -> list[_Chain]:
    chains: dict[tuple[str, str], _Chain] = defaultdict(_Chain)
    for extraction in extractions:
        for mention in extraction.mentions:
            chains[mention.document, mention.chain].add(mention)
    return [chains[member] for member in sorted(chains)]


def _identity(chain: _Chain) -> tuple[str, str]:
    if chain.kb:
        return "kb", max(chain.kb.items(), key=lambda k: (k[1], k[0]))[0]
    document, representative = min(chain.members, key=lambda member: (member[1], member[0]))
    if chain.type == "group" and not chain.owned:  # "các quan chức" are other people in every article
        return f"group of {document}", normal(representative)
    return chain.type, normal(representative)


def normal(name: str) -> str:
    """A name as it is compared: NFC, without case, hyphens and runs of space one space, no invisible characters."""
    visible = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    return _SEPARATORS.sub(" ", visible).strip().casefold()


def _settle_untyped(joined: dict[tuple[str, str], _Chain]) -> None:
    """Let each name of unknown type join the only typed entity of that name."""
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for identity, chain in joined.items():
        for name in {normal(n) for n in chain.names}:
            by_name[name].append(identity)
    for identity in sorted(i for i in joined if i[0] == "untyped"):
        others = [other for other in by_name[identity[1]] if other[0] != "untyped"]
        if len(others) == 1:
            joined[others[0]].join(joined.pop(identity))


def _entry(key: str) -> Entry | None:
    found = (gazetteer.load(language).by_key.get(key) for language in resources.languages())
    return next((entry for entry in found if entry), None)


def _entity(identity: tuple[str, str], chain: _Chain) -> Entity:
    kind, name = identity
    entry = _entry(name) if kind == "kb" else None
    native = entry.name if entry else chain.name
    english = entry.english if entry and entry.english else native
    subtype = entry.subtype if entry else max(chain.subtypes, key=lambda s: (chain.subtypes[s], s), default="")
    return Entity(
        key=name if kind == "kb" else _key(kind, native, name),
        type=entry.type if entry else chain.type,
        labels=(("en", english), ("vi", native)),
        aliases=tuple(sorted(set(chain.names) - {native})),
        members=tuple(sorted(chain.members)),
        subtype=subtype or None,
    )


def _key(kind: str, name: str, identity: str) -> str:
    """A readable slug of ASCII letters, and a hash that tells apart what the slug does not."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    slug = _NO_LETTER.sub("-", letters)[:_LONGEST_SLUG].strip("-")
    return f"{slug}-{hashlib.sha256(f'{kind} {identity}'.encode()).hexdigest()[:8]}".lstrip("-")
