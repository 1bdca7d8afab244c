"""What the service says of itself: its abilities, its data, its interface, each under the address that was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg import ns, sparql
from kg.errors import StoreError
from kg.server import negotiation, openapi, void
from kg.server.access import Access
from kg.server.addresses import asked, origin
from kg.server.pool import Pool
from kg.server.statistics import Statistics
from kg.settings import Settings
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
_PREFIXES = {
    "sd": _SD,
    "formats": _FORMATS,
    "rdfs": sparql.PREFIXES["rdfs"],
    "void": void.VOID,
    "dcterms": void.DCTERMS,
}
_COMMENT, _SEE_ALSO = (ox.NamedNode(f"{sparql.PREFIXES['rdfs']}{name}") for name in ("comment", "seeAlso"))
_AGAIN = "5"


def routes() -> list[Route]:
    """The addresses of what is said of the service."""
    return [
        Route("/.well-known/void", dataset, methods=["GET"]),
        Route("/openapi.json", interface, methods=["GET"]),
    ]


def answer(request: Request) -> Response:
    """The service description, in the format that is liked best."""
    if strange := _strange(request):
        return strange
    access: Access = request.app.state.access
    endpoint = asked(request)
    pool: Pool = request.app.state.pool
    seen = _triple(ox.NamedNode(f"{endpoint}#dataset"), _SEE_ALSO, _void(request))
    told = [*_triples(endpoint, writable=access.offered), *_counted(endpoint, pool.statistics), seen]
    return _written(request, told)


async def dataset(request: Request) -> Response:
    """What is in the graph, in the terms of VoID; the numbers are those of the newest snapshot, if they are counted."""
    if strange := _strange(request):
        return strange
    pool: Pool = request.app.state.pool
    settings: Settings = request.app.state.settings
    try:
        async with asyncio.timeout(settings.query_seconds):
            counted = await pool.prepared()
    except StoreError as error:
        return PlainTextResponse(str(error), 500)
    except TimeoutError:
        message = "the graph is being counted; ask again soon"
        return PlainTextResponse(message, 503, headers={"Retry-After": _AGAIN})
    return _written(request, void.triples(origin(request), counted))


async def interface(request: Request) -> Response:
    """The OpenAPI document of the service."""
    access: Access = request.app.state.access
    return JSONResponse(openapi.document(origin(request), writable=access.offered))


def _written(request: Request, triples: Iterable[ox.Triple]) -> Response:
    """Triples in the format that is liked best; 406 where none is."""
    name = negotiation.choose(", ".join(request.headers.getlist("accept")), negotiation.TRIPLES)
    if name is None:
        return PlainTextResponse(f"this is written as one of {', '.join(negotiation.TRIPLES)}", 406)
    form = GRAPHS[name]
    assert isinstance(form, ox.RdfFormat)  # noqa: S101 - all of GRAPHS are
    body = ox.serialize(triples, format=form, prefixes=_PREFIXES) or b""
    return Response(body, 200, {"Vary": "Accept"}, negotiation.media_type(name))


def _triples(endpoint: str, *, writable: bool) -> Iterator[ox.Triple]:
    service, data, union = (ox.NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "union"))
    yield _triple(service, ns.rdf_type, _sd("Service"))
    for language, title in _TITLES.items():
        yield _triple(service, ns.rdfs_label, ox.Literal(title, language=language))
    for language, comment in _COMMENTS.items():
        yield _triple(service, _COMMENT, ox.Literal(comment, language=language))
    yield _triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    for language in ("SPARQL10Query", "SPARQL11Query", *(["SPARQL11Update"] if writable else [])):
        yield _triple(service, _sd("supportedLanguage"), _sd(language))
    yield _triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield _triple(service, _sd("propertyFeature"), ns.search)
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


def _strange(request: Request) -> Response | None:
    """A refusal where the client calls this server by what is no name; nothing can be said of such an address."""
    try:
        ox.NamedNode(asked(request))
    except ValueError:
        return PlainTextResponse("the Host header is no name of a host", 400)
    return None


def _counted(endpoint: str, counted: Statistics | None) -> Iterator[ox.Triple]:
    """How many triples the default graph has, where they are counted."""
    if counted:
        number = ox.Literal(counted.triples)
        yield _triple(ox.NamedNode(f"{endpoint}#union"), ox.NamedNode(f"{void.VOID}triples"), number)


def _void(request: Request) -> ox.NamedNode:
    return ox.NamedNode(f"{origin(request)}/.well-known/void")


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _triple(subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, predicate, value)
