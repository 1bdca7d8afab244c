"""Run articles through worker processes; one that hangs or crashes costs its article only."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg import resources
from kg.building.proposals import Failure
from kg.building.worker import Pipeline
from kg.errors import KgError
from kg.model import Extraction
from kg.readers import Raw, Rejected

if TYPE_CHECKING:
    from kg.proposers import Specification

_AHEAD = 8
"""How many articles each worker may be ahead of the slowest one: they wait in memory."""


class Worker:
    """One process, asked by one thread at a time.

    It is started as a program of its own, not by multiprocessing, which would run the caller's script once more.
    `propose` are those that it asks for proposals; `failed` is told when one of them gives nothing for an article.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        deadline: float,
        propose: Sequence[Specification] = (),
        failed: Callable[[Failure], None] = lambda _failure: None,
    ) -> None:
        self._deadline = deadline
        self._propose = tuple(propose)
        self._failed = failed
        self._asked = Lock()
        self._channel, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-W", "ignore", "-m", "kg.building.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(),
            )
        try:
            self._channel.send((pipeline, deadline, self._propose))
            self._channel.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise KgError("the process that extracts does not start; what it said stands above") from error

    def ask(self, raw: Raw) -> Extraction | Rejected:
        """What is in one article. A KgError of the worker is raised here; a worker that died answers nothing any more."""
        with self._asked:
            try:
                self._channel.send(raw)
                answer = self._channel.recv()
            except (EOFError, OSError):
                return self._died(raw)
            if isinstance(answer, Extraction):
                answer = self._proposed(raw, answer)
        if isinstance(answer, KgError):
            raise answer
        return answer  # type: ignore[no-any-return]

    def _proposed(self, raw: Raw, found: Extraction) -> Extraction | KgError:
        """The article with what is proposed; if the process dies of a proposer, without."""
        for number, specification in enumerate(self._propose):
            try:
                told = self._channel.recv()
            except (EOFError, OSError):
                died = self._died(raw, seconds=specification.settings.propose_seconds)
                for missing in self._propose[number:]:
                    self._failed(Failure(found.document.source, missing.name, died.reason, died.message))
                return found
            if isinstance(told, KgError):
                return told
            if isinstance(told, Failure):
                self._failed(told)
            else:
                found = told
        return found

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return not self._channel.closed

    def _died(self, raw: Raw, *, seconds: float | None = None) -> Rejected:
        self._channel.close()
        code = self._process.wait()
        if code == -signal.SIGALRM:
            return raw.rejected("timeout", f"not done after {seconds or self._deadline:g} seconds")
        ending = f"by {signal.Signals(-code).name}" if code < 0 else f"with {code}"
        return raw.rejected("crashed", f"the process ended {ending}")

    def close(self) -> None:
        """End the process, in the middle of an article too."""
        self._process.kill()
        self._process.wait()  # a thread that waits for an answer wakes up by this
        with self._asked:  # and must be done with the channel: two who close it would close somebody else's file
            self._channel.close()


class Workers:
    """As many worker processes as there are `jobs`, each started when it is first needed.

    `pipeline` loads the extractor of a language in the worker; it must be importable there by its name. Whoever
    `propose` names is asked too; `failures` collects where that gave nothing.
    """

    def __init__(
        self, pipeline: Pipeline, *, jobs: int, deadline: float, propose: Sequence[Specification] = ()
    ) -> None:
        self.failures: list[Failure] = []
        self._propose = propose
        self._pipeline = pipeline
        self._jobs = jobs
        self._deadline = deadline
        self._all: list[Worker] = []
        self._idle: list[Worker] = []
        self._closed = False
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def map(self, raws: Iterable[Raw | Rejected]) -> Generator[tuple[Raw | Rejected, Extraction | Rejected]]:
        """Each article with what came of it, in the order of `raws`; what was rejected before passes through."""
        waiting: deque[tuple[Raw | Rejected, Future[Extraction | Rejected]]] = deque()
        with ThreadPoolExecutor(self._jobs) as threads:
            try:
                for raw in raws:
                    waiting.append((raw, threads.submit(self._outcome, raw)))
                    if len(waiting) > self._jobs * _AHEAD:
                        first, future = waiting.popleft()
                        yield first, future.result()
                while waiting:
                    first, future = waiting.popleft()
                    yield first, future.result()
            except BaseException:
                # The threads wait for their workers, and the pool for its threads: an interrupt must end the workers.
                threads.shutdown(wait=False, cancel_futures=True)
                self.close()
                raise

    def close(self) -> None:
        """End all processes; none can be started any more."""
        with self._lock:
            self._closed = True
            while self._all:
                self._all.pop().close()

    def _outcome(self, raw: Raw | Rejected) -> Extraction | Rejected:
        if isinstance(raw, Rejected):
            return raw
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None:
            worker = self._started()
        answer = worker.ask(raw)
        with self._lock:
            if worker.alive:
                self._idle.append(worker)
            elif worker in self._all:
                self._all.remove(worker)
        return answer

    def _started(self) -> Worker:
        worker = Worker(self._pipeline, deadline=self._deadline, propose=self._propose, failed=self.failures.append)
        with self._lock:
            if self._closed:
                worker.close()
            else:
                self._all.append(worker)
        return worker


def _environment() -> dict[str, str]:
    """One thread for each worker's linear algebra, unless somebody wants more."""
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **resources.environment()}
