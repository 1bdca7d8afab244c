"""Choose the items that an entity may be: by its names, and by what sort of thing it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg import gazetteer
from kg.gazetteer import Entry
from kg.linking import listed, wording
from kg.linking.shelf import Shelf
from kg.model import Entity, MentionType
from kg.rdf.context import KIND_CLASSES
from kg.vocabulary import Vocabulary
from kg.wikidata.item import QID, Item
from kg.wikidata.keys import FITS, Fit

Way = Literal["own", "renamed", "listed", "qualified", "namesake"]
"""How a name came to be looked up: an article has it, or has it with another head noun; the gazetteer has it for a name of the article; an article has it, and
a country beside it ("Liberal Party", in Canada); another name of what the gazetteer takes it for."""
_WAYS: tuple[Way, ...] = ("own", "renamed", "listed", "qualified", "namesake")
_MOST = 40
_NO_ITEMS = frozenset({"group"})
_BODIES = frozenset({("GeopoliticalEntity",), ()})
"""Items of no more exact class, which may be bodies too: the United Nations are among the territories of the tables."""
_QUALIFIED = {"en": "{} of {}", "vi": "{} {}"}


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
    found: dict[str, Option] = {}
    for language, name, way in _sought(entity, counts, shelf):
        for one in shelf.candidates(name, language):
            if way == "listed" and (one.fit not in {"exact", "folded"} or name.isupper()):
                continue  # what only the gazetteer calls it must be the same name, and no initials
            if not (counts.get("untyped") or may_be(entity.type, one.item, vocabulary)):
                continue
            option = Option(one.item, name, one.name, one.fit, one.item.qid == entity.key, way)
            known = found.get(one.item.qid)
            if known is None or _rank(option) < _rank(known):
                found[one.item.qid] = option
    for entry in _entries(entity, counts):
        if entry.qid and entry.type == entity.type and (item := shelf.item(entry.qid)):
            option = Option(item, entry.name, item.label("en"), "exact", entry.key == entity.key, "listed")
            found.setdefault(entry.qid, option)
    ranked = sorted(found.values(), key=lambda one: (*_rank(one), one.item.number))
    return tuple(sorted(ranked[:_MOST], key=lambda one: one.item.number))


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
    for entry in _entries(entity, counts):
        if entry.type == entity.type and not entry.qid:
            yield from ((language, name, "listed") for language in _QUALIFIED for name in _names(entry, language))
    if entity.type == "organization":
        yield from ((language, name, "qualified") for language, name in _qualified(own, counts, shelf))
    if entity.type == "place" and QID.fullmatch(entity.key) and (item := shelf.item(entity.key)):
        yield from ((language, name, "namesake") for language, name in item.labels if language in _QUALIFIED)


def _qualified(own: Iterable[tuple[str, str]], counts: Mapping[str, int], shelf: Shelf) -> Iterator[tuple[str, str]]:
    """The names with each country that is named beside them."""
    lands = sorted({clue.partition(" ")[2] for clue in counts if clue.startswith("near ")})
    items = [item for land in lands if (item := shelf.item(land))]
    for language, name in own:
        if language in _QUALIFIED:
            yield from ((language, _QUALIFIED[language].format(name, item.label(language))) for item in items)


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
