"""The process that reads and extracts one article at a time, so that a bad one can take nothing else down."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from kg import readers
from kg.building.proposals import Failure
from kg.errors import KgError, SetAside
from kg.model import Document, Extraction
from kg.readers import Raw, Rejected

if TYPE_CHECKING:
    from kg.proposers import Specification

Extract = Callable[[Document], Extraction]
Pipeline = Callable[[str], Extract]
_GRACE = 0.5
"""Seconds that a proposer has beyond its own time to say that the time is over."""


def serve(channel: Connection) -> None:
    """Answer each Raw on `channel` with an Extraction, a Rejected, or a KgError that ends the build.

    Behind an Extraction follows, for each proposer that is asked, the Extraction with what it proposes, or a Failure, or
    a KgError: what a proposer does to this process costs no article.
    """
    pipeline, deadline, asked = channel.recv()
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
        if isinstance(answer, Extraction):
            for told in _all_proposed(asked, answer):
                channel.send(told)


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


def _all_proposed(asked: Iterable[Specification], extraction: Extraction) -> Iterator[Extraction | Failure | KgError]:
    """What each proposer makes of the extraction, with what those before it added."""
    for specification in asked:
        try:
            told = proposed(specification, extraction)
        except KgError as error:
            yield error
            return
        extraction = told if isinstance(told, Extraction) else extraction
        yield told


def proposed(specification: Specification, extraction: Extraction) -> Extraction | Failure:
    """The extraction with what a proposer adds; loading it is not counted, and a KgError of that is raised."""
    from kg import proposers  # noqa: PLC0415 - only where proposals are asked for

    extend = _loaded(specification)
    source = extraction.document.source
    try:
        with _ending_after(specification.settings.propose_seconds + _GRACE):
            return extend(extraction)
    except proposers.ProposerError as problem:
        return Failure(source, specification.name, problem.reason, str(problem))
    except Exception as error:  # noqa: BLE001 - whatever a model does, the article stays
        return Failure(source, specification.name, "proposer-error", _told(error))


@cache
def _loaded(specification: Specification) -> Callable[[Extraction], Extraction]:
    from kg import proposers  # noqa: PLC0415 - only where proposals are asked for

    return proposers.load(specification)


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
