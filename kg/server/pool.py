"""Answer jobs by worker processes within a deadline; a worker that does not answer in time is killed and replaced."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import logging
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import StoreError
from kg.server import snapshots
from kg.server.lanes import Full, Lane, TooMany
from kg.server.lookups import Lookups
from kg.server.metrics import Metrics
from kg.server.preparing import Preparation
from kg.server.replies import Reply
from kg.server.statistics import Statistics
from kg.server.streams import Stream
from kg.server.workers import Broken, Ended, Parent, Worker
from kg.settings import Settings

Way = Literal["ad-hoc", "pages"]
client: ContextVar[str] = ContextVar("client", default="")
"""Who sent the request that is answered."""

_LOG = logging.getLogger(__name__)
_NICE: dict[Way, int] = {"ad-hoc": 1, "pages": 0}
_FREE_TASKS = ("query", "table", "graph")  # what people may ask freely
_SOON = 0.1  # seconds after which an ad-hoc job lets all others go before it
_AGAIN = 1  # seconds that a client is asked to wait
_PATIENCE = 0.5  # of the deadline, for the turn to come
_ATTEMPTS = 5


@dataclass(slots=True)
class _Held:
    """A place in a lane, and what was planned for it."""

    way: Way
    client: str
    demotion: asyncio.TimerHandle | None = None


class Pool:
    """Workers over one graph folder, forked when needed; those of a new snapshot when it is there."""

    def __init__(self, graph: Path, settings: Settings, metrics: Metrics | None = None) -> None:
        self._graph = graph
        self._place = str(graph)
        self._settings = settings
        self.metrics = metrics or Metrics()
        bounds = {"answer_bytes": settings.answer_bytes, "worker_bytes": settings.worker_bytes}
        self._parent = Parent(bounds)
        self._places: dict[Way, int] = {"ad-hoc": settings.query_workers, "pages": settings.page_workers}
        self._lanes: dict[Way, Lane] = {
            way: Lane(places=self._places[way], queue=settings.query_queue, share=settings.client_queries)
            for way in _NICE
        }
        self._idle: dict[Way, list[Worker]] = {way: [] for way in _NICE}
        self._snapshot: object = None
        self._problem = ""
        self._changing: asyncio.Task[None] | None = None
        self._preparation = Preparation(self._parent, seconds=settings.index_seconds)
        self._filling: dict[Way, set[asyncio.Task[None]]] = {way: set() for way in _NICE}
        self._lookups: Lookups | None = None
        self.generation = 0

    def at_once(self, job: dict[str, Any]) -> Reply | None:
        """The reply to a job that is too small for a worker; None for all others."""
        reply = self._lookups.answer(job) if self._lookups else None
        if reply:
            self.metrics.count("kg_lookups_total")
        return reply

    async def answer(self, job: dict[str, Any], *, way: Way | None = None) -> Reply:
        """The whole reply to a job; 503 when too many wait, when it takes too long, or when it ends its worker."""
        found = await self.begin(job, way=way)
        if isinstance(found, Reply):
            return found
        body = bytearray()
        try:
            async for piece in found.pieces():
                body += piece
        except TimeoutError:
            return self._too_slow()
        except Ended:
            return self._ended()
        except Broken as error:
            return Reply.refusal(400, str(error))
        finally:
            found.close()
        return Reply(200, found.media, bytes(body))

    async def begin(self, job: dict[str, Any], *, way: Way | None = None, looked: bool = False) -> Reply | Stream:
        """The reply to a job, or its beginning where it is long. `looked` says that `refresh` was called just now."""
        asking = _Held(way or ("ad-hoc" if job["task"] in _FREE_TASKS else "pages"), client.get())
        loop = asyncio.get_running_loop()
        ends = loop.time() + self._settings.query_seconds
        try:
            await self._lanes[asking.way].enter(asking.client, patience=self._settings.query_seconds * _PATIENCE)
        except TooMany:
            message = f"you have asked {self._settings.client_queries} queries at once; wait for an answer first"
            return self._refused("client", Reply.refusal(429, message, retry=_AGAIN))
        except Full:
            return self._refused(
                "queue", Reply.refusal(503, "too many queries are waiting; ask again soon", retry=_AGAIN)
            )
        except TimeoutError:
            return self._refused(
                "wait", Reply.refusal(503, "other queries take all the time; ask again soon", retry=_AGAIN)
            )
        return await self._begin(job, asking, ends, looked=looked)

    async def _begin(self, job: dict[str, Any], asking: _Held, ends: float, *, looked: bool) -> Reply | Stream:
        worker: Worker | None = None
        whole = kept = False
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(ends):
                if not looked:
                    await self.refresh()
                worker = await self._ready(asking.way)
                if asking.way == "ad-hoc":
                    asking.demotion = loop.call_later(_SOON, self._parent.demote, worker)
                head = await worker.ask({**job, "index": self.index})
                if worker.left is not None:
                    body = await worker.whole()
                    whole = True
                    if fault := head.get("fault"):
                        _LOG.error("a worker failed", extra={"values": {"error": fault}})
                    retry = _AGAIN if head["status"] == 503 else None  # noqa: PLR2004 - HTTP's own number
                    return Reply(head["status"], head["media"], body, retry)
            kept = True
            give_back = functools.partial(self._give_back, worker, asking)
            return Stream(worker, head["media"], seconds=max(ends - loop.time(), 0), give_back=give_back)
        except TimeoutError:
            return self._too_slow()
        except Ended:
            return self._ended()
        except StoreError as error:
            return Reply.refusal(500, str(error))
        finally:
            if not kept:
                self._give_back(worker, asking, whole=whole)

    def _give_back(self, worker: Worker | None, held: _Held, *, whole: bool) -> None:
        """Let the next one have the place, and the worker where its answer is `whole`; else the worker is ended."""
        if held.demotion:
            held.demotion.cancel()
        if worker is not None and not whole:
            self._parent.kill(worker)
        elif worker is not None and (worker.tired or worker.generation != self.generation or self._enough(held.way)):
            self._parent.dismiss(worker)
        elif worker is not None:
            self._idle[held.way].append(worker)
        self._lanes[held.way].leave(held.client)

    def _enough(self, way: Way) -> bool:
        """Whether more workers are idle than may work at once."""
        return len(self._idle[way]) > self._places[way]

    @property
    def snapshot(self) -> str:
        """What names the newest snapshot, also after the server was started again."""
        return repr(self._snapshot)

    @property
    def index(self) -> str | None:
        """The file of the index of names; None while it is being written."""
        return self._preparation.index(self.generation)

    @property
    def statistics(self) -> Statistics | None:
        """What the newest snapshot holds; None while it is being counted."""
        return self._preparation.statistics(self.generation)

    @property
    def lanes(self) -> dict[Way, Lane]:
        """The lanes by name."""
        return self._lanes

    async def refresh(self) -> None:
        """See to it that workers to come have the newest snapshot; a StoreError says why they cannot."""
        for _ in range(_ATTEMPTS):
            if self._parent.lives and snapshots.identity(self._place) == self._snapshot:
                if self._problem:
                    raise StoreError(self._problem)
                return
            if self._changing is None or self._changing.done():
                self._changing = asyncio.create_task(self._change())
            # Who has waited too long does not end it for the others. It may have begun before the newest one was published.
            await asyncio.shield(self._changing)

    async def prepared(self) -> Statistics | None:
        """The statistics of the newest snapshot, when they and the index are there; None where they cannot be made."""
        await self.refresh()
        await self._preparation.wait()
        return self.statistics

    async def close(self) -> None:
        """End all workers."""
        changing = [self._changing] if self._changing and not self._changing.done() else []
        for task in itertools.chain(changing, *map(tuple, self._filling.values())):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._preparation.close()
        if self._lookups:
            self._lookups.close()
            self._lookups = None
        for way, idle in self._idle.items():
            for worker in idle:
                self._parent.dismiss(worker)
            self._idle[way] = []
        await self._parent.close()

    async def _ready(self, way: Way) -> Worker:
        """A worker on the snapshot that is open."""
        while self._idle[way]:
            worker = self._idle[way].pop()
            if worker.generation == self.generation and not worker.reader.at_eof():
                self._keep_one(way)
                return worker
            self._parent.dismiss(worker)
        worker = await self._parent.fork(self.generation, nice=_NICE[way])
        self._keep_one(way)
        return worker

    def _keep_one(self, way: Way) -> None:
        """Have a worker forked for the next one who comes, where none is idle: it takes longer than most answers."""
        if not self._idle[way] and not self._filling[way]:
            task = asyncio.create_task(self._fill(way))
            self._filling[way].add(task)
            task.add_done_callback(self._filling[way].discard)

    async def _fill(self, way: Way) -> None:
        with contextlib.suppress(Ended):
            worker = await self._parent.fork(self.generation, nice=_NICE[way])
            self._idle[way].insert(0, worker)

    async def _change(self) -> None:
        """Open the newest snapshot; what works on the one before may finish."""
        if not self._parent.lives:
            await self._parent.start()
        opened: Lookups | None = None
        for _ in range(_ATTEMPTS):
            before = snapshots.identity(self._place)
            if opened:
                opened.close()
                opened = None
            try:
                place = snapshots.current(self._graph)
                await self._parent.open(place, self.generation + 1)
                opened = await asyncio.to_thread(Lookups, place)
                problem = ""
            except (StoreError, OSError) as error:
                problem = str(error)
            if snapshots.identity(self._place) == before:
                break
        self.generation += 1
        self._snapshot, self._problem = before, problem
        if self._lookups:
            self._lookups.close()
        self._lookups = opened
        for way, idle in self._idle.items():
            for worker in idle:
                self._parent.dismiss(worker)
            self._idle[way] = []
        if problem:
            raise StoreError(problem)
        self._preparation.begin(self.generation)

    def _too_slow(self) -> Reply:
        seconds = f"{self._settings.query_seconds:g}"
        message = f"the query took longer than {seconds} seconds; ask for less"
        return self._refused("deadline", Reply.refusal(503, message, retry=_AGAIN))

    def _ended(self) -> Reply:
        message = "the query needs more memory than it may use, or is nested too deep"
        return self._refused("died", Reply.refusal(503, message, retry=_AGAIN))

    def _refused(self, why: str, reply: Reply) -> Reply:
        self.metrics.count("kg_refusals_total", why=why)
        return reply
