"""The process that reads and extracts one article at a time, so that a bad one can take nothing else down."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection

from kg import readers
from kg.errors import KgError, SetAside
from kg.model import Document, Extraction
from kg.readers import Raw, Rejected

Extract = Callable[[Document], Extraction]
Pipeline = Callable[[str], Extract]


def serve(channel: Connection) -> None:
    """Answer each Raw on `channel` with an Extraction, a Rejected, or a KgError that ends the build."""
    pipeline, deadline = channel.recv()
    pipeline = cache(pipeline)
    channel.send(None)
    while True:
        try:
            raw = channel.recv()
        except EOFError:
            return
        try:
            answer = outcome(raw, pipeline, deadline=deadline)
        except KgError as error:
            answer = error
        channel.send(answer)


def outcome(raw: Raw, pipeline: Pipeline, *, deadline: float) -> Extraction | Rejected | KgError:
    """Read and extract one article, `deadline` seconds for each of the two.

    Loading the pipeline is not counted. An error that speaks of the installation rather than of the article is raised.
    """
    try:
        with _ending_after(deadline):
            document = readers.parse(raw)
    except Exception as error:  # noqa: BLE001 - whatever a page does to a parser, the others go on
        return raw.rejected("reader-error", _told(error))
    if isinstance(document, Rejected):
        return document
    extract = pipeline(document.language)
    try:
        with _ending_after(deadline):
            return extract(document)
    except SetAside as problem:
        return raw.rejected(problem.reason, str(problem))
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a text does to an extractor, the others go on
        return raw.rejected("extractor-error", _told(error))


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """End this process by SIGALRM after `seconds`: no exception could interrupt a loop inside a C extension."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _told(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]


def main() -> None:
    """Serve on the descriptor that the first argument names until the other end closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends this process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()
