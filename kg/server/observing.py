"""What is done for every request: note who asks, count and log the answer, bound the time that its body takes to come."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import hashlib
import ipaddress
import json
import logging
import sys
import time
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server import pool
from kg.server.metrics import Metrics

BROKEN, QUERY = "kg.broken", "kg.query"
"""Where the scope of a request has why its answer could not be finished, and the query that was asked."""
LOG = logging.getLogger("kg.server.requests")
PATIENCE = "kg.patience"
"""Where the scope of a request says how long its body may take to come, if that is longer than usual."""

_NETWORK = 64  # bits of an IPv6 address that are one client's
_KNOWN = ("sparql", "search", "show", "reconcile", "static", "graph-store", "id", "healthz", "readyz", "metrics")


class _TooLate(Exception):
    """The body of the request did not come in time."""


class Observing:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, seconds: float, queries: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._seconds = seconds
        self._queries = queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        pool.client.set(whose(scope.get("client")))
        sent = {"status": 0, "bytes": 0}
        ended = False

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
            else:
                sent["bytes"] += len(message.get("body", b""))
            await send(message)

        async def receiving() -> Message:
            nonlocal ended
            if ended:
                return await receive()
            try:
                seconds = scope.get(PATIENCE, self._seconds)
                async with asyncio.timeout(max(begun + seconds - time.perf_counter(), 0)):
                    message = await receive()
            except TimeoutError as error:
                raise _TooLate from error
            ended = not message.get("more_body", False)
            return message

        try:
            await self._app(scope, receiving, sending)
        except _TooLate:
            if not sent["status"]:
                late = PlainTextResponse("the request did not come in time", 408, {"Connection": "close"})
                await late(scope, receive, sending)
        finally:
            self._note(scope, sent, time.perf_counter() - begun)

    def _note(self, scope: Scope, sent: dict[str, int], seconds: float) -> None:
        route = scope["path"].strip("/").partition("/")[0]
        route = route if route in _KNOWN else "page" if not route else "other"
        self._metrics.count("kg_requests_total", route=route, status=str(sent["status"]))
        self._metrics.count("kg_response_bytes_total", sent["bytes"], route=route)
        self._metrics.took(seconds, route=route)
        if LOG.isEnabledFor(logging.INFO):
            LOG.info("request", extra={"values": self._values(scope, sent, seconds)})

    def _values(self, scope: Scope, sent: dict[str, int], seconds: float) -> dict[str, Any]:
        """What is logged: of a query only its hash, unless its text is asked for; never a header."""
        values: dict[str, Any] = {
            "method": scope["method"],
            "path": scope["path"],
            "status": sent["status"],
            "bytes": sent["bytes"],
            "ms": round(seconds * 1000, 2),
            "client": pool.client.get(),
        }
        if broken := scope.get(BROKEN):
            values["broken"] = broken
        if query := scope.get(QUERY):
            values["asked"] = hashlib.sha256(query.encode()).hexdigest()[:12]
            if self._queries:
                values["query"] = query
        return values


class Lines(logging.Formatter):
    """Log records as JSON, one a line."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname.lower(), "event": record.getMessage()}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps({**line, **getattr(record, "values", {})}, ensure_ascii=False)


def log_lines(*, requests: bool) -> None:
    """Write what the server and uvicorn have to say to standard error, as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name in ("kg.server", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO if requests else logging.WARNING)


@functools.lru_cache(maxsize=1024)
def whose(address: tuple[str, int] | None) -> str:
    """The client behind an address: of IPv6 the network, of which one client has all addresses."""
    host = address[0] if address else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(found, ipaddress.IPv6Address) and not found.ipv4_mapped:
        return str(ipaddress.ip_network((found, _NETWORK), strict=False))
    return host
