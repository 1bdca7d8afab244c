"""An answer that is sent while a worker is still working it out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

from kg.server.workers import Broken, Worker


class GiveBack(Protocol):
    """Whom a worker goes back to; it is fit for another job if its answer is `whole`."""

    def __call__(self, *, whole: bool) -> None:
        """Take it back."""


class Stream:
    """A 200 of a media type, and pieces for which the worker has `seconds` left. Whoever has one closes it."""

    def __init__(self, worker: Worker, media: str, *, seconds: float, give_back: GiveBack) -> None:
        self.media = media
        self._worker = worker
        self._seconds = seconds
        self._give_back = give_back
        self._whole = False

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body piece by piece. Ended or Broken where it cannot be finished, a TimeoutError at the deadline.

        The time that passes between two pieces being asked for is the client's, and not counted.
        """
        loop = asyncio.get_running_loop()
        pieces = self._worker.pieces()
        while True:
            begun = loop.time()
            try:
                async with asyncio.timeout(self._seconds):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                self._whole = True
                return
            except Broken:
                self._whole = True  # the worker is as good as before
                raise
            self._seconds -= loop.time() - begun
            yield piece

    def close(self) -> None:
        """Give the worker back, which is ended where it has not finished."""
        self._give_back(whole=self._whole)
