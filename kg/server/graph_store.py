"""The Graph Store protocol: graphs are read, put, added to and removed by their IRI, or at an address of their own."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.server import answering, cors, parsing
from kg.server.access import Access, Denied
from kg.server.addresses import asked
from kg.server.observing import PATIENCE
from kg.server.protocol import ProtocolError, accepted, content_type, read_fields, wanted_format
from kg.server.replies import Reply, respond
from kg.server.uploads import Parser, Rejected, keep
from kg.server.writing import Writer
from kg.settings import Settings

PATH = "/graph-store"
_READING = ("GET", "HEAD")
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_REFUSED = ("PATCH",)
_UTF8 = ("", "utf-8", "utf8", "us-ascii")
_DEFAULT = "default"
_CREATED = 201
_VARY = {"Vary": "Accept"}


def routes() -> list[Route]:
    """The addresses of the protocol: the store itself, and graphs named by the address below it."""
    return [Route(path, endpoint, methods=[*_METHODS, *_REFUSED]) for path in (PATH, f"{PATH}/{{rest:path}}")]


async def endpoint(request: Request) -> Response:
    """Answer one request for a graph, or for all of them."""
    allow = {"Allow": ", ".join(_METHODS)}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**allow, "Accept-Post": ", ".join(parsing.FORMATS)})
    if request.method not in _READING:
        cors.is_write(request)
    try:
        if request.method in _READING:
            return await _read(request)
        access: Access = request.app.state.access
        access.check(request)
        if request.method in _REFUSED:
            return PlainTextResponse("PATCH is not offered: send an update to /sparql", 405, headers=allow)
        return await _write(request)
    except (ProtocolError, Rejected) as error:
        return PlainTextResponse(str(error), error.status)
    except Denied as error:
        return PlainTextResponse(str(error), error.status, headers=error.headers)


async def _read(request: Request) -> Response:
    fields = read_fields(request.scope["query_string"])
    graph = _named(request)
    job = {
        "task": "graph",
        "graph": graph or "",
        "format": wanted_format(fields),
        "accept": accepted(request),
    }
    return await answering.respond(request, job)


async def _write(request: Request) -> Response:
    graph = _named(request)
    made = graph is None and request.method == "POST"
    if made:
        graph = _iri(f"{asked(request).rstrip('/')}/{uuid.uuid4()}")
    if graph is None:
        raise ProtocolError(400, "name the graph: ?graph=IRI, ?default, or an address below /graph-store")
    writer: Writer = request.app.state.writer
    job = {"task": request.method.lower(), "graph": "" if graph == _DEFAULT else graph}
    if request.method == "DELETE":
        return respond(request, await writer.submit(job), _VARY)
    media, charset = content_type(request)
    if media not in (*parsing.FORMATS, parsing.MULTIPART) or charset not in _UTF8:
        offered = ", ".join([*parsing.FORMATS, parsing.MULTIPART])
        raise ProtocolError(415, f"send a graph as one of {offered}, in UTF-8")
    reply = await _submit(request, job, base=asked(request) if graph == _DEFAULT else graph)
    return respond(request, reply, {**_VARY, "Location": graph} if made and reply.status == _CREATED else _VARY)


async def _submit(request: Request, job: dict[str, Any], base: str) -> Reply:
    """Have the document in the body read, and what it says carried out."""
    settings: Settings = request.app.state.settings
    parser: Parser = request.app.state.parser
    writer: Writer = request.app.state.writer
    request.scope[PATIENCE] = settings.upload_seconds
    file = Path(request.app.state.spool) / uuid.uuid4().hex
    try:
        await keep(request.stream(), file, settings.graph_bytes)
        triples = await parser.triples(file, request.headers["content-type"], base)
        return await writer.submit({**job, "file": str(triples), "parsed": triples != file})
    finally:
        for left in (file, file.with_suffix(".nt")):
            left.unlink(missing_ok=True)


def _named(request: Request) -> str | None:
    """The graph that a request is about: an IRI, or `default`; None where it is about the store as a whole."""
    fields = [(name, value) for name, value in read_fields(request.scope["query_string"]) if name != "format"]
    if request.path_params.get("rest"):
        if fields:
            raise ProtocolError(400, "name the graph by its address or by a parameter, not by both")
        return _iri(asked(request))
    if not fields:
        return None
    if len(fields) > 1 or fields[0][0] not in ("graph", _DEFAULT) or (fields[0][0] == _DEFAULT and fields[0][1]):
        raise ProtocolError(400, "name one graph: ?graph=IRI or ?default")
    name, value = fields[0]
    return _DEFAULT if name == _DEFAULT else _iri(value)


def _iri(text: str) -> str:
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise ProtocolError(400, "the graph must be named by an absolute IRI") from error
