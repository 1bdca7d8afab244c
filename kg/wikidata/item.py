"""What a pack says of one Wikidata item."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

QID = re.compile(r"Q[1-9][0-9]{0,17}")
Text = tuple[str, str]
"""A language code and what is said in it: ("vi", "Bình Nhưỡng"); "mul" is for all languages, "und" for one not told."""
DateRole = Literal["born", "died", "begun", "ended", "on"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: Q18808 is labelled "Bình Nhưỡng" in Vietnamese, is a City, lies in the country Q423.

    `classes` are local names of classes of the ontology, `kinds` what the source itself calls it: ids of Wikidata
    classes, or words. `dates` are EDTF. `sitelinks` is None where nobody counted them. `sources` say where the row was
    read; `notes` what was changed of what they say, and why.
    """

    qid: str
    labels: tuple[Text, ...] = ()
    aliases: tuple[Text, ...] = ()
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    descriptions: tuple[Text, ...] = ()
    countries: tuple[str, ...] = ()
    located_in: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    dates: tuple[tuple[DateRole, str], ...] = ()
    sitelinks: int | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number behind the Q."""
        return int(self.qid[1:])

    @property
    def names(self) -> tuple[Text, ...]:
        """Labels, then aliases."""
        return self.labels + self.aliases

    def label(self, language: str) -> str:
        """The label in `language`, or the first there is; the id where there is none."""
        found = dict(self.labels)
        return found.get(language) or found.get("mul") or found.get("en") or (self.names or (("", self.qid),))[0][1]


_FIELDS = tuple(field.name for field in fields(Item) if field.name != "qid")


def encode(item: Item) -> bytes:
    """An item without its id as bytes: its fields in their order, null for what is not known, and none of that at the end."""
    said = [None if (value := getattr(item, name)) == () else value for name in _FIELDS]
    while said and said[-1] is None:
        said.pop()
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def decode(number: int, body: bytes) -> Item:
    """The item that `encode` wrote; a ValueError for other bytes."""
    said = json.loads(body)
    if not isinstance(said, list) or len(said) > len(_FIELDS):
        raise ValueError("no item")
    known = zip(_FIELDS, said, strict=False)
    return Item(f"Q{number}", **{name: _READ[name](value) for name, value in known if value is not None})


def _strings(value: Any) -> tuple[str, ...]:
    if type(value) is not list or any(type(one) is not str for one in value):
        raise ValueError("no item")
    return tuple(value)


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    if type(value) is not list or any(type(one) is not list or len(one) != 2 for one in value):  # noqa: PLR2004 - a pair
        raise ValueError("no item")
    return tuple(map(_strings, value))  # type: ignore[arg-type]  # two in each, as was looked at above


def _point(value: Any) -> tuple[float, float]:
    if type(value) is not list or [type(one) for one in value] != [float, float]:
        raise ValueError("no item")
    return value[0], value[1]


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("no item")
    return value


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_FIELDS, _strings),
    **dict.fromkeys(("labels", "aliases", "descriptions", "dates"), _pairs),
    "coordinates": _point,
    "sitelinks": _number,
}
