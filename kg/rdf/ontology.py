"""Put the ontology beside the data: as a named graph for queries, and as one OWL document for Protégé."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

import pyoxigraph as ox

from kg import ns
from kg.model import content_hash
from kg.rdf import iris
from kg.vocabulary import Vocabulary

_GRAPH = ox.NamedNode(f"{iris.BASE}graph")
_LICENSE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
_TITLE = {"en": "Knowledge graph of news articles", "vi": "Đồ thị tri thức từ các bài báo"}
_DESCRIPTION = {
    "en": "What news articles say, with who says it and where it is written, together with the ontology.",
    "vi": "Nội dung các bài báo, kèm ai nói và viết ở đâu, cùng với bản thể học.",
}
_ROOT = re.compile(rb"<rdf:RDF[^>]*>")
_ATTRIBUTE = re.compile(rb'\s[\w:.-]+="[^"]*"')
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ontology_quads(vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """The ontology's named terms with labels, definitions and hierarchy, in a graph of their own; no blank nodes."""
    graph = iris.ontology_graph()
    for triple in vocabulary.triples:
        if not isinstance(triple.subject, ox.BlankNode) and not isinstance(triple.object, ox.BlankNode):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def ontology_file(vocabulary: Vocabulary, format: ox.RdfFormat) -> bytes:  # noqa: A002 - pyoxigraph's name for it
    """The whole ontology as one document, the same bytes each time."""
    return _serialize(_canonical(vocabulary.triples), vocabulary, format)


def owl_data(quads: Iterable[ox.Quad]) -> frozenset[ox.Triple]:
    """The statements of a graph as its OWL file has them, without header and ontology.

    OWL knows no named graphs: their names are dropped, as evidence is in the triples. An item that an entity was judged to be
    is noted as schema:sameAs too, which people who work with Protégé look for.
    """
    data = {_writable(quad.triple) for quad in quads}
    return frozenset(
        data | {ox.Triple(t.subject, ns.schema_sameAs, t.object) for t in data if t.predicate == ns.skos_exactMatch}
    )


def owl_version(data: Iterable[ox.Triple]) -> str:
    """The version of an OWL file: a hash of its data."""
    return content_hash(sorted(map(str, data)))


def owl_file(quads: Iterable[ox.Quad], vocabulary: Vocabulary, *, limits: Mapping[str, str] | None = None) -> bytes:
    """Ontology and data as one RDF/XML document with a header and no imports, the same bytes each time.

    The header has the version, by which an edited file is compared with what it was made from, and the `limits` that chose
    the quads, where these are only a part of the graph.
    """
    data = owl_data(quads)
    version = owl_version(data)
    [header] = {t.subject for t in vocabulary.triples if t.predicate == ns.rdf_type and t.object == ns.owl_Ontology}
    data = frozenset(triple for triple in data if triple.subject != header)
    terms = (triple for triple in _canonical(vocabulary.triples) if triple.subject != header)
    info = f"{version}?{urlencode(sorted(limits.items()))}" if limits else version
    return _serialize({*_header(version, info), *terms, *data}, vocabulary, ox.RdfFormat.RDF_XML)


def _header(version: str, info: str) -> Iterator[ox.Triple]:
    yield ox.Triple(_GRAPH, ns.rdf_type, ns.owl_Ontology)
    yield ox.Triple(_GRAPH, ns.owl_versionIRI, ox.NamedNode(f"{_GRAPH.value}/{version}"))
    yield ox.Triple(_GRAPH, ns.owl_versionInfo, ox.Literal(info))
    yield ox.Triple(_GRAPH, ns.dcterms_license, _LICENSE)
    for property_, texts in (
        (ns.dcterms_title, _TITLE),
        (ns.rdfs_label, _TITLE),
        (ns.dcterms_description, _DESCRIPTION),
    ):
        for language, text in texts.items():
            yield ox.Triple(_GRAPH, property_, ox.Literal(text, language=language))


def _canonical(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples with blank nodes named by their place in the graph: a parser names them at random."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return (quad.triple for quad in dataset)


def _writable(triple: ox.Triple) -> ox.Triple:
    """The triple as OWL tools keep it whole.

    Characters that XML cannot hold are replaced; the exact words stay in the graph itself. The OWL API writes a decimal
    without a point as an integer, and loses the integer 0 in Manchester syntax: so decimals get the point that a store
    takes away, and offsets the datatype of their property's range.
    """
    value = triple.object
    if not isinstance(value, ox.Literal):
        return triple
    text, datatype = value.value, value.datatype
    if triple.predicate in (ns.start, ns.end, ns.origins):
        datatype = ns.xsd_nonNegativeInteger
    elif datatype == ns.xsd_decimal and "." not in text:
        text += ".0"
    elif value.language:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(_for_xml(text), language=value.language))
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(_for_xml(text), datatype=datatype))


def _for_xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _serialize(triples: Iterable[ox.Triple], vocabulary: Vocabulary, format_: ox.RdfFormat) -> bytes:
    written = ox.serialize(sorted(triples, key=str), format=format_, prefixes=vocabulary.prefixes) or b""
    # The engine declares prefixes in another order each time: as attributes of the first element, or line by line.
    root = _ROOT.search(written)
    if root:
        attributes = b"".join(sorted(_ATTRIBUTE.findall(root[0])))
        return written.replace(root[0], b"<rdf:RDF" + attributes + b">", 1)
    lines = written.splitlines(keepends=True)
    declared = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join([*sorted(declared), *lines[len(declared) :]])
