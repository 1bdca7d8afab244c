"""Tell why an entity is a person, a place, an organization: the reasons of its names, counted."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

from kg import log
from kg.lookup.reader import Reader
from kg.lookup.reasons import Evidence
from kg.model import Entity, Mention, ReasonCode
from kg.rdf import iris
from kg.rdf.context import KIND_CLASSES

_ENTITY = iris.node("entity", "").value
_ORDER = {code: place for place, code in enumerate(get_args(ReasonCode))}


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason that `names` names of an entity have, as `label` says it, with the commonest words and where they tell.

    `words` is empty where the name itself tells.
    """

    code: str
    label: str
    names: int
    words: str
    example: Evidence


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of an entity, which `agreeing` of its `names` have, and why they do.

    `heading` says it in the reader's language.
    """

    type: str
    heading: str
    names: int
    agreeing: int
    grounds: tuple[Ground, ...]


def kind(reader: Reader, records: Path, iri: str) -> Kind | None:
    """Why the entity `iri` has its type, by the record log at `records`; None where that does not tell."""
    entity = _entity(records, iri)
    if entity is None:
        return None
    names = list(_names(records, entity))
    agreeing = [(reasons, place) for kind, reasons, place in names if kind == entity.type]
    texts = _texts()[reader.language]
    grounds = tuple(_grounds(agreeing, texts["codes"]))
    if not grounds:
        return None
    label = reader.term(KIND_CLASSES[entity.type])
    heading = texts["heading"].format(type=label, agreeing=len(agreeing), names=len(names))
    return Kind(entity.type, heading, len(names), len(agreeing), grounds)


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))


def _entity(records: Path, iri: str) -> Entity | None:
    key = unquote(iri.removeprefix(_ENTITY)) if iri.startswith(_ENTITY) else ""
    lines = log.read_lines(records, "entity") if key else ()
    return next((log.restore(line) for line in lines if line["key"] == key), None)


def _names(records: Path, entity: Entity) -> Iterator[tuple[str, Sequence[str], Evidence]]:
    """The type of each name of the entity, its reasons, and where it stands."""
    members = {member for member, key in log.denoted(records).items() if key == entity.key}
    source = ""
    for line in log.read_lines(records, "document", "mention"):
        if line["record"] == "document":
            source = line["source"]
        elif (line["document"], line["chain"]) in members:
            mention: Mention = log.restore(line)
            if mention.form == "name":
                span, article = mention.span, iris.article(mention.document).value
                yield mention.type, mention.reasons, Evidence(source, span.start, span.end, span.text, article)


def _grounds(names: Iterable[tuple[Sequence[str], Evidence]], labels: dict[str, str]) -> Iterator[Ground]:
    """The reasons of most names first; the example is the first name with the commonest words."""
    found: defaultdict[str, dict[Evidence, str]] = defaultdict(dict)
    for reasons, place in names:
        for reason in reasons:
            code, _, words = reason.partition(": ")
            found[code].setdefault(place, words)
    for code in sorted(found, key=lambda code: (-len(found[code]), _ORDER.get(code, len(_ORDER)))):
        places = found[code]
        ((words, _),) = Counter(places.values()).most_common(1)
        example = next(place for place, own in places.items() if own == words)
        yield Ground(code, labels.get(code, code), len(places), _worded(code, words, labels), example)


def _worded(code: str, words: str, labels: dict[str, str]) -> str:
    """What was said elsewhere is a reason itself: "title: ông"."""
    if code != "elsewhere":
        return words
    inner, colon, rest = words.partition(": ")
    return f"{labels.get(inner, inner)}{colon}{rest}"
