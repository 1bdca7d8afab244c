"""Tell whether two triples say the same although tools spell them differently."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

import pyoxigraph as ox

from kg import ns

Likeness: TypeAlias = tuple[Hashable, ...]
_XSD = ns.xsd_string.value.removesuffix("string")
_NUMBERS = frozenset(
    {
        *("decimal", "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    }
)
_REALS = frozenset({"double", "float"})
_TRUE = frozenset({"true", "1"})


def likeness(triple: ox.Triple) -> Likeness:
    """What is equal for triples that say the same: numbers by value, language tags and line ends without their spelling."""
    return (triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject),
            triple.predicate.value, term(triple.object))  # fmt: skip


def term(value: object) -> Hashable:
    """The likeness of one term."""
    if not isinstance(value, ox.Literal):
        return str(value)
    text = value.value.replace("\r\n", "\n").replace("\r", "\n")
    if value.language:
        return ("text", text, value.language.lower())
    name = value.datatype.value.removeprefix(_XSD)
    try:
        if name in _NUMBERS:
            return ("number", Decimal(text.strip()))
        if name in _REALS:
            return ("real", float(text))
    except (InvalidOperation, ValueError):
        return ("literal", text, name)
    if name == "boolean":
        return ("boolean", text.strip() in _TRUE)
    if name == "dateTime":
        return ("time", text.strip().removesuffix("+00:00").removesuffix("Z"))
    return ("text", text, "") if name == "string" else ("literal", text, name)


def indexed(triples: Iterable[ox.Triple]) -> dict[Likeness, ox.Triple]:
    """The triples by their likeness; of several that say the same the first in order stands."""
    found: dict[Likeness, ox.Triple] = {}
    for triple in triples:
        key = likeness(triple)
        if key not in found or str(triple) < str(found[key]):
            found[key] = triple
    return found
