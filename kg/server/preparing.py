"""Have the index of names and the statistics of each snapshot made, once, and after everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import shutil
import tempfile
from pathlib import Path

from kg.server.statistics import Statistics
from kg.server.workers import Ended, Parent

_LOG = logging.getLogger(__name__)
_OK = 200
_NICE = 19


class Preparation:
    """What a worker of its own makes of each snapshot, in a folder that goes with the server."""

    def __init__(self, parent: Parent, *, seconds: float) -> None:
        self._parent = parent
        self._seconds = seconds
        self._folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self._made: tuple[int, str, Statistics] | None = None
        self._making: asyncio.Task[None] | None = None

    def index(self, generation: int) -> str | None:
        """The file of the index of a snapshot; None while it is being written."""
        return self._made[1] if self._made and self._made[0] == generation else None

    def statistics(self, generation: int) -> Statistics | None:
        """What a snapshot holds; None while it is being counted."""
        return self._made[2] if self._made and self._made[0] == generation else None

    def begin(self, generation: int) -> None:
        """Prepare a new snapshot; the one before is no longer wanted."""
        if self._making:
            self._making.cancel()
        self._making = asyncio.create_task(self._make(generation))

    async def wait(self) -> None:
        """Wait until what was begun is done, or could not be."""
        if self._making:
            await asyncio.wait({self._making})

    async def close(self) -> None:
        """Give up what is being made, and remove what was."""
        if self._making:
            self._making.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._making
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _make(self, generation: int) -> None:
        index = str(self._folder / f"names-{generation}.db")
        worker = await self._parent.fork(generation, nice=_NICE)
        whole = False
        try:
            async with asyncio.timeout(self._seconds):
                head = await worker.ask({"task": "prepare", "index": index})
                body = await worker.whole()
            whole = True
        except (TimeoutError, Ended):
            _LOG.error("the index of names could not be written within its bounds")
            return
        finally:
            (self._parent.dismiss if whole else self._parent.kill)(worker)
        if head["status"] != _OK:
            _LOG.error("the index of names could not be written: %s", head.get("fault") or body.decode())
            return
        if self._made:
            os.unlink(self._made[1])  # noqa: PTH108 - a moment
        self._made = (generation, index, Statistics.of(json.loads(body)))
