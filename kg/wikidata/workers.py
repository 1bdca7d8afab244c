"""Let processes work through batches, in turns, so that what comes out has the order of what went in."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")


class WorkerLost(KgError):
    """A process that worked on a part was ended from outside, perhaps for want of memory: try again with fewer."""


def each(work: Callable[[T], R], batches: Iterable[T], jobs: int) -> Iterator[R]:
    """What `work` makes of each batch, in their order, by `jobs` processes; with one job in this process.

    No more than one batch a process is under way, whatever their number.
    """
    if jobs == 1:
        yield from map(work, batches)
        return
    context = multiprocessing.get_context()
    pipes = [context.Pipe() for _ in range(jobs)]
    processes = [context.Process(target=_serve, args=(work, theirs), daemon=True) for _, theirs in pipes]
    for process in processes:
        process.start()
    for _, theirs in pipes:
        theirs.close()
    idle = deque(ours for ours, _ in pipes)
    busy: deque[Connection] = deque()
    try:
        for batch in batches:
            if not idle:
                yield _received(busy, idle)
            pipe = idle.popleft()
            pipe.send(batch)
            busy.append(pipe)
        while busy:
            yield _received(busy, idle)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise WorkerLost("a process that reads was ended from outside; try again with fewer --jobs") from error
    finally:
        for ours, _ in pipes:
            ours.close()
        for process in processes:
            process.terminate()
            process.join()


def _received(busy: deque[Connection], idle: deque[Connection]) -> Any:
    pipe = busy.popleft()
    done, found = pipe.recv()
    idle.append(pipe)
    if not done:
        raise found
    return found


def _serve(work: Callable[[T], R], pipe: Connection) -> None:
    try:
        while True:
            batch = pipe.recv()
            try:
                answer: tuple[bool, R | Exception] = (True, work(batch))
            except Exception as error:  # noqa: BLE001 - raised again where the batches come from
                answer = (False, error)
            pipe.send(answer)
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        return
