"""Check a graph in several processes, with the findings that one process has."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from kg import folder, resources
from kg.errors import KgError
from kg.validation.results import Finding
from kg.validation.worker import Share


def of_folder(graph: Path, shapes: Sequence[Path], *, jobs: int) -> list[Finding]:
    """What is wrong with a graph folder; each process opens it by itself."""
    identity = folder.identity(graph)
    return _found([Share(graph, identity, tuple(shapes), share, jobs) for share in range(jobs)])


def of_store(store: ox.Store, shapes: Sequence[Path], *, jobs: int) -> list[Finding]:
    """What is wrong with a store in memory; the processes read it from a file, which keeps the names of blank nodes."""
    with tempfile.TemporaryDirectory() as place:
        graph = Path(place) / "graph.nq"
        store.dump(graph, ox.RdfFormat.N_QUADS)
        return _found([Share(graph, None, tuple(shapes), share, jobs) for share in range(jobs)])


def _found(shares: Sequence[Share]) -> list[Finding]:
    with contextlib.ExitStack() as stack:
        channels = [stack.enter_context(_asked(share)) for share in shares]
        answers = [_answer(channel) for channel in channels]
    return [finding for answer in answers for finding in answer]


@contextlib.contextmanager
def _asked(share: Share) -> Iterator[Connection]:
    """A channel to a process that does a share; it ends with the context.

    It is started as a program of its own, not by multiprocessing, which would run the caller's script once more.
    """
    channel, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "kg.validation.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=resources.environment(),
        )
    try:
        channel.send(share)
        yield channel
    finally:
        process.kill()
        process.wait()
        channel.close()


def _answer(channel: Connection) -> list[Finding]:
    try:
        answer = channel.recv()
    except (EOFError, OSError) as error:
        raise KgError("a process that checks the graph has died; what it said stands above") from error
    if isinstance(answer, KgError):
        raise answer
    return list(answer)
