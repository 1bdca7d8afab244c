"""The SPARQL protocol: from an HTTP request to a job, and from a reply to an HTTP response."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.server import answering, negotiation
from kg.server.pool import Reply

DESCRIPTION = Path(__file__).parent / "service.ttl"
_MOST_BODY = 512 * 1024
_MOST_FIELDS = 1000
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_UTF8 = ("", "utf-8", "utf8", "us-ascii")


class ProtocolError(Exception):
    """The request is not one that can be answered: reply with `status` and the message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def endpoint(request: Request) -> Response:
    """Answer one request to /sparql."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
    if request.method in ("GET", "HEAD") and not request.scope["query_string"]:
        return _respond(request, Reply(200, "text/turtle; charset=utf-8", DESCRIPTION.read_bytes()))
    try:
        job = await _job(request)
    except ProtocolError as error:
        return PlainTextResponse(str(error), error.status)
    return await answering.respond(request, job)


def _respond(request: Request, reply: Reply) -> Response:
    headers = {"Vary": "Accept"}
    if reply.retry is not None:
        headers["Retry-After"] = str(reply.retry)
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(reply.body))
        return Response(status_code=reply.status, headers=headers, media_type=reply.media)
    return Response(reply.body, reply.status, headers, reply.media)


async def _job(request: Request) -> dict[str, Any]:
    fields = read_fields(request.scope["query_string"])
    if request.method == "POST":
        fields = await _posted(request, fields)
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise ProtocolError(403, "this endpoint is read-only: updates are not accepted")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, "give exactly one query")
    wanted = next((value for name, value in fields if name == "format"), "")
    form = negotiation.named(wanted) if wanted else ""
    if form is None:
        known = ", ".join([*negotiation.ROWS, *negotiation.TRIPLES])
        raise ProtocolError(406, f"there is no such format; there are {known}")
    return {
        "task": "query",
        "query": queries[0],
        "format": form,
        "accept": ", ".join(request.headers.getlist("accept")),
        "base": str(request.url.replace(query="", fragment="")),
        "default": [value for name, value in fields if name == "default-graph-uri"],
        "named": [value for name, value in fields if name == "named-graph-uri"],
    }


async def _posted(request: Request, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of a POST: of the form in its body, or its body as the query beside those of its address."""
    media, _, rest = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    charset = rest.lower().replace('"', "").partition("charset=")[2].partition(";")[0].strip()
    if media == _UPDATE:
        raise ProtocolError(403, "this endpoint is read-only: updates are not accepted")
    if media not in (_FORM, _QUERY) or charset not in _UTF8:
        raise ProtocolError(415, f"post a query as {_QUERY} or {_FORM}, in UTF-8")
    body = await read_body(request)
    if media == _FORM:
        return [*fields, *read_fields(body)]
    try:
        return [*fields, ("query", body.decode())]
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the query is not UTF-8") from error


async def read_body(request: Request) -> bytes:
    """The body of a request; a ProtocolError if it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BODY:
            raise ProtocolError(413, f"the request has more than {_MOST_BODY} bytes")
    return bytes(body)


def read_fields(encoded: bytes) -> list[tuple[str, str]]:
    """The parameters of an address or a form, in their order; a ProtocolError if they cannot be read."""
    try:
        text = encoded.decode()
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ProtocolError(400, "the parameters cannot be read: they must be UTF-8, percent-encoded") from error
