"""Which answers the pages of other sites may read: all that read, none that write."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = "GET, HEAD, POST"
_WRITES = "kg.writes"
_DAY = "86400"


def is_write(request: Request) -> None:
    """Note that this request is one that writes, whatever comes of it."""
    request.scope[_WRITES] = True


class ReadableElsewhere:
    """Let scripts of other sites read answers, never with the credentials of whoever looks at their page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if "origin" not in headers:
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(headers)(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and not scope.get(_WRITES):
                answered = MutableHeaders(scope=message)
                answered["Access-Control-Allow-Origin"] = "*"
                answered["Access-Control-Expose-Headers"] = "ETag, Link, Location, Retry-After"
            await send(message)

        await self._app(scope, receive, sending)


def _preflight(headers: Headers) -> PlainTextResponse:
    """What a browser hears that asks beforehand: reading methods, and no Authorization, so that nothing is written."""
    asked = {name.strip().lower() for name in headers.get("access-control-request-headers", "").split(",")}
    if headers["access-control-request-method"] not in _READING.split(", ") or "authorization" in asked:
        return PlainTextResponse("pages of other sites may read here, and not write", 400)
    allowed = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": _READING,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
        "Access-Control-Max-Age": _DAY,
    }
    return PlainTextResponse("OK", 200, allowed)
