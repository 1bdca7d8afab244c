"""Whose turn it is: a lane lets a number of requests in at once, and no client takes the whole of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator


class Full(Exception):
    """Too many wait already: answer 503, and let the client come back."""


class TooMany(Exception):
    """This client has asked too much at once: answer 429."""


class Lane:
    """`places` requests are let in at once, at most half of them (rounded up) of one client; the others wait.

    Clients take turns, whoever asked first among them; at most `queue` requests wait, and `share` is what one client may
    have in the lane and in its queue together.
    """

    def __init__(self, *, places: int, queue: int, share: int) -> None:
        self._free = places
        self._most = (places + 1) // 2
        self._queue = queue
        self._share = share
        self._inside: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def inside(self) -> int:
        """How many requests are let in now."""
        return self._inside.total()

    @property
    def waiting(self) -> int:
        """How many requests wait now."""
        return sum(map(len, self._waiting.values()))

    @contextlib.asynccontextmanager
    async def turn(self, client: str, *, patience: float) -> AsyncIterator[None]:
        """Wait for a place and hold it. Full or TooMany at once, a TimeoutError after `patience` seconds."""
        await self.enter(client, patience=patience)
        try:
            yield
        finally:
            self.leave(client)

    async def enter(self, client: str, *, patience: float) -> None:
        """Wait for a place, which `leave` gives back."""
        mine = self._waiting.get(client, ())
        if self._inside[client] + len(mine) >= self._share:
            raise TooMany
        if self._free and self._inside[client] < self._most:
            self._admit(client)
            return
        if self.waiting >= self._queue:
            raise Full
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(place)
        try:
            async with asyncio.timeout(patience):
                await place
        except BaseException:
            if place.done() and not place.cancelled():
                self.leave(client)  # the place came at the very moment when the wait ended
            else:
                self._forget(client, place)
            raise

    def leave(self, client: str) -> None:
        """Give a place back."""
        self._free += 1
        self._inside[client] -= 1
        if not self._inside[client]:
            del self._inside[client]
        self._call()

    def _admit(self, client: str) -> None:
        self._free -= 1
        self._inside[client] += 1

    def _call(self) -> None:
        """Let in who may come; a client that was called goes behind the others."""
        for client in list(self._waiting):
            if not self._free:
                return
            places = self._waiting[client]
            while places and places[0].cancelled():  # its owner has not run since
                places.popleft()
            if places and self._inside[client] < self._most:
                place = places.popleft()
                self._waiting.move_to_end(client)
                self._admit(client)
                place.set_result(None)
            if not places:
                del self._waiting[client]

    def _forget(self, client: str, place: asyncio.Future[None]) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._waiting[client].remove(place)
            if not self._waiting[client]:
                del self._waiting[client]
