"""Say how an item suits what articles say of an entity, as numbers that weights add up.

Each feature is a number between -1 and 1 that says how much of what articles say speaks for or against an item.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg import gazetteer, lexicon
from kg.linking import places
from kg.linking.candidates import Option
from kg.linking.shelf import Shelf
from kg.linking.wording import described
from kg.model import Entity
from kg.wikidata.item import QID, Item

NAMES = (
    *("any", "folded", "unmarked", "abbreviation", "transliteration", "alias"),
    *("renamed", "qualified", "namesake", "exonym", "spelled", "other type"),
    *("listed", "listed otherwise", "prior", "early", "foremost", "state", "capital", "site"),
    *("kind", "other kind", "told apart", "of a state", "scene", "other scene"),
    *(
        "attached",
        "attached elsewhere",
        "within",
        "outside",
        "near",
        "far",
        "elsewhere",
        "close",
        "sibling",
        "along",
        "own town",
    ),
    *("facility", "located", "team", "embedded", "untyped"),
    *(
        "person",
        "person prior",
        "person early",
        "office",
        "private",
        "topic",
        "other topic",
        "no topic",
        "person near",
        "person elsewhere",
        "namesakes",
        "born",
    ),
    *("organization", "organization elsewhere", "unplaced"),
)
_SITELINKS = 2.5
_NAMED = 12
_DIGITS = 7.0
_CAPITAL = re.compile(r"capital of (?!an admin)")
_OF_NOBODY = frozenset({"Person", "Ward"})
_OF_PLACE = ("attached", "near", "far", "close", "sibling", "along")
"""What no longer speaks for an item once the words say that it lies where the item does not."""
_SORTS = frozenset({"State", "Region", "City"})
_GROWN, _OLD, _APART = 15, 110, 2
_TOLD_APART = frozenset({"State", "Region", "City", "NaturalFeature", "Site", "GeopoliticalEntity"})


def measure(
    entity: Entity, option: Option, options: Iterable[Option], counts: Mapping[str, int], shelf: Shelf
) -> dict[str, float]:
    """The features of an option that are not 0, by name."""
    item = option.item
    person = entity.type == "person"
    named = max(1, sum(n for clue, n in counts.items() if clue.startswith("type ")))
    said = {
        "any": 1.0,
        option.fit: float(option.fit != "exact"),
        "alias": float(option.name not in {label for _, label in item.labels}),
        "renamed": float(option.way == "renamed"),
        "qualified": float(option.way == "qualified"),
        "namesake": float(option.way == "namesake"),
        "spelled": float(option.way == "spelled"),
        "exonym": float(option.way == "exonym"),
        "other type": float(option.way == "other type"),
        "listed": float(option.listed),
        "listed otherwise": float(bool(QID.fullmatch(entity.key)) and not option.listed),
        "prior": prior(item),
        "early": early(item),
        "state": float("State" in item.classes),
        "foremost": foremost(option, options),
        "capital": float(any(_CAPITAL.match(text) for _, text in item.descriptions)),
        "facility": float(entity.type == "facility"),
        "site": float("Site" in item.classes and entity.type == "place"),
        "untyped": float(bool(counts.get("untyped")) or entity.type == "untyped"),
        "embedded": counts.get("embedded", 0) / named,
        "located": counts.get("located", 0) / named if not person else 0.0,
        "organization": float(entity.type == "organization"),
        **_kinds(item, counts),
        **_scenes(item, counts),
        **_lands(item, counts, entity.type),
        **_places(item, counts, shelf, located=counts.get("located", 0) / named),
    }
    if said.get("outside") == 1:
        said |= dict.fromkeys(_OF_PLACE, 0.0)
    if person:
        rivals = sum(1 for other in options if other.fit == option.fit) - 1
        said |= {"person prior": said.pop("prior"), "person early": said.pop("early")}
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


def early(item: Item) -> float:
    """How early the item was made: what everybody knows got the low numbers, whatever the tables know of it."""
    return max(0.0, 1 - math.log10(item.number) / _DIGITS)


def foremost(option: Option, options: Iterable[Option]) -> float:
    """How much earlier the item was made than any other of its sort that fits as well; 0 where it is not the earliest."""
    sort = _TOLD_APART.intersection(option.item.classes)
    numbers = [
        other.item.number
        for other in options
        if other.item.qid != option.item.qid
        and other.fit == option.fit
        and sort == _TOLD_APART.intersection(other.item.classes)
    ]
    return max(0.0, min(1.0, math.log10(min(numbers) / option.item.number))) if numbers else 0.0


def _kinds(item: Item, counts: Mapping[str, int]) -> dict[str, float]:
    """Whether the words around the name call it what the item is."""
    told = {clue.partition(" ")[2]: n for clue, n in counts.items() if clue.startswith("kind ")}
    if "Person" in item.classes:
        told.pop("Person", None)
    if not _TOLD_APART.intersection(item.classes):
        told = {kind: n for kind, n in told.items() if _called()[kind].get("apart") and item.classes}
    total = sum(told.values())
    if not total:
        return {}
    right = sum(n for kind, n in told.items() if _is_called(item, kind))
    apart = sum(n for kind, n in told.items() if _called()[kind].get("apart") and not _is_called(item, kind))
    # "Tàu Trung Quốc": a noun beside a state's name says whose a thing is; no person is anybody's.
    mild = "State" in item.classes and not _OF_NOBODY.intersection(told)
    return {
        "kind": right / total,
        "other kind": (total - right - apart) / total,
        "of a state" if mild else "told apart": apart / total,
    }


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
    if set(item.classes).isdisjoint(known["classes"]) or not set(item.kinds).isdisjoint(known.get("not_called", ())):
        return False
    described = known.get("described")
    return described is None or any(words in text for _, text in item.descriptions for words in described)


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
    total = attached.total()
    state = "State" in item.classes
    apart = bool(total) and not fits
    beside = bool(own & near) and not apart
    elsewhere = float(bool(near | far) and not own & (near | far))
    told = {
        "attached": fits / total if total else 0.0,
        "attached elsewhere": 1 - fits / total if total and not state else 0.0,
        "person near" if kind == "person" else "near": float(beside and not state),
        "far": float(bool(own & far) and not own & near and not apart and not state),
        f"{kind} elsewhere" if kind in {"person", "organization"} else "elsewhere": elsewhere if not state else 0.0,
    }
    if kind == "organization":
        told["unplaced"] = float(not fits and not own & (near | far))
    return told


def _places(item: Item, counts: Mapping[str, int], shelf: Shelf, *, located: float) -> dict[str, float]:
    """How near the item lies to places that the same sentences name, and whether these are of its sort."""
    beside = [other for clue in counts if clue.startswith("beside ") and (other := shelf.item(clue.partition(" ")[2]))]
    smaller = [other for other in beside if "State" not in other.classes]
    sort = _SORTS.intersection(item.classes)
    alike = [other for other in beside if sort.intersection(other.classes)]
    if "State" not in item.classes:
        alike = [other for other in alike if set(other.countries) & set(item.countries)]
    along = [other for clue in counts if clue.startswith("along ") and (other := shelf.item(clue.partition(" ")[2]))]
    mates = [other for other in along if sort.intersection(other.classes)]
    if "State" not in item.classes:
        mates = [other for other in mates if set(other.countries) & set(item.countries)]
    towns = [other for other in beside if "City" in other.classes and item.qid in other.countries]
    team = bool({"City", "Region"}.intersection(item.classes)) and bool(counts.get("topic sport"))
    return {
        "close": places.closeness(item, smaller),
        "sibling": float(bool(alike)),
        "along": float(bool(mates)),
        "own town": float("State" in item.classes and bool(towns)),
        "team": float(team) * (1 - located),
        **_inside(item, counts, shelf),
    }


def _inside(item: Item, counts: Mapping[str, int], shelf: Shelf) -> dict[str, float]:
    """Whether the item may lie in the regions in which the words say that it lies."""
    if not {"City", "Site", "Region"}.intersection(item.classes):
        return {}
    said = Counter({clue.partition(" ")[2]: n for clue, n in counts.items() if clue.startswith("inside ")})
    fits = 0
    for regions, n in said.items():
        items = (shelf.item(qid) for qid in regions.split("|") if qid != item.qid)
        fits += n * any(region and places.may_contain(region, item, shelf) for region in items)
    total = said.total()
    return {"within": fits / total, "outside": 1 - fits / total} if total else {}


def _topics(item: Item, counts: Mapping[str, int], *, known: bool) -> dict[str, float]:
    """Whether the articles are about what the item is known for; of what everybody knows they need not be."""
    topics = frozenset(topic for language, text in item.descriptions if language == "en" for topic in described(text))
    told = {clue.partition(" ")[2] for clue in counts if clue.startswith("topic ")}
    return {
        "topic": float(bool(topics & told)),
        "other topic": float(bool(topics and told) and not topics & told and not known),
        "no topic": float(bool(topics) and not told and not known),
    }


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
