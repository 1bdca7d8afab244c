"""What the service says of itself: a service description, as statements about the endpoint under the address asked."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg import ns, sparql
from kg.server import negotiation
from kg.server.access import Access
from kg.server.addresses import asked
from kg.store.querying import GRAPHS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nq": "N-Quads",
}
_SENT = ("ttl", "nt", "rdf", "jsonld")
_TITLES = {"en": "News knowledge graph", "vi": "Đồ thị tri thức tin tức"}
_COMMENTS = {
    "en": "Without FROM the default graph is the union of all graphs. SERVICE and LOAD are not accepted.",
    "vi": "Khi không có FROM, đồ thị mặc định là hợp của mọi đồ thị. Không nhận SERVICE và LOAD.",
}
_PREFIXES = {"sd": _SD, "formats": _FORMATS, "rdfs": sparql.PREFIXES["rdfs"], "void": "http://rdfs.org/ns/void#"}


def routes() -> list[Route]:
    """The addresses of what is said of the service."""
    return []


def answer(request: Request) -> Response:
    """The service description, in the format that is liked best."""
    access: Access = request.app.state.access
    endpoint = asked(request)
    return written(request, _triples(endpoint, writable=access.offered), endpoint)


def written(request: Request, triples: Iterator[ox.Triple], base: str) -> Response:
    """Triples in the format that is liked best; 406 where none is."""
    name = negotiation.choose(", ".join(request.headers.getlist("accept")), negotiation.TRIPLES)
    if name is None:
        return PlainTextResponse(f"this is written as one of {', '.join(negotiation.TRIPLES)}", 406)
    form = GRAPHS[name]
    assert isinstance(form, ox.RdfFormat)  # noqa: S101 - all of GRAPHS are
    try:
        body = ox.serialize(list(triples), format=form, prefixes=_PREFIXES) or b""
    except ValueError:
        return PlainTextResponse(f"{base!r} is no address: the Host header is wrong", 400)
    return Response(body, 200, {"Vary": "Accept"}, negotiation.media_type(name))


def _triples(endpoint: str, *, writable: bool) -> Iterator[ox.Triple]:
    service, data, union = (ox.NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "union"))
    yield _triple(service, ns.rdf_type, _sd("Service"))
    for language, title in _TITLES.items():
        yield _triple(service, ns.rdfs_label, ox.Literal(title, language=language))
    for language, comment in _COMMENTS.items():
        yield _triple(service, ox.NamedNode(f"{_PREFIXES['rdfs']}comment"), ox.Literal(comment, language=language))
    yield _triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    for language in ("SPARQL10Query", "SPARQL11Query", *(["SPARQL11Update"] if writable else [])):
        yield _triple(service, _sd("supportedLanguage"), _sd(language))
    yield _triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    if writable:
        yield _triple(service, _sd("feature"), _sd("EmptyGraphs"))
    for name in (*negotiation.ROWS, *negotiation.TRIPLES):
        yield _triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + _NAMES[name]))
    for name in _SENT if writable else ():
        yield _triple(service, _sd("inputFormat"), ox.NamedNode(_FORMATS + _NAMES[name]))
    yield _triple(service, _sd("defaultDataset"), data)
    yield _triple(data, ns.rdf_type, _sd("Dataset"))
    yield _triple(data, _sd("defaultGraph"), union)
    yield _triple(union, ns.rdf_type, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _triple(subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, predicate, value)
