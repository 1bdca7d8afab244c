"""Read an item as Wikidata writes it in JSON, in its dumps and in what its API answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from kg.wikidata.item import QID, DateRole, Item, Text

ALL_LANGUAGES = "mul"
"""The code of labels that serve in every language: Wikidata no longer repeats them in each."""
INSTANCE_OF, SUBCLASS_OF = "P31", "P279"
COUNTRIES = ("P17", "P27")
LOCATED_IN, PART_OF, COORDINATES = "P131", "P361", "P625"
DATES: Final[Mapping[DateRole, tuple[str, ...]]] = {
    "born": ("P569",),
    "died": ("P570",),
    "begun": ("P571", "P580"),
    "ended": ("P576", "P582"),
    "on": ("P585",),
}
_ENDED = "P582"
_EARTH = "http://www.wikidata.org/entity/Q2"
_JULIAN = "http://www.wikidata.org/entity/Q1985786"
_TIME = re.compile(r"([+-])(\d{4})-(\d\d)-(\d\d)T")
_DAY, _MONTH, _YEAR, _DECADE, _CENTURY = 11, 10, 9, 8, 7
_LONGEST = 250
_MOST_NAMES = 100
_MOST_VALUES = 20
_DEGREES = 5


def item(
    entity: Mapping[str, Any], *, languages: Collection[str], classes: tuple[str, ...], sources: tuple[str, ...]
) -> Item:
    """The item of an entity in JSON; a ValueError says that it is not as Wikidata writes them."""
    try:
        if not QID.fullmatch(entity["id"]):
            raise ValueError(f"no id of an item: {entity['id']!r}")
        spoken = {*languages, ALL_LANGUAGES}
        claims = _mapping(entity.get("claims"))
        labels = tuple(_texts(_mapping(entity.get("labels")), spoken))
        listed = {code: values for code, values in _mapping(entity.get("aliases")).items() if code in spoken}
        aliases = (one for code in sorted(listed) for value in listed[code] for one in _texts({code: value}, spoken))
        known = set(labels)
        return Item(
            qid=entity["id"],
            labels=labels,
            aliases=tuple(dict.fromkeys(one for one in aliases if one not in known))[:_MOST_NAMES],
            classes=classes,
            kinds=ids(claims, INSTANCE_OF),
            descriptions=tuple(_texts(_mapping(entity.get("descriptions")), spoken)),
            countries=tuple(dict.fromkeys(qid for name in COUNTRIES for qid in ids(claims, name))),
            located_in=ids(claims, LOCATED_IN),
            part_of=ids(claims, PART_OF),
            coordinates=_coordinates(claims),
            dates=tuple(_dates(claims)),
            sitelinks=len(_mapping(entity["sitelinks"])) if "sitelinks" in entity else None,
            sources=sources,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not as Wikidata writes an item: {error!r}") from error


def ids(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The items that the statements of the property `name` hold, without what has ended."""
    found = (value["id"] for value in _values(claims, name) if isinstance(value.get("id"), str))
    return tuple(dict.fromkeys(qid for qid in found if QID.fullmatch(qid)))[:_MOST_VALUES]


def clean(text: str) -> str:
    """A name as packs keep it: NFC, no control characters, single spaces; empty if it is too long for a name."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(c for c in composed if c.isprintable() or c.isspace())
    words = " ".join(composed.split())
    return words if len(words) <= _LONGEST else ""


def _texts(found: Mapping[str, Any], spoken: Collection[str]) -> Iterator[Text]:
    for code in sorted(spoken & found.keys()):
        if text := clean(found[code]["value"]):
            yield code, text


def _mapping(value: Any) -> Mapping[str, Any]:
    """An object of JSON; older dumps write an empty one as an empty list."""
    if value is None or value == []:
        return {}
    if not isinstance(value, dict):
        raise TypeError(f"no object: {type(value).__name__}")
    return value


def _values(claims: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The values of the statements of best rank that hold one."""
    if name not in claims:
        return []
    ranked: dict[str, list[Mapping[str, Any]]] = {"preferred": [], "normal": [], "deprecated": []}
    for statement in claims.get(name, ()):
        snak = statement["mainsnak"]
        ended = _ENDED in _mapping(statement.get("qualifiers"))
        if snak["snaktype"] == "value" and not ended:
            ranked[statement.get("rank", "normal")].append(snak["datavalue"]["value"])
    return ranked["preferred"] or ranked["normal"]


def _coordinates(claims: Mapping[str, Any]) -> tuple[float, float] | None:
    for value in _values(claims, COORDINATES):
        # An item elsewhere has other coordinates: craters of the Moon have names that towns have.
        if value.get("globe", _EARTH) == _EARTH:
            return round(float(value["latitude"]), _DEGREES), round(float(value["longitude"]), _DEGREES)
    return None


def _dates(claims: Mapping[str, Any]) -> Iterator[tuple[DateRole, str]]:
    for role, properties in DATES.items():
        found = (edtf(value) for name in properties for value in _values(claims, name))
        yield from ((role, date) for date in _first(found))


def _first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(date for date in found if date)[:1]


def edtf(value: Mapping[str, Any]) -> str:
    """A point in time of Wikidata in EDTF, as exact as it is; empty where it is vaguer than a century."""
    match = _TIME.match(value["time"])
    precision = value["precision"]
    if not match or precision < _CENTURY:
        return ""
    sign, year, month, day = match.groups()
    year = ("-" if sign == "-" else "") + year
    if precision == _CENTURY:
        return year[:-2] + "XX"
    if precision == _DECADE:
        return year[:-1] + "X"
    # Days are counted in the calendar that the value names: those of the Julian one are other days in ours.
    if precision == _YEAR or value.get("calendarmodel") == _JULIAN or month == "00":
        return year
    return f"{year}-{month}" if precision == _MONTH or day == "00" else f"{year}-{month}-{day}"
