"""Choose the items that an entity may be: by its names, and by what sort of thing it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kg import gazetteer, naming
from kg.gazetteer import Entry
from kg.linking import listed, syllables, wording
from kg.linking.shelf import Shelf
from kg.model import Entity, MentionType
from kg.rdf.context import KIND_CLASSES
from kg.vocabulary import Vocabulary
from kg.wikidata.item import QID, Item
from kg.wikidata.keys import FITS, Fit

Way = Literal["own", "renamed", "listed", "qualified", "namesake", "exonym", "spelled", "other type"]
"""How a name came to be looked up: an article has it, or has it with another head noun; the gazetteer has it for a name
of the article; an article has it, and a country beside it ("Liberal Party", in Canada); another name of what the
gazetteer takes it for; the language has another name for it than English; an article spells it out in syllables; an article has it for another type of thing."""
_WAYS: tuple[Way, ...] = get_args(Way)
_OTHER: Mapping[MentionType, MentionType] = {"organization": "place", "facility": "place"}
"""As what else a name may be read, where nothing of its type has it: a club and a town have one name."""
_AS_WRITTEN: frozenset[Fit] = frozenset({"exact", "folded", "unmarked"})
"""How the names of the tables agree with those written beside exonyms, without marks."""
_MISREAD: frozenset[MentionType] = frozenset({"person", "organization"})
"""What names of places are easily taken for where they stand without marks."""
_SAME_ONLY: frozenset[Way] = frozenset({"listed", "spelled", "other type"})
_MOST = 40
_NO_ITEMS = frozenset({"group"})
_KINDS: Mapping[str, MentionType] = {"Place": "place", "Person": "person", "Organization": "organization"}
_BODIES = frozenset({("GeopoliticalEntity",), ()})
"""Items of no more exact class, which may be bodies too: the United Nations are among the territories of the tables."""
_QUALIFIED = {"en": ("{0} of {1}", "{1} {0}"), "vi": ("{0} {1}",)}
_LAST_IN = "vi"
"""The language in which a country stands last in the names of its bodies."""


@dataclass(frozen=True, slots=True)
class Option:
    """An item that an entity may be: which name that was sought fits which of the item's, how well, and why it was sought.

    `listed` means that the gazetteer takes the entity for this item.
    """

    item: Item
    sought: str
    name: str
    fit: Fit
    listed: bool
    way: Way


def options(entity: Entity, counts: Mapping[str, int], shelf: Shelf, vocabulary: Vocabulary) -> tuple[Option, ...]:
    """The items that the entity may be, by number: the best fit for each."""
    found = _found(entity, entity.type, _sought(entity, counts, shelf), counts, shelf, vocabulary)
    for entry in _entries(entity, counts):
        if entry.qid and entry.type == entity.type and (item := shelf.item(entry.qid)):
            option = Option(item, entry.name, item.label("en"), "exact", entry.key == entity.key, "listed")
            found.setdefault(entry.qid, option)
    for qid, option in _by_exonym(entity, counts, shelf, vocabulary).items():
        if qid not in found or _rank(option) < _rank(found[qid]):
            found[qid] = option
    if not found:
        found = _otherwise(entity, counts, shelf, vocabulary)
    ranked = sorted(found.values(), key=lambda one: (*_rank(one), one.item.number))
    return tuple(sorted(ranked[:_MOST], key=lambda one: one.item.number))


def _found(
    entity: Entity,
    kind: MentionType,
    sought: Iterable[tuple[str, str, Way]],
    counts: Mapping[str, int],
    shelf: Shelf,
    vocabulary: Vocabulary,
) -> dict[str, Option]:
    """The items that an entity may be if it is a `kind` of thing, each as its best name has it."""
    found: dict[str, Option] = {}
    for language, name, way in sought:
        for one in shelf.candidates(name, language):
            if way in _SAME_ONLY and (one.fit not in {"exact", "folded"} or name.isupper()):
                continue  # what no article calls it must be the same name, and no initials
            if not (counts.get("untyped") or may_be(kind, one.item, vocabulary)):
                continue
            option = Option(one.item, name, one.name, one.fit, one.item.qid == entity.key, way)
            if way == "other type" and "City" not in one.item.classes:
                continue
            known = found.get(one.item.qid)
            if known is None or _rank(option) < _rank(known):
                found[one.item.qid] = option
    return found


def _otherwise(entity: Entity, counts: Mapping[str, int], shelf: Shelf, vocabulary: Vocabulary) -> dict[str, Option]:
    """What an entity may be if it is a town, or what the gazetteer lists, and not what it was taken for."""
    own = _own(entity, counts)
    found: dict[str, Option] = {}
    if other := _OTHER.get(entity.type):
        renamed = [one for language, name in own if (known := wording.of(language)) for one in known.otherwise(name)]
        names: Iterator[tuple[str, str, Way]] = ((*one, "other type") for one in (*own, *renamed))
        found = _found(entity, other, names, counts, shelf, vocabulary)
    for language, name in own if entity.type in _MISREAD else ():
        for entry in listed.named(language, name):
            if entry.qid and (item := shelf.item(entry.qid)):
                option = Option(item, name, item.label("en"), "exact", listed=False, way="other type")
                found.setdefault(entry.qid, option)
    return found


def _by_exonym(entity: Entity, counts: Mapping[str, int], shelf: Shelf, vocabulary: Vocabulary) -> dict[str, Option]:
    """The items that have the English names of what the articles call an entity, whatever they take that for."""
    names = [(known.exonym(name), name) for language, name in _own(entity, counts) if (known := wording.of(language))]
    found: dict[str, Option] = {}
    for exonym, name in names:
        if exonym:
            kind = _KINDS[exonym[1]]
            way: Way = "exonym" if entity.type in {kind, "untyped"} else "other type"
            for one in shelf.candidates(exonym[0], "en"):
                if one.fit in _AS_WRITTEN and may_be(kind, one.item, vocabulary):
                    option = Option(one.item, name, one.name, one.fit, listed=False, way=way)
                    found.setdefault(one.item.qid, option)
    return found


def may_be(kind: MentionType, item: Item, vocabulary: Vocabulary) -> bool:
    """Whether what readers take for a `kind` of thing may be the item, by the classes of both."""
    root = KIND_CLASSES.get(kind)
    if root is None or kind in _NO_ITEMS:
        return False
    if kind == "untyped":
        return True
    wanted = root.value.rpartition("#")[2]
    return any(wanted in vocabulary.above(name) for name in item.classes) or (
        kind == "organization" and item.classes in _BODIES
    )


def _rank(option: Option) -> tuple[int, int]:
    return (_WAYS.index(option.way), FITS.index(option.fit))


def _sought(entity: Entity, counts: Mapping[str, int], shelf: Shelf) -> Iterator[tuple[str, str, Way]]:
    """The names to look up, with the language that has each."""
    own = _own(entity, counts)
    yield from ((language, name, "own") for language, name in own)
    for language, name in own:
        if known := wording.of(language):
            yield from ((other, form, "renamed") for other, form in known.otherwise(name))
    if entity.type in {"place", "untyped"}:
        for language, name in own:
            sounds = known.syllables if (known := wording.of(language)) else ()
            yield from (("en", form, "spelled") for form in syllables.spellings(name, sounds))
    for entry in _entries(entity, counts):
        if entry.type == entity.type and not entry.qid:
            yield from ((language, name, "listed") for language in _QUALIFIED for name in _names(entry, language))
    if entity.type == "organization":
        yield from ((language, name, "qualified") for language, name in _qualified(own, counts, shelf))
    if entity.type == "place" and QID.fullmatch(entity.key) and (item := shelf.item(entity.key)):
        yield from ((language, name, "namesake") for language, name in item.labels if language in _QUALIFIED)


def _qualified(own: Iterable[tuple[str, str]], counts: Mapping[str, int], shelf: Shelf) -> Iterator[tuple[str, str]]:
    """The names with each country that is named beside them, and without one that is a part of them."""
    lands = sorted({clue.partition(" ")[2] for clue in counts if clue.startswith("near ")})
    items = [item for land in lands if (item := shelf.item(land))]
    for language, name in own:
        for item in items if language in _QUALIFIED else ():
            for land in _called(item, language):
                yield from ((language, form.format(name, land)) for form in _QUALIFIED[language])
                if language == _LAST_IN and name.endswith(f" {land}"):
                    yield language, name.removesuffix(f" {land}")


def _called(item: Item, language: str) -> tuple[str, ...]:
    """What a language calls a country, what belongs to it included."""
    entry = gazetteer.find(item.qid)
    listed_names = gazetteer.load(language).names(entry) if entry else ()
    belonging = naming.table("demonyms").get(item.qid, ()) if language == "en" else ()
    return tuple(dict.fromkeys((item.label(language), *listed_names, *belonging)))


def _own(entity: Entity, counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """The names that articles have for an entity; of a person that the gazetteer does not know only those of more words."""
    own = [(language, name) for clue in sorted(counts) for kind, language, name in [_parts(clue)] if kind == "name"]
    if entity.type != "person" or QID.fullmatch(entity.key):
        return own
    return [(language, name) for language, name in own if " " in name or "-" in name]


def _entries(entity: Entity, counts: Mapping[str, int]) -> list[Entry]:
    """What the gazetteer lists for an entity: the entry that it is, else those of its names."""
    if entry := gazetteer.find(entity.key):
        return [entry]
    entries = {entry.key: entry for language, name in _own(entity, counts) for entry in listed.named(language, name)}
    return [entry for _, entry in sorted(entries.items())]


def _names(entry: Entry, language: str) -> tuple[str, ...]:
    names = gazetteer.load(language).names(entry)
    return (*names, entry.english) if language == "en" and entry.english else names


def _parts(clue: str) -> tuple[str, str, str]:
    kind, _, rest = clue.partition(" ")
    first, _, name = rest.partition(" ")
    return kind, first, name
