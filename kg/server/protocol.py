"""The SPARQL protocol: from an HTTP request to a job, and from a reply to an HTTP response."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.server import answering, cors, description, negotiation
from kg.server.access import Access, Denied
from kg.server.addresses import asked
from kg.server.replies import respond
from kg.server.writing import Writer
from kg.settings import Settings

_MOST_BODY = 512 * 1024
_MOST_FIELDS = 1000
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_UTF8 = ("", "utf-8", "utf8", "us-ascii")
_OF_QUERIES = ("default-graph-uri", "named-graph-uri")
_OF_UPDATES = ("using-graph-uri", "using-named-graph-uri")
Fields = Sequence[tuple[str, str]]


class ProtocolError(Exception):
    """The request is not one that can be answered: reply with `status` and the message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def endpoint(request: Request) -> Response:
    """Answer one request to /sparql."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
    try:
        fields, posted = await _sent(request)
        if request.method != "POST" and not fields:
            return description.answer(request)
        if any(name == "update" or name in _OF_UPDATES for name, _ in fields):
            return await _update(request, fields, posted=posted)
        return await answering.respond(request, _query(request, fields))
    except ProtocolError as error:
        return PlainTextResponse(str(error), error.status)
    except Denied as error:
        cors.is_write(request)
        return PlainTextResponse(str(error), error.status, headers=error.headers)


async def _update(request: Request, fields: Fields, *, posted: bool) -> Response:
    cors.is_write(request)
    access: Access = request.app.state.access
    access.check(request)
    if not posted:
        raise ProtocolError(400, "send an update by POST, in the body")
    if any(name == "query" or name in _OF_QUERIES for name, _ in fields):
        raise ProtocolError(400, "a request is a query or an update, not both")
    writer: Writer = request.app.state.writer
    job = {
        "task": "update",
        "update": _only(fields, "update"),
        "base": asked(request),
        "using": [value for name, value in fields if name == _OF_UPDATES[0]],
        "using_named": [value for name, value in fields if name == _OF_UPDATES[1]],
    }
    return respond(request, await writer.submit(job), {"Vary": "Accept"})


def _query(request: Request, fields: Fields) -> dict[str, Any]:
    return {
        "task": "query",
        "query": _only(fields, "query"),
        "format": wanted_format(fields),
        "accept": accepted(request),
        "base": asked(request),
        "default": [value for name, value in fields if name == _OF_QUERIES[0]],
        "named": [value for name, value in fields if name == _OF_QUERIES[1]],
    }


def _only(fields: Fields, wanted: str) -> str:
    found = [value for name, value in fields if name == wanted]
    if len(found) != 1:
        raise ProtocolError(400, f"give exactly one {wanted}")
    return found[0]


def wanted_format(fields: Fields) -> str:
    """The format that a `format` parameter names; empty where there is none. A ProtocolError for an unknown one."""
    wanted = next((value for name, value in fields if name == "format"), "")
    form = negotiation.named(wanted) if wanted else ""
    if form is None:
        known = ", ".join([*negotiation.ROWS, *negotiation.TRIPLES])
        raise ProtocolError(406, f"there is no such format; there are {known}")
    return form


def accepted(request: Request) -> str:
    """What the client accepts, in one line."""
    return ", ".join(request.headers.getlist("accept"))


async def _sent(request: Request) -> tuple[Fields, bool]:
    """The parameters of the request, those of its address and those in its body, and whether it is an update by POST."""
    fields = read_fields(request.scope["query_string"])
    if request.method != "POST":
        return fields, False
    media, charset = content_type(request)
    if media not in (_FORM, _QUERY, _UPDATE) or charset not in _UTF8:
        raise ProtocolError(415, f"post a query as {_QUERY} or {_FORM}, in UTF-8, an update as {_UPDATE}")
    access: Access = request.app.state.access
    if media == _UPDATE:
        access.check(request)
    settings: Settings = request.app.state.settings
    writes = access.offered and "authorization" in request.headers
    body = await read_body(request, settings.update_bytes if writes else _MOST_BODY)
    if media == _FORM:
        sent = read_fields(body)
        return [*fields, *sent], any(name == "update" for name, _ in sent)
    name = "query" if media == _QUERY else "update"
    try:
        return [*fields, (name, body.decode())], media == _UPDATE
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the {name} is not UTF-8") from error


def content_type(request: Request) -> tuple[str, str]:
    """The media type of what was sent, and its charset; empty where none is given."""
    media, _, rest = request.headers.get("content-type", "").partition(";")
    charset = rest.lower().replace('"', "").partition("charset=")[2].partition(";")[0].strip()
    return media.strip().lower(), charset


async def read_body(request: Request, most: int = _MOST_BODY) -> bytes:
    """The body of a request; a ProtocolError if it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise ProtocolError(413, f"the request has more than {most} bytes")
    return bytes(body)


def read_fields(encoded: bytes) -> list[tuple[str, str]]:
    """The parameters of an address or a form, in their order; a ProtocolError if they cannot be read."""
    try:
        text = encoded.decode()
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ProtocolError(400, "the parameters cannot be read: they must be UTF-8, percent-encoded") from error
