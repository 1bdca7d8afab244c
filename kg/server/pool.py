"""A few worker processes that answer within a deadline; one that does not is killed and replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import folder, resources
from kg.settings import Settings

_LOG = logging.getLogger(__name__)
_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a job: an HTTP status, a media type, the bytes; after `retry` seconds it may be asked again."""

    status: int
    media: str
    body: bytes
    retry: int | None = None

    @classmethod
    def refusal(cls, status: int, message: str, *, retry: int | None = None) -> Reply:
        """An answer that says in a sentence why there is none."""
        return cls(status, _PLAIN, message.encode(), retry)


@dataclass(frozen=True, slots=True)
class _Worker:
    process: asyncio.subprocess.Process
    generation: tuple[int, int]

    async def ask(self, job: dict[str, Any]) -> Reply:
        reader, writer = self.process.stdout, self.process.stdin
        assert reader is not None and writer is not None, "made with pipes"  # noqa: S101, PT018 - for the type checker
        writer.write(json.dumps(job).encode() + b"\n")
        await writer.drain()
        head = json.loads(await reader.readuntil(b"\n"))
        return Reply(head["status"], head["media"], await reader.readexactly(head["length"]))

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Pool:
    """Workers over one graph folder. They are started when needed, and anew after the graph was built again."""

    def __init__(self, graph: Path, settings: Settings) -> None:
        self._graph = graph
        self._settings = settings
        self._idle: list[_Worker] = []
        self._free = asyncio.Semaphore(settings.query_workers)
        self._waiting = 0

    async def answer(self, job: dict[str, Any]) -> Reply:
        """The reply to a job; 503 when too many wait, when it takes too long, or when it ends its worker."""
        if self._waiting >= self._settings.query_queue:
            return Reply.refusal(503, "too many queries are waiting; ask again soon", retry=1)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.query_seconds):
                await self._free.acquire()
        except TimeoutError:
            return Reply.refusal(503, "other queries take all the time; ask again soon", retry=1)
        finally:
            self._waiting -= 1
        try:
            return await self._work(job)
        finally:
            self._free.release()

    async def close(self) -> None:
        """End all workers."""
        while self._idle:
            await self._idle.pop().end()

    async def _work(self, job: dict[str, Any]) -> Reply:
        worker = await self._ready()
        whole = False
        try:
            async with asyncio.timeout(self._settings.query_seconds):
                reply = await worker.ask(job)
            whole = True
        except TimeoutError:
            seconds = f"{self._settings.query_seconds:g}"
            return Reply.refusal(503, f"the query took longer than {seconds} seconds; ask for less", retry=1)
        except (asyncio.IncompleteReadError, ConnectionError):
            _LOG.warning("a query ended its worker")
            return Reply.refusal(503, "the query needs more memory than it may use, or is nested too deep")
        finally:
            if whole:
                self._idle.append(worker)
            else:
                await asyncio.shield(worker.end())
        return reply

    async def _ready(self) -> _Worker:
        """A worker on the graph as it is now."""
        generation = self._generation()
        while self._idle:
            worker = self._idle.pop()
            if worker.generation == generation and worker.process.returncode is None:
                return worker
            await worker.end()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.server.worker", str(self._graph)),
            *(str(self._settings.answer_bytes), str(self._settings.worker_bytes)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(resources.PACKAGE.parent), "PYTHONSAFEPATH": "1"},
        )
        return _Worker(process, generation)

    def _generation(self) -> tuple[int, int]:
        """What changes when the graph is built again; the folder may be missing for a moment."""
        try:
            found = (self._graph / folder.MANIFEST).stat()
        except OSError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)
