"""What the graph holds, in the terms of VoID: its size, its classes and properties, where it can be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg import ns
from kg.rdf import iris
from kg.server.statistics import Statistics

VOID = "http://rdfs.org/ns/void#"
DCTERMS = "http://purl.org/dc/terms/"
_FOAF = "http://xmlns.com/foaf/0.1/"
_TITLES = {"en": "News knowledge graph", "vi": "Đồ thị tri thức tin tức"}
_EXAMPLES = 3
_DUMPS = ("nq", "trig")


def triples(origin: str, counted: Statistics | None) -> Iterator[ox.Triple]:
    """The description of the data served at `origin`, with numbers where they are `counted`."""
    page = ox.NamedNode(f"{origin}/.well-known/void")
    data = ox.NamedNode(f"{page.value}#dataset")
    yield ox.Triple(page, ns.rdf_type, _void("DatasetDescription"))
    yield ox.Triple(page, ox.NamedNode(f"{_FOAF}primaryTopic"), data)
    yield ox.Triple(data, ns.rdf_type, _void("Dataset"))
    for language, title in _TITLES.items():
        yield ox.Triple(data, ox.NamedNode(f"{DCTERMS}title"), ox.Literal(title, language=language))
    yield ox.Triple(data, _void("sparqlEndpoint"), ox.NamedNode(f"{origin}/sparql"))
    yield ox.Triple(data, _void("uriSpace"), ox.Literal(f"{iris.BASE}id/"))
    yield ox.Triple(data, _void("vocabulary"), ox.NamedNode(ns.NAMESPACE))
    for name in _DUMPS:
        yield ox.Triple(data, _void("dataDump"), ox.NamedNode(f"{origin}/graph-store?format={name}"))
    if counted:
        yield from _numbers(data, counted)


def _numbers(data: ox.NamedNode, counted: Statistics) -> Iterator[ox.Triple]:
    numbers = {
        "triples": counted.triples,
        "distinctSubjects": counted.subjects,
        "distinctObjects": counted.objects,
        "classes": len(counted.classes),
        "properties": len(counted.properties),
    }
    for name, number in numbers.items():
        yield ox.Triple(data, _void(name), _integer(number))
    for example in counted.top[:_EXAMPLES]:
        yield ox.Triple(data, _void("exampleResource"), ox.NamedNode(example.iri))
    yield from _partitions(data, "class", "entities", counted.classes)
    yield from _partitions(data, "property", "triples", counted.properties)


def _partitions(data: ox.NamedNode, kind: str, counting: str, numbers: Mapping[str, int]) -> Iterator[ox.Triple]:
    """A part of the data for each class or property, with how many it counts."""
    for place, (iri, number) in enumerate(numbers.items(), 1):
        part = ox.NamedNode(f"{data.value}-{kind}-{place}")
        yield ox.Triple(data, _void(f"{kind}Partition"), part)
        yield ox.Triple(part, _void(kind), ox.NamedNode(iri))
        yield ox.Triple(part, _void(counting), _integer(number))


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)


def _integer(number: int) -> ox.Literal:
    return ox.Literal(number)
