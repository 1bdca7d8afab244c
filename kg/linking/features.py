"""Say how an item suits what articles say of an entity, as numbers that weights add up.

Each feature is a number between -1 and 1 that says how much of what articles say speaks for or against an item.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg import gazetteer, lexicon
from kg.linking.candidates import Option
from kg.linking.shelf import Shelf
from kg.linking.wording import described
from kg.model import Entity
from kg.wikidata.item import QID, Item

NAMES = (
    *("any", "folded", "unmarked", "abbreviation", "transliteration", "alias", "renamed", "qualified", "namesake"),
    *("listed", "listed otherwise", "prior", "state", "capital", "site"),
    *(
        "kind",
        "other kind",
        "scene",
        "other scene",
        "attached",
        "attached elsewhere",
        "near",
        "far",
        "elsewhere",
        "close",
        "sibling",
        "team",
    ),
    *(
        "person",
        "office",
        "private",
        "topic",
        "other topic",
        "person elsewhere",
        "organization",
        "organization elsewhere",
        "namesakes",
        "untyped",
        "embedded",
        "born",
    ),
)
_SITELINKS = 2.5
_NAMED = 12
_EARTH_KM, _NEAR_KM = 6371.0, 250.0
_SORTS = frozenset({"State", "Region", "City"})
_GROWN, _OLD, _APART = 15, 110, 2
_TOLD_APART = frozenset({"State", "Region", "City", "NaturalFeature", "Site"})


def measure(
    entity: Entity, option: Option, options: Iterable[Option], counts: Mapping[str, int], shelf: Shelf
) -> dict[str, float]:
    """The features of an option that are not 0, by name."""
    item = option.item
    person = entity.type == "person"
    said = {
        "any": 1.0,
        option.fit: float(option.fit != "exact"),
        "alias": float(option.name not in {label for _, label in item.labels}),
        "renamed": float(option.way == "renamed"),
        "qualified": float(option.way == "qualified"),
        "namesake": float(option.way == "namesake"),
        "listed": float(option.listed),
        "listed otherwise": float(bool(QID.fullmatch(entity.key)) and not option.listed),
        "prior": prior(item),
        "state": float("State" in item.classes),
        "capital": float(any("capital" in text for _, text in item.descriptions)),
        "site": float("Site" in item.classes and entity.type == "place"),
        "untyped": float(bool(counts.get("untyped")) or entity.type == "untyped"),
        "embedded": counts.get("embedded", 0)
        / max(1, sum(n for clue, n in counts.items() if clue.startswith("type "))),
        "organization": float(entity.type == "organization"),
        **_kinds(item, counts),
        **_scenes(item, counts),
        **_lands(item, counts, entity.type),
        **_places(item, counts, shelf),
    }
    if person:
        rivals = sum(1 for other in options if other.fit == option.fit) - 1
        said |= {"person": 1.0, "namesakes": min(1.0, rivals / 3), "born": _born(item, counts)}
        said |= {name: float(bool(counts.get(name))) for name in ("office", "private")}
    if person or entity.type == "organization":
        said |= _topics(item, counts, known=gazetteer.find(entity.key) is not None)
    return {name: value for name, value in said.items() if value and name in _KNOWN}


_KNOWN = frozenset(NAMES)


def prior(item: Item) -> float:
    """How well known an item is: by its sitelinks, or where nobody counted them by how many sources and languages name it."""
    if item.sitelinks is not None:
        return min(1.0, math.log10(1 + item.sitelinks) / _SITELINKS)
    return min(1.0, (len(item.labels) + len(item.sources) + min(4, len(item.aliases))) / _NAMED)


def _kinds(item: Item, counts: Mapping[str, int]) -> dict[str, float]:
    """Whether the words around the name call it what the item is."""
    told = {clue.partition(" ")[2]: n for clue, n in counts.items() if clue.startswith("kind ")}
    if not _TOLD_APART.intersection(item.classes):
        told = {kind: n for kind, n in told.items() if _called()[kind].get("apart") and item.classes}
    total = sum(told.values())
    if not total:
        return {}
    right = sum(n for kind, n in told.items() if _is_called(item, kind))
    return {"kind": right / total, "other kind": 1 - right / total}


def _scenes(item: Item, counts: Mapping[str, int]) -> dict[str, float]:
    """Whether what is told around the name is what happens in such a place."""
    told = {clue.partition(" ")[2]: n for clue, n in counts.items() if clue.startswith("scene ")}
    own = next((kind for kind in ("State", "City", "Region") if kind in item.classes), None)
    if own is None or not told:
        return {}
    if "district" in item.kinds:
        own = "City"
    share = told.get(own, 0) / sum(told.values())
    return {"scene": share, "other scene": float(own not in told)}


def _is_called(item: Item, kind: str) -> bool:
    known = _called()[kind]
    if not set(item.kinds).isdisjoint(known.get("called", ())):
        return True
    return not set(item.classes).isdisjoint(known["classes"]) and set(item.kinds).isdisjoint(
        known.get("not_called", ())
    )


@cache
def _called() -> dict[str, dict[str, Any]]:
    return lexicon.read_toml(Path(__file__).with_name("kinds.toml"))


def _lands(item: Item, counts: Mapping[str, int], kind: str) -> dict[str, float]:
    """Whether the item lies in, or belongs to, the countries that the articles speak of."""
    own = frozenset({item.qid} if "State" in item.classes else (item.qid, *item.countries))
    if "State" not in item.classes and not item.countries:
        return {}
    attached = Counter({clue.partition(" ")[2]: n for clue, n in counts.items() if clue.startswith("attached ")})
    fits = sum(n for lands, n in attached.items() if own.intersection(lands.split("|")))
    near, far = (
        {clue.partition(" ")[2] for clue in counts if clue.startswith(f"{label} ")} for label in ("near", "far")
    )
    elsewhere = float(bool(near | far) and not own & (near | far))
    total = attached.total()
    return {
        "attached": fits / total if total else 0.0,
        "attached elsewhere": 1 - fits / total if total and "State" not in item.classes else 0.0,
        "near": float(bool(own & near)) if "State" not in item.classes else 0.0,
        "far": float(bool(own & far) and not own & near) if "State" not in item.classes else 0.0,
        f"{kind} elsewhere" if kind in {"person", "organization"} else "elsewhere": elsewhere
        if "State" not in item.classes
        else 0.0,
    }


def _places(item: Item, counts: Mapping[str, int], shelf: Shelf) -> dict[str, float]:
    """How near the item lies to places that the same sentences name, and whether these are of its sort."""
    beside = [other for clue in counts if clue.startswith("beside ") and (other := shelf.item(clue.partition(" ")[2]))]
    smaller = [other.coordinates for other in beside if other.coordinates and "State" not in other.classes]
    near = [math.exp(-distance(item.coordinates, there) / _NEAR_KM) for there in smaller if item.coordinates]
    sort = _SORTS.intersection(item.classes)
    alike = [other for other in beside if sort.intersection(other.classes)]
    if "State" not in item.classes:
        alike = [other for other in alike if set(other.countries) & set(item.countries)]
    city = "City" in item.classes and bool(counts.get("topic sport"))
    return {"close": max(near, default=0.0), "sibling": float(bool(alike)), "team": float(city)}


def distance(one: tuple[float, float] | None, other: tuple[float, float]) -> float:
    """The kilometres between two points on a globe; endless from nowhere."""
    if one is None:
        return math.inf
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _topics(item: Item, counts: Mapping[str, int], *, known: bool) -> dict[str, float]:
    """Whether the articles are about what the item is known for; of what everybody knows they need not be."""
    topics = frozenset(topic for language, text in item.descriptions if language == "en" for topic in described(text))
    told = {clue.partition(" ")[2] for clue in counts if clue.startswith("topic ")}
    return {"topic": float(bool(topics & told)), "other topic": float(bool(topics) and not topics & told and not known)}


def _born(item: Item, counts: Mapping[str, int]) -> float:
    """-1 where the ages or the days of the articles exclude that the person was born when the item was, 1 where they tell it."""
    born = next((int(day[:4]) for role, day in item.dates if role == "born" and day[:4].isdigit()), None)
    years = [int(clue.partition(" ")[2]) for clue in counts if clue.startswith("year ")]
    ages = [int(clue.partition(" ")[2]) for clue in counts if clue.startswith("age ")]
    if born is None or not years:
        return 0.0
    if any(not _GROWN <= year - born <= _OLD for year in years):
        return -1.0
    if not ages:
        return 0.0
    return 1.0 if any(abs(year - age - born) < _APART for year in years for age in ages) else -1.0
