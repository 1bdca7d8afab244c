"""Join the chains of all documents into entities: by gazetteer key, else by type and name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from kg import gazetteer, resources
from kg.gazetteer import Entry
from kg.model import Entity, Extraction
from kg.resolving.chains import Chain, Identity, gather, identities, normal

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 48


def resolve(extractions: Sequence[Extraction]) -> tuple[Entity, ...]:
    """The entities that the documents mention, sorted by key.

    Names are compared without case, with a hyphen equal to a space, but with their diacritics: Hùng is not Hưng. A
    name of unknown type joins the only entity that bears it. What only a common name tells ("Bình", "Công an tỉnh", "các
    quan chức") is one thing only within its document.
    """
    joined = _join(gather(extractions))
    _settle_untyped(joined)
    return tuple(sorted((_entity(identity, chain) for identity, chain in joined.items()), key=lambda e: e.key))


def _join(chains: Sequence[Chain]) -> dict[Identity, Chain]:
    """The chains, joined where they share an identity; each under the first of its identities by name.

    A chain with two full names joins those that have either, unless the gazetteer tells them apart.
    """
    known = [identities(chain) for chain in chains]
    leader: dict[Identity, Identity] = {}

    def find(identity: Identity) -> Identity:
        while leader.setdefault(identity, identity) != identity:
            leader[identity] = leader[leader[identity]]
            identity = leader[identity]
        return identity

    for names in known:
        for other in names[1:]:
            first, second = sorted((find(names[0]), find(other)))
            leader[second] = first
    joined: dict[Identity, Chain] = defaultdict(Chain)
    for chain, names in zip(chains, known, strict=True):
        joined[find(names[0])].join(chain)
    return joined


def _settle_untyped(joined: dict[Identity, Chain]) -> None:
    """Let each name of unknown type join the only typed entity of that name."""
    by_name: dict[str, list[Identity]] = defaultdict(list)
    for identity, chain in joined.items():
        for name in {normal(n) for n in chain.names}:
            by_name[name].append(identity)
    for identity in sorted(i for i in joined if i[0] == "untyped"):
        others = [other for other in by_name[identity[1]] if other[0] != "untyped"]
        if len(others) == 1:
            joined[others[0]].join(joined.pop(identity))


def _entry(key: str) -> tuple[Entry | None, str]:
    """What the gazetteers of all languages know by a key: an entry, and a name in English."""
    for language in resources.languages():
        known = gazetteer.load(language)
        if english := known.english(key):
            return known.by_key.get(key), english
    return None, ""


def _entity(identity: Identity, chain: Chain) -> Entity:
    kind, name = identity
    entry, english = _entry(name) if kind == "kb" else (None, "")
    native = entry.name if entry else chain.name
    subtype = entry.subtype if entry else max(chain.subtypes, key=lambda s: (chain.subtypes[s], s), default="")
    return Entity(
        key=name if kind == "kb" else _key(kind, native, name),
        type=entry.type if entry else chain.type,
        labels=(("en", english or native), ("vi", native)),
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
