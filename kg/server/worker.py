"""The process that works out answers: it may crash, hang or be killed without harm to the server.

It reads one job a line as JSON from its socket, and writes the answer there as frames while it works it out.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import sparql
from kg.errors import KgError, StoreError
from kg.server import asking_by_name, confinement, frames, graphs, negotiation, searching
from kg.server.refusal import Refused
from kg.server.sinks import Sink, TooLarge
from kg.store import querying

_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (sparql.QueryForbidden, 403),
    (searching.NotReady, 503),
    (StoreError, 500),
    (KgError, 400),
)
_NOT_ACCEPTABLE = 406
_PLAIN = "text/plain; charset=utf-8"
_FIRST, _PIECE = 16 * 1024, 64 * 1024
_PATIENCE = 0.025  # seconds after which what is written goes out, however little it is


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use: bytes for one answer, and bytes of addresses."""

    answer_bytes: int
    worker_bytes: int


class Out:
    """Where an answer is written to. What is written goes out piece by piece as soon as `media` is known.

    The engine stops when writing fails, as it does beyond the limit or when the server has closed its end.
    """

    def __init__(self, connection: int, limit: int) -> None:
        self.media: str | None = None
        self.begun = False
        self._connection = connection
        self._limit = limit
        self._written = 0
        self._kept = bytearray()
        self._since = time.monotonic()

    def write(self, data: Any, /) -> int:
        """Take a piece of the answer."""
        self._written += len(data)
        if self._written > self._limit:
            raise TooLarge
        self._kept += data
        enough = _PIECE if self.begun else _FIRST  # the first rows soon, then few pieces
        if self.media and (len(self._kept) >= enough or time.monotonic() - self._since > _PATIENCE):
            head = b"" if self.begun else frames.head(status=200, media=self.media)
            self.begun = True
            _send(self._connection, head + frames.frame(frames.DATA, bytes(self._kept)))
            self._kept.clear()
            self._since = time.monotonic()
        return len(data)

    def flush(self) -> None:
        """Nothing: pieces go out when they are worth it."""

    def end(self, status: int, media: str, body: bytes | None = None, **more: str) -> None:
        """Send the rest, or `body` instead of it where nothing was sent yet; `more` is for the server."""
        rest = bytes(self._kept) if body is None else body
        if not self.begun:
            _send(self._connection, frames.head(status=status, media=media, length=len(rest), **more) + rest)
        elif body is None:
            _send(self._connection, frames.frame(frames.DATA, rest) + frames.frame(frames.END))
        else:
            _send(self._connection, frames.frame(frames.BROKEN, body))


Task = Callable[[ox.Store, dict[str, Any], Sink], str]
"""What a job asks for: it writes the answer to the sink and returns the answer's media type."""


def query(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Answer a query in the format that fits both its kind and the client."""
    return answer(store, sparql.check(job["query"]), job, out)


def answer(store: ox.Store, checked: sparql.Query, job: dict[str, Any], out: Sink) -> str:
    """Answer the query of a job that was looked at; the answer's media type."""
    offered = negotiation.TRIPLES if checked.kind in ("CONSTRUCT", "DESCRIBE") else negotiation.ROWS
    name = job["format"] if job["format"] in offered else None
    if not job["format"]:
        name = negotiation.choose(job["accept"], offered)
    if name is None:
        raise Refused(_NOT_ACCEPTABLE, f"a {checked.kind} query is answered as one of {', '.join(offered)}")
    dataset = querying.Dataset(tuple(job["default"]), tuple(job["named"]), job["base"])
    found = querying.answer(store, asking_by_name.rewritten(checked, job.get("index")), dataset)
    out.media = negotiation.media_type(name)
    querying.write(found, querying.formats(checked.kind)[name], out)  # type: ignore[arg-type]  # it only writes
    return out.media


def table(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Answer a query for a page: at most `rows` rows, each cell with what a link needs."""
    from kg.server.tables import tabulate  # noqa: PLC0415 - only pages need it

    asked = asking_by_name.rewritten(sparql.check(job["query"]), job.get("index"))
    out.write(json.dumps(tabulate(querying.answer(store, asked), job["rows"])).encode())
    return "application/json"


def show(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Describe a thing for a page: its card and the words behind it; null where the graph does not have it."""
    from kg.server.tables import describe  # noqa: PLC0415 - only pages need it

    out.write(json.dumps(describe(store, job["iri"], job["language"], job["rows"])).encode())
    return "application/json"


def reconcile(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Answer what a reconciliation client asks: `do` says which of its questions, `given` what it sent."""
    from kg.server.reconciling import answers  # noqa: PLC0415 - only its clients need it

    found = answers.answer(answers.opened(store, job["language"]), job["do"], job["given"])
    out.write(json.dumps(found, ensure_ascii=False).encode())
    return "application/json"


def search(store: ox.Store, job: dict[str, Any], out: Sink) -> str:  # noqa: ARG001 - a Task; the index knows enough
    """The things whose names fit `text` best, as JSON."""
    found = searching.found(
        job.get("index"), job["text"], language=job["language"], kind=job["kind"], limit=job["limit"]
    )
    out.write(json.dumps(found, ensure_ascii=False).encode())
    return "application/json"


def prepare(store: ox.Store, job: dict[str, Any], out: Sink) -> str:
    """Write the search index of the store to the file `index`, and answer with the store's statistics."""
    from kg.server import statistics  # noqa: PLC0415 - once for each snapshot

    searching.build(store, job["index"])
    out.write(json.dumps(statistics.compute(store).plain(), ensure_ascii=False).encode())
    return "application/json"


TASKS: dict[str, Task] = {
    "query": query,
    "table": table,
    "show": show,
    "reconcile": reconcile,
    "search": search,
    "prepare": prepare,
    "graph": graphs.graph,
    "thing": graphs.thing,
}


def work(store: ox.Store, job: dict[str, Any], out: Out) -> None:
    """Do one job, and write its answer, or why there is none."""
    try:
        media = TASKS[job["task"]](store, job, out)
    except TooLarge:
        message = "the answer has more bytes than this server gives; ask for less, for example with LIMIT"
        out.end(400, _PLAIN, message.encode())
    except Refused as error:
        out.end(error.status, _PLAIN, str(error).encode())
    except KgError as error:
        status = next(code for kind, code in _STATUS if isinstance(error, kind))
        out.end(status, _PLAIN, str(error).encode())
    except MemoryError:
        out.end(503, _PLAIN, b"the query needs more memory than it may use; ask for less")
        raise
    except BrokenPipeError:
        raise  # the server has gone, or has given this answer up
    except Exception:  # noqa: BLE001 - the worker lives on, and its log has it
        out.end(500, _PLAIN, b"this is a fault of the server; it is in its log", fault=traceback.format_exc())
    else:
        out.end(200, media)


def run(store: ox.Store | None, connection: int, bounds: Bounds) -> None:
    """Confine this process and work until the server closes its end.

    Its standard error is closed: what the engine says there when it dies would stand between the lines of the log.
    """
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a name, not a Path
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    confinement.die_with_parent()
    confinement.bound(bounds.worker_bytes)
    confinement.forbid_calls()
    confinement.run_deep(lambda: _work_on(store, connection, bounds), memory=bounds.worker_bytes)


def _work_on(store: ox.Store | None, connection: int, bounds: Bounds) -> None:
    with os.fdopen(connection, "rb", closefd=False) as jobs:
        for line in jobs:
            out = Out(connection, bounds.answer_bytes)
            if store is None:
                out.end(500, _PLAIN, b"the graph cannot be read")
            else:
                work(store, json.loads(line), out)


def _send(connection: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(connection, rest) :]
