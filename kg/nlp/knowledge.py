"""Bring together the word lists by which names are found: gazetteer, head nouns, titles, cues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from kg import gazetteer, lexicon, resources
from kg.gazetteer import Entry, Gazetteer
from kg.model import MentionType
from kg.nlp import people, pipelines
from kg.nlp.people import People
from kg.nlp.phrases import PhraseTable
from kg.nlp.tokenizer import enclitics, pieces
from kg.spelling import fold

V = TypeVar("V")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun of names, as `heads.toml` describes it."""

    type: MentionType
    tail: str = ""
    keep: bool = True
    capital: bool = False
    bare: str = ""
    place: str = ""
    at: bool = False
    role: str = ""
    subtype: str = ""
    english: str = ""
    number: str = ""
    dated: bool = False
    ordinal: bool = False
    ranked: bool = False
    about: bool = False
    quoted: bool = False
    media: bool = False
    bodiless: bool = False
    stateless: bool = False
    nests: bool = False
    links: tuple[str, ...] = ()
    lower: str = ""
    leads: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title phrase: "bộ trưởng" is of group minister, kind office, and takes a field ("Quốc phòng")."""

    group: str
    kind: str
    fields: bool = False
    governs: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """One way to write an entry's name: the words as they must be capitalised."""

    words: tuple[str, ...]
    entry: Entry

    def fits(self, texts: tuple[str, ...], *, shouted: bool) -> bool:
        """Whether the tokens keep the capitals of the name; short acronyms keep every letter."""
        for own, other in zip(self.words, texts, strict=True):
            if shouted:
                continue
            if own == own.upper() and own.isalpha() and 1 < len(own) < 6:  # noqa: PLR2004 - longer ones are also written "Unesco"
                if own != other:
                    return False
            elif own != own.lower() and other == other.lower():
                return False
        return True


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that a language's files say about names."""

    gazetteer: Gazetteer
    surfaces: PhraseTable[tuple[Surface, ...]]
    heads: PhraseTable[tuple[Head, ...]]
    titles: PhraseTable[Title]
    modifiers: PhraseTable[str]
    fields: PhraseTable[bool]
    compounds: PhraseTable[bool]
    inner: PhraseTable[bool]
    sets: Mapping[str, PhraseTable[bool]]
    left: PhraseTable[tuple[tuple[str, float], ...]]
    right: PhraseTable[tuple[tuple[str, float], ...]]
    appositions: PhraseTable[tuple[tuple[str, float], ...]]
    openers: frozenset[str]
    stops: PhraseTable[bool]
    words: Mapping[str, frozenset[str]]
    suffixes: Mapping[str, str]
    leaders: frozenset[str]
    people: People
    proper_titles: bool = False
    head: pipelines.Head = "first"

    def beginnings(self) -> frozenset[str]:
        """The words in lower case with which a title, a head noun or a listed name may begin, as they are compared."""
        names = (name for entry in self.gazetteer.entries for name in self.gazetteer.names(entry))
        firsts = (pieces(name)[0] for name in names)
        lower = {self.people.key(first) for first in firsts if first == first.lower()}
        return frozenset(lower).union(self.heads.firsts(), self.titles.firsts(), self.modifiers.firsts())

    def head_type(self, words: Sequence[str], at: int) -> str:
        """The type that the longest head noun at `at` gives a name, or "-"."""
        match = self.heads.at(words, at)
        return match.value[0].type if match else "-"


def _table(phrases: Iterable[tuple[str, V]]) -> PhraseTable[V]:
    """A phrase table over tokens as our tokenizer cuts them."""
    return PhraseTable((" ".join(pieces(fold(phrase))), value) for phrase, value in phrases)


def _grouped(
    phrases: Iterable[tuple[str, V]], key: Callable[[str], str] = fold, cut: Callable[[str], list[str]] = pieces
) -> PhraseTable[tuple[V, ...]]:
    """A table that keeps all values of a phrase, in order."""
    found: defaultdict[str, list[V]] = defaultdict(list)
    for phrase, value in phrases:
        found[" ".join(key(piece) for piece in cut(phrase))].append(value)
    return PhraseTable((phrase, tuple(values)) for phrase, values in found.items())


def _flags(phrases: Iterable[str]) -> PhraseTable[bool]:
    return _table((phrase, True) for phrase in phrases)


def _listed(text: str) -> list[str]:
    return [item for part in text.split(",") if (item := _WHITE.sub(" ", part).strip())]


def _head(record: Mapping[str, Any]) -> Head:
    known = {name: record[name] for name in Head.__dataclass_fields__ if name in record}
    return Head(**{**known, "subtype": record.get("class", ""), "links": tuple(record.get("links", ()))})


def _cues(records: Iterable[Mapping[str, Any]]) -> PhraseTable[tuple[tuple[str, float], ...]]:
    return _grouped((phrase, (record["type"], record["weight"])) for record in records for phrase in record["phrases"])


def _surfaces(known: Gazetteer, named: People, language: str) -> PhraseTable[tuple[Surface, ...]]:
    cut = partial(pieces, enclitics=enclitics(language))
    surfaces = (
        (name, Surface(tuple(cut(name)), entry))
        for entry in known.entries
        for name in dict.fromkeys(known.names(entry))
    )
    return _grouped(surfaces, named.key, cut)


@cache
def load(language: str) -> Knowledge:
    """The knowledge of a language, read once."""
    heads = lexicon.table(language, "heads")
    titles = lexicon.table(language, "titles")
    compounds = _compounds(language)
    cues = lexicon.table(language, "cues")
    known = gazetteer.load(language)
    sets = {name: compounds[name] for name in ("links", "closers", "finals", "ordinals", "ranks", "numbers", "tails")}
    places = heads.get("places", {})
    sets |= {f"places:{name}": places.get(name, ()) for name in ("short", "single", "dropped")}
    return Knowledge(
        gazetteer=known,
        surfaces=_surfaces(known, people.load(language), language),
        heads=_grouped((phrase, _head(record)) for record in heads["head"] for phrase in record["phrases"]),
        titles=_table(
            (phrase, Title(group["id"], group["kind"], group.get("fields", False), group.get("governs", False)))
            for group in titles["group"]
            for phrase in group["phrases"]
        ),
        modifiers=_table((word, modifier["id"]) for modifier in titles["modifier"] for word in modifier["words"]),
        fields=_flags(titles.get("fields", {}).get("words", ())),
        compounds=_flags(_listed(compounds["words"])),
        inner=_flags(places.get("inner", ())),
        sets={name: _flags(phrases) for name, phrases in sets.items()},
        left=_cues(cues["left"]),
        right=_cues(cues["right"]),
        appositions=_cues(cues["apposition"]),
        openers=frozenset(fold(word) for word in cues["openers"]["words"].split()),
        stops=_flags(cues["stops"]["words"]),
        words={name: frozenset(fold(word) for word in words) for name, words in cues["words"].items()}
        | {
            name: frozenset(fold(word) for word in compounds[name])
            for name in ("joiners", "openings", "about", "matter_ends", "and", "at", "ordinal_words")
        }
        | {"middles": frozenset(word for phrase in compounds["middles"] for word in fold(phrase).split())}
        | {"fillers": frozenset(word for phrase in cues["words"]["fillers"] for word in fold(phrase).split())},
        suffixes={fold(word): kind for kind, words in cues["suffixes"].items() for word in words},
        leaders=frozenset(group["id"] for group in titles["group"] if group.get("leader")),
        people=people.load(language),
        proper_titles=titles.get("proper", False),
        head=pipelines.load(language).head,
    )


def _compounds(language: str) -> Mapping[str, Any]:
    """The table of compounds; nothing for a language whose words are not made of syllables apart."""
    known = (resources.language(language) / "compounds.toml").is_file()
    return lexicon.table(language, "compounds") if known else defaultdict(tuple, words="")
