"""The server's side of the writer: hand requests over, answer them when they are published, start it anew when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import edits, resources
from kg.errors import StoreError
from kg.server.publishing import Hold
from kg.server.replies import Reply
from kg.settings import Settings

_LOG = logging.getLogger(__name__)
_MOST_TRIES = 3
_LINE = 2**20
_PAUSE = 0.05  # seconds before a process is started in the place of one that did not start
_SAFE = ("KG_TOKEN",)
_CHANGED = range(200, 300)


class _Died(Exception):
    """The process ended before it was ready, and did not say why."""


@dataclass(slots=True)
class _Waiting:
    """A request that is not answered yet; `reply` is what it will be answered once it is published."""

    job: dict[str, Any]
    answer: asyncio.Future[Reply]
    reply: Reply | None = None
    tries: int = 0


@dataclass(slots=True)
class Writer:
    """The only way to change a graph: requests are carried out in their order, by a process that may die at any time."""

    graph: Path
    settings: Settings
    hold: Hold
    _waiting: dict[str, _Waiting] = field(default_factory=dict)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _process: asyncio.subprocess.Process | None = None
    _task: asyncio.Task[None] | None = None
    _begun: str = ""
    pid: int | None = None

    async def start(self) -> None:
        """Start the process; a StoreError says why the graph cannot be written."""
        try:
            self._process = await self._started()
        except _Died as error:
            raise StoreError("the process that writes ended at once") from error
        self._task = asyncio.create_task(self._go_on())

    async def close(self) -> None:
        """End the process; what was not acknowledged is not done."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._end()

    async def submit(self, job: dict[str, Any]) -> Reply:
        """Have a request carried out; the reply comes when all can see what it did. 503 if it took too long or too much."""
        if len(self._waiting) >= self.settings.change_queue:
            return Reply.refusal(503, "too many changes are waiting; try again soon", retry=1)
        request = uuid.uuid4().hex
        waiting = _Waiting({**job, "id": request}, asyncio.get_running_loop().create_future())
        self._waiting[request] = waiting
        await self._send(waiting)
        self._more.set()
        return await asyncio.shield(waiting.answer)

    async def _go_on(self) -> None:
        """Follow the process, and after its death the next one."""
        while True:
            late = await self._follow()
            await self._end()
            self._settle(late=late)
            try:
                self._process = await self._started()
            except _Died:
                await asyncio.sleep(_PAUSE)
                continue
            except StoreError as error:
                _LOG.error("the writer cannot start: %s", error)
                for waiting in self._waiting.values():
                    _answer(waiting, Reply.refusal(500, "the graph cannot be written; the server's log says why"))
                self._waiting.clear()
                await asyncio.sleep(1)
                continue
            for waiting in list(self._waiting.values()):
                await self._send(waiting)

    async def _follow(self) -> bool:
        """Hear what the process says until it ends; whether it had to be given up as it said nothing in time."""
        if self._process is None:
            return False
        reader = self._process.stdout
        assert reader is not None, "made with pipes"  # noqa: S101 - for the type checker
        while True:
            if not self._waiting:
                self._more.clear()
                await self._more.wait()
            try:
                async with asyncio.timeout(self.settings.change_seconds):
                    line = await reader.readline()
            except TimeoutError:
                return True
            if not line:
                return False
            self._hear(json.loads(line))

    def _hear(self, event: dict[str, Any]) -> None:
        if "begun" in event:
            self._begun = event["begun"]
        elif "done" in event:
            self._begun = ""
            reply = Reply.refusal(event["status"], event["message"])
            if event["status"] in _CHANGED:
                self._waiting[event["done"]].reply = reply
            else:
                _answer(self._waiting.pop(event["done"]), reply)
        elif "published" in event:
            self._acknowledge(event["requests"])

    def _acknowledge(self, requests: list[str]) -> None:
        for request in requests:
            waiting = self._waiting.pop(request, None)
            if waiting and waiting.reply:
                _answer(waiting, waiting.reply)

    def _settle(self, *, late: bool) -> None:
        """After the death of the process: answer what it had published, and what it died of; the rest is done again."""
        snapshot = edits.published(self.graph)
        if snapshot:
            self._acknowledge(edits.described(snapshot)["requests"])
        if guilty := self._waiting.pop(self._begun, None):
            _LOG.warning("a change ended the writer")
            seconds = f"{self.settings.change_seconds:g}"
            why = (
                f"took longer than {seconds} seconds"
                if late
                else "needs more memory than it may use, or nests too deep"
            )
            _answer(guilty, Reply.refusal(503, f"the change {why}; ask for less"))
        self._begun = ""
        for request, waiting in list(self._waiting.items()):
            waiting.reply = None
            waiting.tries += 1
            if waiting.tries == _MOST_TRIES:
                _answer(self._waiting.pop(request), Reply.refusal(503, "the graph cannot be written now", retry=5))

    async def _send(self, waiting: _Waiting) -> None:
        """Give the process a request; if it has died meanwhile the next one gets it."""
        writer = self._process.stdin if self._process else None
        if writer is None:
            return
        with contextlib.suppress(ConnectionError):
            writer.write(json.dumps(waiting.job).encode() + b"\n")
            await writer.drain()

    async def _started(self) -> asyncio.subprocess.Process:
        held = self.hold.renewed()
        memory = 2 * self.settings.worker_bytes
        process = await start("kg.server.writer", str(self.graph), str(memory), str(held), handed=[held])
        assert process.stdout is not None, "made with pipes"  # noqa: S101 - for the type checker
        line = await process.stdout.readline()
        said = json.loads(line) if line else {}
        if "ready" not in said:
            await process.wait()
            raise StoreError(said["failed"]) if said else _Died
        self.pid = process.pid
        return process

    async def _end(self) -> None:
        process, self._process, self.pid = self._process, None, None
        if process:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def start(module: str, *arguments: str, handed: Sequence[int] = ()) -> asyncio.subprocess.Process:
    """Start a module of ours as a process that hears lines and says lines; it does not see the token.

    The descriptors `handed` to it are the only ones of ours that it has.
    """
    environment = {name: value for name, value in resources.environment().items() if name not in _SAFE}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
        limit=_LINE,
        pass_fds=handed,
    )


def _answer(waiting: _Waiting, reply: Reply) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(reply)
