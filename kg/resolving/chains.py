"""Tell what one document's chains are known by elsewhere, and what they tell about it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg import gazetteer, lexicon, resources
from kg.model import Extraction, Mention, MentionType
from kg.naming import keeps_marks, normal
from kg.resolving import groups, listed
from kg.spelling import fold

_DESCRIBED = frozenset({"facility", "treaty", "award", "event", "document"})
_BODIES = frozenset({"organization", "unit"})
_THINGS = frozenset({"untyped", "equipment", "facility", "place", "document"})
_TELLING = 4  # words of a site's or an agreement's name that tell it from others
_TOLD_APART = re.compile(r"(.+) \([a-z]+\)")
_ACRONYM = range(2, 9)
_SURE = frozenset({"gazetteer", "head", "title", "initials", "apposition", "site", "age", "first word", "last word"})


@dataclass(frozen=True, slots=True)
class Part:
    """What one chain of a document adds to the node `node`, and which other nodes it says are the same, each as written.

    "Bà Takaichi … Sanae Takaichi" in a Vietnamese article adds the features "name:vi:Takaichi", "name:vi:Sanae Takaichi",
    "full:vi:Sanae Takaichi" and "type:person" to the node "person|sanae takaichi", and "sure:person" where a word says that
    she is one, as "bà" does, and not the look of the name alone. Each is added once for a document. A body's "state:Q17" is the one that most of the article is about.
    """

    document: str
    chain: str
    node: str
    features: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    def adds(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The nodes that it adds features to, itself first, with the features."""
        yield self.node, self.features
        for other, text in self.also:
            yield other, (f"also:{self.language}:{self.node}", f"written:{self.language}:{text}")

    @property
    def is_named(self) -> bool:
        """Whether the article calls it by a name that it has elsewhere too."""
        return " of " not in self.node.partition("|")[0] and any(f.startswith("name:") for f in self.features)

    @property
    def language(self) -> str:
        """The language of the article."""
        spelled = ("full:", "name:", "described:")
        return next((f.split(":")[1] for f in self.features if f.startswith(spelled)), "")


def parts(extraction: Extraction) -> tuple[Part, ...]:
    """The parts of one document's chains, by chain.

    Input: the mentions of one document. A gazetteer key makes the node "kb|Q159"; else the type and the normal full name,
    "person|lê văn tám"; a name that says something only within its article, "person of DOCUMENT|bình". A group is known by
    its people and whose they are, "group|soldiers of kb|Q159".
    """
    document = extraction.document
    chains: defaultdict[str, _Chain] = defaultdict(_Chain)
    for mention in extraction.mentions:
        chains[mention.chain].add(mention)
    state = _state(extraction)
    found = {name: chains[name].part(document.id, name, document.language, state) for name in sorted(chains)}
    whose = {name: tuple(owner for owner in sorted(chains[name].owners) if owner in found) for name in found}
    return tuple(replace(part, node=_node(name, found, whose)) for name, part in found.items())


def _node(
    name: str, found: Mapping[str, Part], whose: Mapping[str, Sequence[str]], within: tuple[str, ...] = ()
) -> str:
    """The node of a chain; that of a group whose owners the article says, the same in all languages."""
    part = found[name]
    owners = [owner for owner in whose[name] if owner not in within]
    kind = groups.kind(name, part.language) if owners and part.node.startswith("group") else None
    if kind is None:
        return part.node
    nodes = {_node(owner, found, whose, (*within, name)) for owner in owners}
    local = any(" of " in node.partition("|")[0] for node in nodes)
    return f"group of {part.document}|{normal(name)}" if local else f"group|{kind.of(nodes)}"


def _state(extraction: Extraction) -> str:
    """The key of the state that most names of a document belong to, empty if there is none."""
    states = Counter(state for mention in extraction.mentions if (state := _state_of(mention.kb)))
    return _commonest(states) if states else ""


@cache
def _state_of(key: str) -> str:
    entry = gazetteer.find(key.partition("-")[0]) if key else None
    return "" if entry is None else entry.key if entry.subtype == "State" else entry.country


@dataclass(slots=True)
class _Chain:
    """What the mentions of one chain tell together."""

    types: Counter[MentionType] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    kb: Counter[str] = field(default_factory=Counter)
    sure: set[MentionType] = field(default_factory=set)
    subtypes: Counter[str] = field(default_factory=Counter)
    owners: set[str] = field(default_factory=set)

    def add(self, mention: Mention) -> None:
        """Count one mention in."""
        if mention.form == "name":
            self.types[mention.type] += 1
            self.names[mention.span.text] += 1
            if not _SURE.isdisjoint(code for reason in mention.reasons for code in reason.split(": ")[:2]):
                self.sure.add(mention.type)
        elif mention.form == "nominal":
            self.types[mention.type] += 0  # a type for what has no name, never against a name
        if mention.kb:
            self.kb[mention.kb] += 1
        if mention.subtype:
            self.subtypes[mention.subtype] += 1
        if mention.of:
            self.owners.add(mention.of)

    def part(self, document: str, chain: str, language: str, state: str) -> Part:
        kind = self._type()
        name = self._name(chain)
        node, also = self._nodes(document, name, kind, language)
        features = [f"type:{kind}", *(f"name:{language}:{name}" for name in sorted(self.names))]
        if name in self.names:
            features.append(f"full:{language}:{name}")
        elif not self.names:
            features.append(f"described:{language}:{chain}")
        if kind in self.sure:
            features.append(f"sure:{kind}")
        if state and kind in _BODIES:
            features.append(f"state:{state}")
        if self.subtypes:
            features.append(f"subtype:{_commonest(self.subtypes)}")
        return Part(document, chain, node, tuple(features), also)

    def _name(self, chain: str) -> str:
        """The name that the chain is called by, without what tells it from another of that name: "Washington (place)"."""
        told_apart = _TOLD_APART.fullmatch(chain)
        return told_apart[1] if told_apart and chain not in self.names and told_apart[1] in self.names else chain

    def _type(self) -> MentionType:
        """The type that most mentions have; of equally frequent ones the last by name."""
        known = [(count, kind) for kind, count in self.types.items() if kind != "untyped"]
        return max(known)[1] if known else "untyped"

    def _nodes(
        self, document: str, chain: str, kind: MentionType, language: str
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """By what the thing is known: gazetteer key, or type and name; and the other full names that it has here."""
        if self.kb:
            return f"kb|{listed.canonical(_commonest(self.kb))}", ()
        first = normal(chain)
        if self._is_local(kind, chain, language):
            return f"{kind} of {document}|{first}", ()
        if key := listed.key_of(kind, first, unmarked=not keeps_marks(language)):
            return f"kb|{key}", ()
        others = {normal(name): name for name in sorted(self.names, reverse=True) if _is_full(kind, name, first)}
        return f"{kind}|{first}", tuple((f"{kind}|{n}", others[n]) for n in sorted(others.keys() - {first}))

    def _is_local(self, kind: MentionType, chain: str, language: str) -> bool:
        """Whether the name says who it is only within the article: "Bình", "Công an tỉnh", "các quan chức", "con tàu"."""
        words = fold(chain).split()
        if kind == "group":
            return not self.owners
        if kind in _THINGS and not self.names:
            return True  # "the tanker" of one article is not that of another
        if kind == "person":
            return len(words) == 1
        return kind in {"organization", "facility", "unit"} and words[-1] in _open_ends(language)


def _commonest(counts: Counter[str]) -> str:
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0]


@cache
def _open_ends(language: str) -> frozenset[str]:
    """Words that a name ends in when it does not say which: "UBND xã"."""
    known = (resources.language(language) / "compounds.toml").is_file()
    return frozenset(lexicon.table(language, "compounds").get("closers", ())) if known else frozenset()


def _is_full(kind: MentionType, text: str, representative: str) -> bool:
    """Whether a second name tells the thing as well: another spelling, initials of a body, a site's other long name."""
    name = normal(text)
    words = name.split()
    if kind == "person":
        return 1 < len(words) == len(representative.split())
    if kind in _BODIES:
        return is_acronym(text) and " " in representative
    return kind in _DESCRIBED and len(words) >= _TELLING and not representative.startswith(name)


def is_acronym(text: str) -> bool:
    """Whether a name is initials: "VNA"."""
    return text.isalpha() and text.isupper() and len(text) in _ACRONYM
