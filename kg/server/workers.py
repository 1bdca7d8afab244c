"""The server's side of its workers: start their parent, have them forked, asked, demoted and killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import StoreError
from kg.server import frames

_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""glibc takes addresses for many threads where they come together at the start, and a worker's are counted."""
_LINE = 1 << 16
_PATIENCE = 2.0


class Ended(Exception):
    """The worker has ended before its answer has: it used too much, or was killed."""


class Broken(Exception):
    """The worker gave its answer up after it had begun; the message says why."""


@dataclass(slots=True)
class Worker:
    """One worker and the socket to it. `tired` ones are not asked again."""

    number: int
    generation: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    tired: bool = False
    left: int | None = field(default=None)

    async def ask(self, job: dict[str, Any]) -> Mapping[str, Any]:
        """Give it a job; the head of its answer."""
        self.writer.write(json.dumps(job).encode() + b"\n")
        try:
            kind, content = await self._frame()
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Ended from error
        if kind != frames.HEAD:
            raise Ended
        head = frames.read_head(content)
        self.left = head.get("length")
        return head

    async def whole(self) -> bytes:
        """The body of an answer whose head told its length."""
        try:
            return await self.reader.readexactly(self.left or 0)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Ended from error

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body of an answer whose head told no length, as it comes."""
        while True:
            try:
                kind, content = await self._frame()
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                raise Ended from error
            if kind == frames.END:
                return
            if kind == frames.BROKEN:
                raise Broken(content.decode())
            yield content

    async def _frame(self) -> tuple[bytes, bytes]:
        kind, length = frames.opened(await self.reader.readexactly(frames.BEFORE))
        return kind, await self.reader.readexactly(length) if length else b""


class Parent:
    """The zygote of one server, and what is said to it."""

    def __init__(self, bounds: dict[str, int]) -> None:
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._control: socket.socket | None = None
        self._numbers = 0
        self._sending = asyncio.Lock()

    @property
    def lives(self) -> bool:
        """Whether it can fork."""
        return self._process is not None and self._process.poll() is None

    async def start(self) -> None:
        """Start it, in the place of one that has ended."""
        await self.close()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603 - milliseconds, once; a module of ours
                [sys.executable, "-m", "kg.server.zygote", str(theirs.fileno()), json.dumps(self._bounds)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**_FEW_ARENAS, **resources.environment()},
            )
        self._control = ours.dup()
        self._reader, self._writer = await asyncio.open_connection(sock=ours, limit=_LINE)

    async def open(self, path: Path, generation: int) -> None:
        """Have it open the store at `path` for workers to come; a StoreError says why it cannot."""
        assert self._reader is not None  # noqa: S101 - for the type checker
        self._say(do="open", path=str(path), opened=generation)
        line = await self._reader.readline()
        if not line:
            raise StoreError("the process that opens the graph has ended")
        if problem := json.loads(line)["problem"]:
            raise StoreError(f"{path.parent} cannot be read: {problem}")

    async def fork(self, generation: int, *, nice: int) -> Worker:
        """A new worker on the store that is open."""
        ours, theirs = socket.socketpair()
        self._numbers += 1
        number = self._numbers
        with theirs:
            message = json.dumps({"do": "fork", "worker": number, "nice": nice}).encode() + b"\n"
            assert self._control is not None  # noqa: S101 - for the type checker
            try:
                socket.send_fds(self._control, [message], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise Ended from error
        reader, writer = await asyncio.open_connection(sock=ours, limit=_LINE)
        return Worker(number, generation, reader, writer)

    def kill(self, worker: Worker) -> None:
        """End a worker in the middle of its job."""
        self._say(do="kill", worker=worker.number)
        worker.writer.close()

    def demote(self, worker: Worker) -> None:
        """Let everybody else go before this worker, and not ask it again: what is demoted cannot be promoted."""
        worker.tired = True
        self._say(do="demote", worker=worker.number)

    def dismiss(self, worker: Worker) -> None:
        """Let a worker that has nothing to do end."""
        worker.writer.close()

    async def close(self) -> None:
        """End it and all its workers."""
        if self._writer is not None:
            self._writer.close()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            await asyncio.to_thread(_end, self._process)
        self._process = self._writer = self._reader = self._control = None

    def _say(self, **message: Any) -> None:
        with contextlib.suppress(OSError):
            if self._control is not None:
                self._control.sendall(json.dumps(message).encode() + b"\n")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that ends its children and itself when it hears no more from us; kill it if it does not."""
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
