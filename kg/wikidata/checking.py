"""Draw rows of a pack, and compare what the sources say of each: the pack, other packs, our gazetteer, the row itself."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from kg import gazetteer, resources
from kg.rdf.context import KIND_CLASSES
from kg.spelling import bare
from kg.vocabulary import Vocabulary
from kg.wikidata import keys, mending
from kg.wikidata.item import Item, Text
from kg.wikidata.pack import Pack

Field = Literal["name", "class", "country", "position", "itself"]
_APART_KM = 50.0
_ALONE_KM = 300.0
_NEIGHBOURS = 5
_ALIKE = 0.6
_EARTH_KM = 6371.0
_MOST_PLACES = 200_000
_OURS = "gazetteer"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources differ on a row: "name" of Q1 is said to be `here` in the pack and `there` in the source `by`."""

    qid: str
    label: str
    field: Field
    here: str
    there: str
    by: str


@dataclass(slots=True)
class Result:
    """What came of a check.

    `rows` were drawn `of` all; `sources` tells how many rows name how many sources, `compared` how many of them stand in
    another source too, `placed` whether positions were compared, which is too much for large packs.
    """

    rows: int = 0
    of: int = 0
    placed: bool = True
    sources: dict[int, int] = field(default_factory=dict)
    compared: dict[str, int] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Witness:
    """What another source says of an item; what it does not know is empty."""

    by: str
    names: tuple[Text, ...]
    classes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None


def check(pack: Pack, others: Sequence[Pack] = (), *, rows: int = 200, seed: int = 0, language: str = "en") -> Result:
    """Compare `rows` rows of `pack`, drawn by `seed`, or all if it has fewer.

    Sources need not agree on how much they know: only what contradicts counts. Labels are shown in `language`.
    """
    ids = pack.ids()
    drawn = sorted(random.Random(seed).sample(ids, min(rows, len(ids))), key=lambda qid: int(qid[1:]))  # noqa: S311 - a sample
    vocabulary = Vocabulary.load()
    result = Result(rows=len(drawn), of=len(ids), placed=len(ids) <= _MOST_PLACES)
    places = _places(pack) if result.placed else []
    sources: Counter[int] = Counter()
    compared: Counter[str] = Counter()
    for item in filter(None, map(pack.item, drawn)):
        witnesses = [*_listed(item.qid), *(_witness(other, item.qid) for other in others if other.item(item.qid))]
        sources[len(item.sources)] += 1
        compared.update(witness.by for witness in witnesses)
        found = [
            *(one for witness in witnesses for one in _against(item, witness, vocabulary)),
            *_itself(item),
            *_misplaced(item, places),
        ]
        label = item.label(language)
        result.disagreements += [
            Disagreement(item.qid, label, what, here, there, by) for what, here, there, by in found
        ]
    result.sources, result.compared = dict(sorted(sources.items())), dict(sorted(compared.items()))
    return result


_Found = tuple[Field, str, str, str]


def _listed(qid: str) -> Iterator[Witness]:
    """What our own gazetteers say."""
    for code in resources.languages():
        known = gazetteer.load(code)
        entry = known.by_key.get(qid)
        if entry and (code == "vi" or entry not in gazetteer.load("vi").entries):
            class_ = entry.subtype or KIND_CLASSES[entry.type].value.rpartition("#")[2]
            names = (
                *((code, name) for name in known.names(entry)),
                *((("en", entry.english),) if entry.english else ()),
            )
            country = (entry.country,) if gazetteer.find(entry.country) and entry.country.startswith("Q") else ()
            yield Witness(f"{_OURS} {code}", tuple(names), (class_,), country)


def _witness(pack: Pack, qid: str) -> Witness:
    item = pack.item(qid)
    assert item is not None  # noqa: S101 - whoever calls has asked
    return Witness(pack.path.name, item.names, item.classes, item.countries, item.coordinates)


def _against(item: Item, witness: Witness, vocabulary: Vocabulary) -> Iterator[_Found]:
    person = "Person" in item.classes
    if (
        item.names
        and witness.names
        and not any(
            keys.fit(name, own, language=code, of=of, person=person)
            for code, name in witness.names
            for of, own in item.names
        )
    ):
        yield "name", _shown(item.names), _shown(witness.names), witness.by
    if (
        item.classes
        and witness.classes
        and not any(
            vocabulary.is_subclass(a, b) or vocabulary.is_subclass(b, a) for a in item.classes for b in witness.classes
        )
    ):
        yield "class", ", ".join(item.classes), ", ".join(witness.classes), witness.by
    if item.countries and witness.countries and not {*item.countries} & {*witness.countries}:
        yield "country", ", ".join(item.countries), ", ".join(witness.countries), witness.by
    if item.coordinates and witness.coordinates and _km(item.coordinates, witness.coordinates) > _APART_KM:
        yield "position", str(item.coordinates), str(witness.coordinates), witness.by


def _itself(item: Item) -> Iterator[_Found]:
    """Where the parts of a row contradict each other, which came from several sources."""
    by = ", ".join(item.sources)
    for kind, class_ in (("region", "City"), ("city", "Region")):
        if class_ in item.classes and "district" not in item.kinds:
            yield from (("itself", class_, name, by) for _, name in item.labels if mending.tells(name, kind))
    if "Person" in item.classes:
        labels = dict(item.labels)
        latin, cyrillic = labels.get("en"), labels.get("ru")
        if latin and cyrillic and not _alike_somewhere(latin, cyrillic):
            yield "itself", latin, cyrillic, by


def _alike_somewhere(latin: str, cyrillic: str) -> bool:
    """Whether any word of one name looks like one of the other: names of two people have none in common."""
    ours, theirs = ([bare(word) for word in name.split()] for name in (latin, keys.romanized(cyrillic)))
    return any(SequenceMatcher(None, a, b).ratio() >= _ALIKE for a in ours for b in theirs)


def _misplaced(item: Item, places: Sequence[tuple[tuple[float, float], str, str]]) -> Iterator[_Found]:
    """Whether all that lies around it is said to lie in one other country."""
    if not item.coordinates or not item.countries:
        return
    around = sorted((_km(item.coordinates, point), country) for point, country, qid in places if qid != item.qid)
    near = [country for km, country in around[:_NEIGHBOURS] if km < _ALONE_KM]
    if len(near) == _NEIGHBOURS and len({*near}) == 1 and near[0] not in item.countries:
        yield "country", ", ".join(item.countries), near[0], "what lies around it"


def _places(pack: Pack) -> list[tuple[tuple[float, float], str, str]]:
    return [
        (item.coordinates, item.countries[0], item.qid) for item in pack.items() if item.coordinates and item.countries
    ]


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    across = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(across))


def _shown(names: Sequence[Text]) -> str:
    return ", ".join(dict.fromkeys(name for _, name in names[:3]))
