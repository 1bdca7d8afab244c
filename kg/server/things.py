"""Every IRI of the graph leads somewhere: to a page for people, to triples for programs."""

from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import rdf
from kg.rdf import iris
from kg.server import answering, negotiation
from kg.server.addresses import path
from kg.server.pool import Pool
from kg.server.protocol import ProtocolError, accepted, read_fields, wanted_format
from kg.server.replies import respond
from kg.store.querying import GRAPHS
from kg.vocabulary import Vocabulary

_ROOT = "/" + iris.BASE.split("/", 3)[3]
_MOST_TRIPLES = 10_000
_SEE_OTHER = 303
_OK = 200
_PAGE = {"html": ("text/html", "application/xhtml+xml")}


def routes() -> list[Route]:
    """The paths of the graph's own IRIs, and /data, where the triples of a thing are."""
    things = Things()
    return [
        Route(f"{_ROOT}ontology", things.ontology, methods=["GET"]),
        Route(f"{_ROOT}{{rest:path}}", things.resolve, methods=["GET"]),
        Route("/data", data, methods=["GET"]),
    ]


class Things:
    """What stands at the paths of the graph's IRIs."""

    def __init__(self) -> None:
        self._ontology: dict[str, bytes] = {}

    async def resolve(self, request: Request) -> Response:
        """Send a client on to the page or the triples of a thing, by what it accepts; a graph is given itself."""
        pool: Pool = request.app.state.pool
        iri = iris.BASE + path(request).removeprefix(_ROOT)
        if not _is_iri(iri):
            return PlainTextResponse("this is no IRI", 400)
        if iri.startswith(f"{iris.BASE}graph/"):
            job = {"task": "graph", "graph": iri, "format": "", "accept": accepted(request)}
            return await answering.respond(request, job)
        wanted = negotiation.choose(accepted(request), {**negotiation.TRIPLES, **_PAGE})
        if wanted is None:
            return PlainTextResponse(f"there are text/html and {', '.join(negotiation.TRIPLES)}", 406)
        found = await pool.answer({"task": "thing", "iri": iri, "format": "none", "accept": "", "triples": 0})
        if found.status != _OK:
            return respond(request, found, {"Vary": "Accept"})
        target = "/show?" if wanted == "html" else "/data?"
        return RedirectResponse(target + urlencode({"iri": iri}), _SEE_OTHER, {"Vary": "Accept"})

    async def ontology(self, request: Request) -> Response:
        """The terms that the graph is written in."""
        name = negotiation.choose(accepted(request), negotiation.TRIPLES) or "ttl"
        form = GRAPHS[name]
        assert isinstance(form, ox.RdfFormat)  # noqa: S101 - all of GRAPHS are
        if name not in self._ontology:
            self._ontology[name] = rdf.ontology_file(Vocabulary.load(), form)
        return Response(self._ontology[name], 200, {"Vary": "Accept"}, negotiation.media_type(name))


async def data(request: Request) -> Response:
    """The triples of the thing that `iri` names."""
    try:
        fields = read_fields(request.scope["query_string"])
        iri = next((value for name, value in fields if name == "iri"), "")
        if not _is_iri(iri):
            return PlainTextResponse("give the absolute IRI of a thing: ?iri=…", 400)
        job = {"iri": iri, "format": wanted_format(fields), "accept": accepted(request), "triples": _MOST_TRIPLES}
    except ProtocolError as error:
        return PlainTextResponse(str(error), error.status)
    pool: Pool = request.app.state.pool
    page = urlencode({"iri": iri})
    headers = {"Vary": "Accept", "Link": f'</show?{page}>; rel="alternate"; type="text/html"'}
    return respond(request, await pool.answer({"task": "thing", **job}), headers)


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
