"""Say whether a literal is one of its own datatype, and whether a data range holds it, facets included."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.checkup.ontology.view import OWL, RDF, RDFS, XSD, Term, View

_SIGNED = {"long": 63, "int": 31, "short": 15, "byte": 7}
_UNSIGNED = {"unsignedLong": 64, "unsignedInt": 32, "unsignedShort": 16, "unsignedByte": 8}
# The least and the greatest of each datatype of whole numbers; None where there is none.
_WHOLE: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(2**bits), 2**bits - 1) for name, bits in _SIGNED.items()},
    **{name: (0, 2**bits - 1) for name, bits in _UNSIGNED.items()},
}
_STRINGS = {"string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"}
_TIMES = {"dateTime", "dateTimeStamp"}
_FORMS = {
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    **dict.fromkeys(_WHOLE, re.compile(r"[+-]?\d+")),
    **dict.fromkeys(("double", "float"), re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN")),
    "boolean": re.compile(r"true|false|0|1"),
    "dateTime": re.compile(
        r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-4]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"
    ),
    "dateTimeStamp": re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "hexBinary": re.compile(r"([0-9a-fA-F]{2})*"),
    "anyURI": re.compile(r"\S*"),
}


def well_formed(literal: ox.Literal) -> bool:
    """Whether the text of a literal is one that its datatype has; true of datatypes that are not known here."""
    name = _local(literal.datatype)
    form = _FORMS.get(name)
    if form is None:
        return True
    return bool(form.fullmatch(literal.value)) and (name not in _WHOLE or _within(Decimal(literal.value), name))


def holds(view: View, range_: Term, literal: ox.Literal) -> bool:
    """Whether a datatype or a data range has the literal among its values; true of expressions that are not known here."""
    if isinstance(range_, ox.NamedNode):
        defined = view.objects(range_, f"{OWL}equivalentClass")
        return all(holds(view, one, literal) for one in defined) if defined else _in(range_, literal)
    for listed in view.objects(range_, f"{OWL}unionOf"):
        return any(holds(view, one, literal) for one in view.list_of(listed) or ())
    for listed in view.objects(range_, f"{OWL}intersectionOf"):
        return all(holds(view, one, literal) for one in view.list_of(listed) or ())
    for listed in view.objects(range_, f"{OWL}oneOf"):
        return any(same(one, literal) for one in view.list_of(listed) or ())
    for other in view.objects(range_, f"{OWL}datatypeComplementOf"):
        return not holds(view, other, literal)
    bases = view.objects(range_, f"{OWL}onDatatype")
    facets = [
        facet
        for listed in view.objects(range_, f"{OWL}withRestrictions")
        for node in view.list_of(listed) or ()
        for facet in view.about(node)
    ]
    return all(holds(view, base, literal) for base in bases) and all(_passes(facet, literal) for facet in facets)


def same(one: Term, other: ox.Literal) -> bool:
    """Whether two literals are one value: 1 and 1.0 are, as numbers."""
    if not isinstance(one, ox.Literal) or one.language != other.language:
        return False
    numbers = (_number(one), _number(other))
    if None not in numbers:
        return numbers[0] == numbers[1]
    return one.value == other.value and one.datatype == other.datatype


def _in(datatype: ox.NamedNode, literal: ox.Literal) -> bool:
    wanted, given = _local(datatype), _local(literal.datatype)
    if datatype.value in (f"{RDFS}Literal", f"{RDF}PlainLiteral"):
        return True
    if literal.language:
        return datatype.value == f"{RDF}langString"
    if wanted == "string":
        return given in _STRINGS
    if wanted == "dateTime":
        return given in _TIMES
    if wanted == "decimal" or wanted in _WHOLE:
        number = _number(literal) if given == "decimal" or given in _WHOLE else None
        return number is not None and (wanted == "decimal" or _within(number, wanted))
    return datatype == literal.datatype


def _passes(facet: ox.Triple, literal: ox.Literal) -> bool:
    name, bound = _local(facet.predicate), facet.object
    if not isinstance(bound, ox.Literal):
        return True
    if name == "pattern":
        return bool(re.fullmatch(bound.value, literal.value))
    if name in ("length", "minLength", "maxLength"):
        length, limit = len(literal.value), int(bound.value)
        return {"length": length == limit, "minLength": length >= limit, "maxLength": length <= limit}[name]
    number, limit_ = _number(literal), _number(bound)
    if number is None or limit_ is None:
        return True
    return {
        "minInclusive": number >= limit_,
        "maxInclusive": number <= limit_,
        "minExclusive": number > limit_,
        "maxExclusive": number < limit_,
    }.get(name, True)


def _within(number: Decimal, whole: str) -> bool:
    least, most = _WHOLE[whole]
    return (
        number == number.to_integral_value() and (least is None or number >= least) and (most is None or number <= most)
    )


def _number(literal: ox.Literal) -> Decimal | None:
    if _local(literal.datatype) != "decimal" and _local(literal.datatype) not in _WHOLE:
        return None
    try:
        return Decimal(literal.value)
    except InvalidOperation:
        return None


def _local(datatype: ox.NamedNode) -> str:
    """The name of a datatype of XML Schema; empty for one of anybody else."""
    return datatype.value.removeprefix(XSD) if datatype.value.startswith(XSD) else ""
