"""Bound what connections may cost: how many there are, and how long and how large the head of a request may be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.server.answering import ABORT

_LARGEST_HEAD = 256 * 1024  # a query in an address, with three letters for each of its bytes
_MOST_DROPPED = 1024 * 1024  # of a body: some clients read an answer only when they have sent everything


class Connections:
    """The connections that are open, oldest first. For one too many the oldest that no request is on is closed."""

    def __init__(self, *, most: int, seconds: float) -> None:
        self.seconds = seconds
        self._most = most
        self._open: dict[asyncio.BaseProtocol, Callable[[], bool]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def protocol(self) -> Callable[..., asyncio.Protocol]:
        """What uvicorn is to make for each connection."""

        def make(*args: Any, **kwargs: Any) -> asyncio.Protocol:
            return _Bounded(self, *args, **kwargs)

        return make

    def enter(self, connection: _Bounded) -> bool:
        """Take a connection in, if there is room or room can be made."""
        if len(self._open) >= self._most:
            idle = next((one for one, busy in self._open.items() if not busy()), None)
            if idle is None:
                return False
            del self._open[idle]
            idle.transport.abort()  # type: ignore[attr-defined]  # one of ours
        self._open[connection] = connection.busy
        return True

    def leave(self, connection: _Bounded) -> None:
        """Forget a connection."""
        self._open.pop(connection, None)


class _Bounded(HttpToolsProtocol):
    """uvicorn's protocol with bounds for the head of each request; those of the body are in `observing` and `protocol`."""

    def __init__(self, connections: Connections, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bounds = connections
        self._deadline: asyncio.TimerHandle | None = None
        self._in_body = False
        self._unasked = 0  # bytes of a head, or of a body whose request was answered before all of it had come
        inner = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope[ABORT] = self.transport.abort
            await inner(scope, receive, send)

        self.app = app

    def busy(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See asyncio.Protocol."""
        super().connection_made(transport)
        if not self._bounds.enter(self):
            transport.abort()
            return
        self._deadline = self.loop.call_later(self._bounds.seconds, self._expire)

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        if self._deadline is None and not self.busy():  # the first bytes of another request
            self._deadline = self.loop.call_later(self._bounds.seconds, self._expire)
        super().data_received(data)
        if self.busy():
            self._unasked = 0
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None
            return
        self._unasked += len(data)
        most = _MOST_DROPPED if self._in_body else _LARGEST_HEAD
        if self._unasked > most and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large, or its body goes on behind the answer.")

    def on_headers_complete(self) -> None:
        """See httptools."""
        self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """See httptools."""
        self._in_body = False
        if not self.busy():  # answered before all of it had come
            self._unasked = 0
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        super().connection_lost(exc)
        self._bounds.leave(self)
        if self._deadline is not None:
            self._deadline.cancel()

    def _expire(self) -> None:
        self._deadline = None
        if not self.busy():
            self.transport.abort()
