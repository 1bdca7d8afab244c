"""Facts in Wikidata's own RDF: statements with qualifiers and references, to be loaded beside its dumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import ns
from kg.exporters import Format
from kg.exporters._given import Amount, Day, Reference, Statement, Value, arrangement, statements
from kg.model import content_hash
from kg.rdf import iris

FORMAT = Format(
    "Wikidata RDF: facts as statements with qualifiers and references", ".wikidata.ttl", "text/turtle", ("retrieved",)
)

_PROP = "http://www.wikidata.org/prop/"
_WIKIBASE = "http://wikiba.se/ontology#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DERIVED = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
# The Gregorian calendar, as all recorded answers of the API and the items of the dump name it.
_CALENDAR = ox.NamedNode("http://www.wikidata.org/entity/Q1985727")
_PREFIXES = {
    "wd": "http://www.wikidata.org/entity/",
    "wdt": f"{_PROP}direct/",
    "p": _PROP,
    "ps": f"{_PROP}statement/",
    "psv": f"{_PROP}statement/value/",
    "pq": f"{_PROP}qualifier/",
    "pqv": f"{_PROP}qualifier/value/",
    "pr": f"{_PROP}reference/",
    "prv": f"{_PROP}reference/value/",
    "wikibase": _WIKIBASE,
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": _XSD,
}


def export(graph: Path, out: BinaryIO, *, retrieved: str) -> str:
    """Write the facts of the graph folder `graph` as Wikidata models them; what has no item keeps its own IRI.

    Statements, references and values have IRIs of ours, as none of them is Wikidata's. `wdt:` is written for what an
    article asserts itself and nothing contradicts; the others are there as statements only.
    """
    found = statements(graph)
    triples = sorted({triple for statement in found for triple in _triples(statement, retrieved)}, key=str)
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
    lines = written.splitlines(keepends=True)
    # The engine declares prefixes in another order each time.
    out.writelines([*sorted(lines[: len(_PREFIXES)]), *lines[len(_PREFIXES) :]])
    return f"{len(found)} statements, {sum(one.settled for one in found)} of them also as wdt:"


def _triples(statement: Statement, retrieved: str) -> Iterator[ox.Triple]:
    subject, name = ox.NamedNode(statement.subject), statement.predicate
    node = iris.node("wikidata-statement", content_hash(*statement.order))
    yield ox.Triple(subject, _of("", name), node)
    yield ox.Triple(node, ns.rdf_type, _wikibase("Statement"))
    yield ox.Triple(node, _wikibase("rank"), _wikibase("NormalRank"))
    if statement.settled:
        yield ox.Triple(node, ns.rdf_type, _wikibase("BestRank"))
        yield ox.Triple(subject, _of("direct/", name), _simple(statement.value))
    yield from _valued(node, "statement/", name, statement.value)
    for qualifier, value in statement.qualifiers:
        yield from _valued(node, "qualifier/", qualifier, value)
    for reference in statement.references:
        source = iris.node("wikidata-reference", content_hash("reference", _parts(reference), retrieved))
        yield ox.Triple(node, _DERIVED, source)
        yield from _reference(source, reference, retrieved)


def _reference(node: ox.NamedNode, reference: Reference, retrieved: str) -> Iterator[ox.Triple]:
    names = arrangement().reference
    yield ox.Triple(node, ns.rdf_type, _wikibase("Reference"))
    yield ox.Triple(node, _of("reference/", names["article"]), ox.NamedNode(reference.article))
    words = ox.Literal(reference.words, language=reference.language)
    yield ox.Triple(node, _of("reference/", names["words"]), words)
    if reference.url.startswith(("http://", "https://")):
        yield ox.Triple(node, _of("reference/", names["address"]), _address(reference.url))
    yield from _valued(node, "reference/", names["retrieved"], Day(f"{retrieved}T00:00:00Z", 11))


def _valued(node: ox.NamedNode, part: str, name: str, value: Value) -> Iterator[ox.Triple]:
    """A value in its short form and, of a time or a number, with what belongs to it."""
    yield ox.Triple(node, _of(part, name), _simple(value))
    if isinstance(value, str):
        return
    full = iris.node("wikidata-value", content_hash("value", repr(value)))
    yield ox.Triple(node, _of(f"{part}value/", name), full)
    if isinstance(value, Day):
        yield ox.Triple(full, ns.rdf_type, _wikibase("TimeValue"))
        yield ox.Triple(full, _wikibase("timeValue"), _simple(value))
        yield ox.Triple(full, _wikibase("timePrecision"), _typed(str(value.precision), "integer"))
        yield ox.Triple(full, _wikibase("timeTimezone"), _typed("0", "integer"))
        yield ox.Triple(full, _wikibase("timeCalendarModel"), _CALENDAR)
        return
    yield ox.Triple(full, ns.rdf_type, _wikibase("QuantityValue"))
    yield ox.Triple(full, _wikibase("quantityAmount"), _simple(value))
    for side, bound in (("quantityLowerBound", value.lower), ("quantityUpperBound", value.upper)):
        if bound is not None:
            yield ox.Triple(full, _wikibase(side), _typed(f"{bound:+f}", "decimal"))


def _simple(value: Value) -> ox.NamedNode | ox.Literal:
    if isinstance(value, Day):
        # As in Wikidata's RDF, an unknown month or day is written as the first; the precision tells.
        return _typed(value.iso.replace("-00", "-01"), "dateTime")
    return _typed(f"{value.number:+f}", "decimal") if isinstance(value, Amount) else ox.NamedNode(value)


def _address(url: str) -> ox.NamedNode | ox.Literal:
    try:
        return ox.NamedNode(url)
    except ValueError:
        return _typed(url, "anyURI")


def _parts(reference: Reference) -> tuple[str, ...]:
    return (reference.url, reference.article, reference.words, reference.language)


def _of(part: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_PROP}{part}{name}")


def _wikibase(name: str) -> ox.NamedNode:
    return ox.NamedNode(_WIKIBASE + name)


def _typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + kind))
