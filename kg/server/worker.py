"""The process that works out answers: it may crash, hang or be killed without harm to the server.

It reads one job a line as JSON on stdin, and writes a line of JSON about the answer, and the answer, on stdout.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg import folder, sparql
from kg.errors import KgError, StoreError
from kg.server import negotiation
from kg.store import querying

_PR_SET_PDEATHSIG = 1
_STATUS: tuple[tuple[type[KgError], int], ...] = ((sparql.QueryForbidden, 403), (StoreError, 500), (KgError, 400))
_NOT_ACCEPTABLE = 406
_PLAIN = "text/plain; charset=utf-8"


class _TooLarge(Exception):
    """The answer is larger than allowed: stop writing it."""


class _Refused(Exception):
    """The job cannot be done: answer with `status` and the message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Bounded(io.BytesIO):
    """Memory for an answer of at most `limit` bytes; the engine stops when writing fails."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._limit:
            raise _TooLarge
        return super().write(data)


Task = Callable[[ox.Store, dict[str, Any], BinaryIO], str]
"""What a job asks for: it writes the answer to the stream and returns the answer's media type."""


def query(store: ox.Store, job: dict[str, Any], out: BinaryIO) -> str:
    """Answer a query in the format that fits both its kind and the client."""
    checked = sparql.check(job["query"])
    offered = negotiation.TRIPLES if checked.kind in ("CONSTRUCT", "DESCRIBE") else negotiation.ROWS
    name = job["format"] if job["format"] in offered else None
    if not job["format"]:
        name = negotiation.choose(job["accept"], offered)
    if name is None:
        raise _Refused(_NOT_ACCEPTABLE, f"a {checked.kind} query is answered as one of {', '.join(offered)}")
    dataset = querying.Dataset(tuple(job["default"]), tuple(job["named"]), job["base"])
    querying.write(querying.answer(store, checked, dataset), querying.formats(checked.kind)[name], out)
    return negotiation.media_type(name)


def table(store: ox.Store, job: dict[str, Any], out: BinaryIO) -> str:
    """Answer a query for a page: at most `rows` rows, each cell with what a link needs."""
    from kg.server.tables import tabulate  # noqa: PLC0415 - only pages need it

    out.write(json.dumps(tabulate(querying.answer(store, job["query"]), job["rows"])).encode())
    return "application/json"


def show(store: ox.Store, job: dict[str, Any], out: BinaryIO) -> str:
    """Describe a thing for a page: its card and the words behind it; null where the graph does not have it."""
    from kg.server.tables import describe  # noqa: PLC0415 - only pages need it

    out.write(json.dumps(describe(store, job["iri"], job["language"], job["rows"])).encode())
    return "application/json"


def reconcile(store: ox.Store, job: dict[str, Any], out: BinaryIO) -> str:
    """Answer what a reconciliation client asks: `do` says which of its questions, `given` what it sent."""
    from kg.server.reconciling import answers  # noqa: PLC0415 - only its clients need it

    found = answers.answer(answers.opened(store, job["language"]), job["do"], job["given"])
    out.write(json.dumps(found, ensure_ascii=False).encode())
    return "application/json"


TASKS: dict[str, Task] = {"query": query, "table": table, "show": show, "reconcile": reconcile}


def work(store: ox.Store, job: dict[str, Any], limit: int) -> tuple[int, str, bytes]:
    """The status, the media type and the bytes of the answer to one job."""
    out = _Bounded(limit)
    try:
        return 200, TASKS[job["task"]](store, job, out), out.getvalue()
    except _TooLarge:
        message = f"the answer has more than {limit} bytes; ask for less, for example with LIMIT"
        return 400, _PLAIN, message.encode()
    except _Refused as error:
        return error.status, _PLAIN, str(error).encode()
    except KgError as error:
        status = next(code for kind, code in _STATUS if isinstance(error, kind))
        return status, _PLAIN, str(error).encode()


def main(graph: str, limit: str, memory: str) -> None:
    """Work until stdin ends."""
    _confine(int(memory))
    try:
        store: ox.Store | None = folder.read_only(Path(graph), check=False)
    except StoreError as error:
        store, problem = None, str(error)
    for line in sys.stdin.buffer:
        if store is None:
            status, media, body = 500, _PLAIN, problem.encode()
        else:
            status, media, body = work(store, json.loads(line), int(limit))
        head = {"status": status, "media": media, "length": len(body)}
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
        sys.stdout.buffer.flush()


def _confine(memory: int) -> None:
    """Bound the memory, leave no core files, leave Ctrl-C to the server, and end when the server ends."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prctl: Callable[..., int] | None = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
