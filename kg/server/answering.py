"""From a job to an HTTP answer: out of the cache, not at all where the client has it, whole, or as it is worked out."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

import kg
from kg.errors import StoreError
from kg.server import replies
from kg.server.cache import Cache
from kg.server.metrics import Metrics
from kg.server.observing import BROKEN, QUERY
from kg.server.pool import Pool
from kg.server.replies import Reply
from kg.server.streams import Stream
from kg.server.workers import Broken, Ended
from kg.settings import Settings

ABORT = "kg.abort"
"""Where the scope of a request has what breaks its connection at once."""

_CHANGING = re.compile(r"(?:RAND|NOW|UUID|BNODE)(?:\s|#[^\r\n]*[\r\n])*\(", re.IGNORECASE)
_WATCHED = 0.05  # seconds after which we look whether the client is still there
_OK, _SAME, _GONE = 200, 304, 499


async def respond(request: Request, job: dict[str, Any], *, vary: str = "Accept") -> Response:
    """The answer to `job`, whose `query` is the text that was asked; other jobs are never taken from the cache.

    A long answer begins before it ends. Where it cannot be finished the connection breaks, so that nobody takes the
    beginning for the whole.
    """
    pool: Pool = request.app.state.pool
    settings: Settings = request.app.state.settings
    text = request.scope[QUERY] = job.get("query", "")
    if len(text.encode()) > settings.query_bytes:
        return PlainTextResponse(f"the query has more than {settings.query_bytes} bytes", 413)
    try:
        await pool.refresh()
    except StoreError as error:
        return PlainTextResponse(str(error), 500)
    tag = _tag(pool, job) if text and not _CHANGING.search(text) else ""
    headers = {"Vary": vary, "Cache-Control": "no-cache"}
    cache: Cache = request.app.state.cache
    if tag:
        headers["ETag"] = tag
        if tag in request.headers.get("if-none-match", ""):
            pool.metrics.count("kg_cache_total", found="same")
            return Response(status_code=_SAME, headers=headers)
        kept = cache.get(tag)
        pool.metrics.count("kg_cache_total", found="hit" if kept else "miss")
        if kept:
            return replies.respond(request, kept, headers)
    if found := pool.at_once(job):
        if tag:
            cache.put(tag, found)
        return replies.respond(request, found, headers)
    return await _worked_out(request, job, tag, headers)


async def _worked_out(request: Request, job: dict[str, Any], tag: str, headers: dict[str, str]) -> Response:
    pool: Pool = request.app.state.pool
    cache: Cache = request.app.state.cache
    before = pool.generation
    at_once = request.method == "HEAD" or request.scope["http_version"] == "1.0"  # which has no chunks
    try:
        async with _unless_gone(request.receive, pool.metrics):
            found = await (pool.answer(job) if at_once else pool.begin(job, looked=True))
    except _Gone:
        return Response(status_code=_GONE)
    if pool.generation != before:  # the tag is that of the snapshot before
        headers.pop("ETag", None)
        tag = ""
    if isinstance(found, Stream):
        return _Flowing(found, headers, request, tag)
    if found.status != _OK:
        return replies.respond(request, found, {"Vary": headers["Vary"], "Cache-Control": "no-store"})
    if tag:
        cache.put(tag, found)
    return replies.respond(request, found, headers)


def _tag(pool: Pool, job: Mapping[str, Any]) -> str:
    asked = json.dumps([kg.__version__, pool.snapshot, job], sort_keys=True)
    return f'W/"{hashlib.blake2b(asked.encode(), digest_size=12).hexdigest()}"'


class _Gone(Exception):
    """Nobody waits for the answer any more."""


@contextlib.asynccontextmanager
async def _unless_gone(receive: Receive, metrics: Metrics) -> AsyncIterator[None]:
    """Give the work in the block up when the client goes."""
    task = asyncio.current_task()
    assert task is not None, "in a coroutine"  # noqa: S101 - for the type checker
    watching: list[asyncio.Task[None]] = []
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await receive())["type"] != "http.disconnect":
            pass
        gone = True
        task.cancel()

    timer = asyncio.get_running_loop().call_later(_WATCHED, lambda: watching.append(asyncio.create_task(watch())))
    try:
        yield
    except asyncio.CancelledError:
        if not gone or task.uncancel():
            raise
        metrics.count("kg_refusals_total", why="gone")
        raise _Gone from None
    finally:
        timer.cancel()
        for watcher in watching:
            watcher.cancel()


class _Flowing(Response):
    """An answer that is sent while it is worked out."""

    def __init__(self, stream: Stream, headers: Mapping[str, str], request: Request, tag: str) -> None:
        super().__init__(headers=dict(headers), media_type=stream.media)
        del self.headers["content-length"]
        self._stream = stream
        self._settings: Settings = request.app.state.settings
        self._cache: Cache = request.app.state.cache
        self._metrics = request.app.state.pool.metrics
        self._tag = tag
        self._begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all of it, or break the connection."""
        try:
            async with _unless_gone(receive, self._metrics):
                await self._flow(send)
        except _Gone:
            scope[BROKEN] = "the client has gone"
        except (Ended, Broken, TimeoutError, OSError) as error:
            if not self._begun:
                await _too_late(error)(scope, receive, send)
                return
            self._metrics.count("kg_refusals_total", why="write" if isinstance(error, _TooSlow) else "broken")
            scope[BROKEN] = str(error) or type(error).__name__
            abort = scope.get(ABORT)
            if abort:
                abort()
                await asyncio.sleep(0)  # so that the server sees it before it looks for the end of the answer
                await asyncio.sleep(0)
        finally:
            self._stream.close()

    async def _flow(self, send: Send) -> None:
        loop = asyncio.get_running_loop()
        patience = self._settings.write_seconds
        kept: bytearray | None = bytearray() if self._tag else None
        async for piece in self._stream.pieces():
            started = loop.time()
            try:
                async with asyncio.timeout(patience):
                    if not self._begun:
                        self._begun = True
                        await send({"type": "http.response.start", "status": _OK, "headers": self.raw_headers})
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            except TimeoutError as error:
                raise _TooSlow from error
            patience -= loop.time() - started
            if kept is not None:
                kept += piece
                if len(kept) > self._cache.most:
                    kept = None
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        if kept is not None:
            self._cache.put(self._tag, Reply(_OK, self._stream.media, bytes(kept)))


def _too_late(error: Exception) -> Response:
    """The answer where the work ended before its first piece."""
    why = str(error) or "the query takes too long, or more memory than it may use; ask for less"
    return PlainTextResponse(why, 503, {"Retry-After": "1", "Cache-Control": "no-store"})


class _TooSlow(TimeoutError):
    """The client takes its answer too slowly."""
