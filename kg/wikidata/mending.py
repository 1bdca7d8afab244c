"""Mend rows of tables by rules, where the row itself, or another beside it, shows what is wrong; each says why."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kg import lexicon
from kg.spelling import fold
from kg.wikidata.item import Item

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[A-Z0-9]{3,4}")
_BEHIND = re.compile(r"\s*\([^()]*\)$")
_SITES = frozenset({"airport", "facility"})
_OF_COUNTRY = re.compile(r"(?:EveryPolitician for|parliamentary group,) ([^()]+?)(?: \(|$)")
_JOINT = re.compile(r"[\s–-]+")
_TITLES = "CYRILLIC"  # such names are titles of the Russian Wikipedia; "Hutton, Baron" is none


@dataclass(slots=True)
class Mended:
    """How often each rule changed something, and the rows that were left out, with the reason."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, str] = field(default_factory=dict)


def mend(items: Iterable[Item], mended: Mended) -> list[Item]:
    """The items, mended; rows whose id cannot be the thing's are left out."""
    plain = [_plain(item, mended) for item in items]
    kept = [typed for item in plain if (typed := _typed(item, mended))]
    towns = _towns(kept)
    every = frozenset(name for names in towns.values() for name in names)
    states = frozenset(fold(item.label("en")) for item in kept if "State" in item.classes)
    kept = [
        _usual_name(_own_name(item, every, mended), every | states, mended) if _SITES & {*item.kinds} else item
        for item in kept
    ]
    kept = [_fuller(item, towns, mended) if "Region" in item.classes else item for item in kept]
    lands = _states(kept)
    return [item if item.countries else _of_country(item, lands, mended) for item in kept]


def _plain(item: Item, mended: Mended) -> Item:
    """Without names that nobody writes in an article of our languages: codes, other scripts, what stands in brackets."""
    written = [(language, _as_written(text, item)) for language, text in item.labels]
    mended.counts["names in a catalogue's order"] += written != [*item.labels]
    labels = {(language, text): None for language, text in written if _script(text) == _scripts()[language]}
    strange = [("und", text) for one in written if one not in labels for text in one[1:]]
    mended.counts["labels in letters of another language"] += len(strange)
    names = {text for _, text in labels}
    known = dict(labels)
    for _, text in (*strange, *item.aliases):
        alias = _BEHIND.sub("", text)
        rule = _useless(alias, item)
        if rule or alias in names:
            mended.counts[rule or "repeated names"] += 1
            continue
        names.add(alias)
        known["ko" if _script(alias) == "HANGUL" else "und", alias] = None
    return replace(item, labels=tuple(labels), aliases=tuple(known)[len(labels) :])


def _as_written(text: str, item: Item) -> str:
    """A label as articles write it: without what tells it from others, and not the family name and a comma first."""
    if _script(text) != _TITLES or "Person" not in item.classes:
        return text
    text = _BEHIND.sub("", text) or text
    family, comma, given = text.partition(", ")
    return f"{given} {family}" if comma and "," not in given else text


def _useless(alias: str, item: Item) -> str:
    if _script(alias) not in _scripts().values():
        return "names in other letters"
    if _SITES & {*item.kinds} and _CODE.fullmatch(alias):
        return "codes of airports"
    return ""


def _typed(item: Item, mended: Mended) -> Item | None:
    """The item as what its own names say it is; None where they say that the id is another thing's."""
    for _, text in item.names:
        if tells(text, "division"):
            mended.counts["ids of articles on divisions"] += 1
            mended.left_out[item.qid] = f"{text!r} is the name of an article on how the place is divided"
            return None
    if "territory" in item.kinds and not item.coordinates and not item.countries:
        mended.counts["territories that lie nowhere"] += 1
        return replace(item, classes=(), notes=(*item.notes, "of no class: called a territory, but lies nowhere"))
    if "City" in item.classes:
        telling = next((text for _, text in item.labels if tells(text, "region")), None)
        if telling:
            mended.counts["districts taken for towns"] += 1
            return _only(item, lambda text: tells(text, "region"), "Region", f"a region, as {telling!r} tells: no town")
    if "admin1" in item.kinds:
        strange = [text for _, text in item.aliases if tells(text, "city")]
        if strange:
            mended.counts["names of towns on regions"] += 1
            why = f"{', '.join(map(repr, strange))} taken off: that is the town"
            kept = tuple(alias for alias in item.aliases if alias[1] not in strange)
            return replace(item, aliases=kept, notes=(*item.notes, why))
    return item


def _only(item: Item, fits: Callable[[str], bool], name: str, why: str) -> Item:
    """The item with the names that fit, as a thing of the class `name`."""
    labels = tuple(one for one in item.labels if fits(one[1]))
    aliases = tuple(one for one in item.aliases if fits(one[1]))
    return replace(item, labels=labels, aliases=aliases, classes=(name,), notes=(*item.notes, why))


def _fuller(item: Item, towns: Mapping[tuple[str, ...], frozenset[str]], mended: Mended) -> Item:
    """A region labelled as a town of its country is: labelled by its fuller name, the short one is an alias.

    "Kursk" is the label of the town; the region's is "Kursk Oblast", which is among its aliases.
    """
    shared = [one for one in item.labels if fold(one[1]) in towns.get(item.countries, frozenset())]
    fuller = {
        language: alias
        for language, text in item.labels
        for _, alias in reversed(item.aliases)
        if (words := _words("region").get(language)) and _without(alias, words) == _folded(text) != _folded(alias)
    }
    if not shared or not fuller:
        return item
    mended.counts["regions labelled as their towns"] += 1
    short = tuple(one for one in item.labels if one in shared or one[0] in fuller)
    labels = tuple(sorted({*item.labels} - {*short} | {*fuller.items()}))
    taken = set(fuller.values())
    aliases = (*short, *(one for one in item.aliases if one[1] not in taken))
    why = f"labelled {', '.join(sorted(map(repr, taken)))}: a town of the country has the label {shared[0][1]!r}"
    return replace(item, labels=labels, aliases=aliases, notes=(*item.notes, why))


def _of_country(item: Item, states: Mapping[str, str | None], mended: Mended) -> Item:
    """An item without a country whose description ends with the name of one: "listed in EveryPolitician for UK"."""
    for _, text in item.descriptions:
        named = _OF_COUNTRY.search(text)
        if named and (country := states.get(fold(named[1]))):
            mended.counts["countries told by descriptions"] += 1
            why = f"of the country {country}, as {named[0]!r} tells"
            return replace(item, countries=(country,), notes=(*item.notes, why))
    return item


def _states(items: Iterable[Item]) -> dict[str, str | None]:
    """The states by their folded names; None for a name that two of them have."""
    found: dict[str, str | None] = {}
    for item in items:
        if "State" in item.classes:
            for name in {fold(text) for _, text in item.names}:
                found[name] = None if name in found else item.qid
    return found


def _own_name(item: Item, towns: frozenset[str], mended: Mended) -> Item:
    """An airport without the names of towns: "Ханой" is no name of the airport of Hà Nội."""
    labels = tuple(one for one in item.labels if fold(one[1]) not in towns)
    if not labels or labels == item.labels:
        return item
    mended.counts["names of towns on airports"] += 1
    taken = [text for _, text in item.labels if fold(text) in towns]
    why = f"{', '.join(map(repr, taken))} taken off: that is the town"
    return replace(item, labels=labels, notes=(*item.notes, why))


def _usual_name(item: Item, towns: frozenset[str], mended: Mended) -> Item:
    """An airport also without the town before its name: "Paris-Charles de Gaulle Airport" is the "Charles de Gaulle Airport"."""
    taken = {text for _, text in item.names}
    found: dict[str, None] = {}
    for language, text in item.labels:
        parts = [(text[: one.start()], text[one.end() :]) for one in _JOINT.finditer(text) if language == "en"]
        rest = next((rest for town, rest in reversed(parts) if fold(town) in towns), "")
        if rest[:1].isalpha() and rest not in taken and fold(rest).split()[0] not in _words("airport")["en"]:
            found[rest] = None
    if not found:
        return item
    mended.counts["airports without their towns"] += 1
    return replace(item, aliases=(*item.aliases, *(("en", text) for text in found)))


def _towns(items: Iterable[Item]) -> dict[tuple[str, ...], frozenset[str]]:
    """By country, how towns are labelled, folded."""
    found: dict[tuple[str, ...], set[str]] = {}
    for item in items:
        if "City" in item.classes:
            found.setdefault(item.countries, set()).update(fold(text) for _, text in item.labels)
    return {country: frozenset(names) for country, names in found.items()}


def tells(text: str, kind: str) -> bool:
    """Whether a name says by a word that it is of a `kind`: "region", "city", or "division", which is no place at all."""
    words = f" {_folded(text)} "
    return any(f" {one} " in words for listed in _words(kind).values() for one in listed)


def _without(text: str, words: Iterable[str]) -> str:
    return " ".join(word for word in _folded(text).split() if word not in words)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _script(text: str) -> str:
    """The first word of the Unicode name of the first letter: LATIN, CYRILLIC."""
    return next((unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()), "")


@cache
def _words(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The words that tell a kind, by language, folded."""
    found = lexicon.read_toml(Path(__file__).with_name("mending.toml"))[kind]
    return {language: tuple(map(_folded, words)) for language, words in found.items()}


@cache
def _scripts() -> Mapping[str, str]:
    return dict(lexicon.read_toml(Path(__file__).with_name("mending.toml"))["scripts"])
