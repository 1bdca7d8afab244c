"""The process that changes the graph: it takes one request after the other, and publishes what they did together.

It reads a request a line as JSON on stdin. On stdout it says, a line each, which request it has begun, how it ended, and
which ones were published; only then are they acknowledged. It may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import sparql, sparql_updates
from kg.errors import KgError, UsageError
from kg.server import confinement, parsing
from kg.server.publishing import Published

MOST_SHARING = 64
_STATUS: tuple[tuple[type[KgError], int], ...] = ((sparql.QueryForbidden, 403), (UsageError, 400), (KgError, 500))
Done = tuple[int, str]
"""The status of a request that was carried out, and what is said of it."""


class _Spoilt(Exception):
    """A document that nobody had read before cannot be read, and some of it is in the store."""


def update(store: ox.Store, job: dict[str, Any]) -> Done:
    """Apply an update of SPARQL, all of it or nothing."""
    using = sparql_updates.Using(tuple(job["using"]), tuple(job["using_named"]))
    try:
        text = sparql_updates.check(job["update"], using)
    except sparql_updates.LoadForbidden as error:
        _apply(ox.Store(), error.rest, job)  # what cannot be read is told as such first
        raise
    return _apply(store, text, job)


def _apply(store: ox.Store, text: str, job: dict[str, Any]) -> Done:
    try:
        store.update(text, base_iri=job["base"], prefixes=sparql.PREFIXES)
    except SyntaxError as error:
        message = " ".join(str(error).split()).partition(", [")[0][:200]
        raise sparql.QueryError(f"the update cannot be read: {message}") from error
    except ValueError as error:
        raise sparql.QueryError(f"the update cannot be evaluated: {error}") from error
    except RuntimeError as error:  # such as a graph that is to be created and is there
        return 409, f"the update cannot be carried out: {error}"
    return 204, ""


def put(store: ox.Store, job: dict[str, Any]) -> Done:
    """Put a graph in the place of what stood there."""
    graph = _graph(job)
    existed = _exists(store, graph)
    store.clear_graph(graph)
    _load(store, job, graph)
    return (204, "") if existed else (201, "")


def post(store: ox.Store, job: dict[str, Any]) -> Done:
    """Add triples to a graph, which is made where there is none."""
    graph = _graph(job)
    existed = _exists(store, graph)
    _load(store, job, graph)
    return (204, "") if existed else (201, "")


def delete(store: ox.Store, job: dict[str, Any]) -> Done:
    """Remove a graph."""
    graph = _graph(job)
    if not _exists(store, graph):
        return 404, "there is no such graph"
    store.remove_graph(graph)
    return 204, ""


TASKS: dict[str, Callable[[ox.Store, dict[str, Any]], Done]] = {
    "update": update,
    "put": put,
    "post": post,
    "delete": delete,
}
_CHANGED = range(200, 300)


def work(published: Published, jobs: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    """Carry out the requests until there are no more."""
    store: ox.Store | None = None
    waiting: list[str] = []
    while (job := jobs.get()) is not None:
        if store is None:
            store = published.open()
        if waiting and not job.get("parsed", True):  # what it may spoil holds nothing that is not published
            _publish(published, store, waiting)
        _say(begun=job["id"])
        try:
            status, message = carry_out(store, job)
        except _Spoilt as error:
            status, message = 400, str(error)
            store = None
        if store is None:  # closed, as the error is gone that knew of it
            published.discard()
        _say(done=job["id"], status=status, message=message)
        if status in _CHANGED:
            waiting.append(job["id"])
        if store is not None and waiting and (len(waiting) == MOST_SHARING or jobs.empty()):
            _publish(published, store, waiting)
    if store is not None and waiting:
        _publish(published, store, waiting)


def _publish(published: Published, store: ox.Store, waiting: list[str]) -> None:
    _say(published=published.publish(store, waiting), requests=waiting)
    waiting.clear()


def carry_out(store: ox.Store, job: dict[str, Any]) -> Done:
    """The end of one request; what is wrong with it changes nothing. Any other error ends the writer: it starts anew."""
    try:
        return TASKS[job["task"]](store, job)
    except KgError as error:
        return next(code for kind, code in _STATUS if isinstance(error, kind)), str(error)


def main(graph: str, memory: str, held: str) -> None:
    """Work until stdin ends; `held` is the descriptor by which the server holds the graph folder."""
    confinement.die_with_parent()
    confinement.bound(int(memory))
    confinement.forbid_calls()
    try:
        published = Published(Path(graph), int(held))
    except KgError as error:
        _say(failed=str(error))
        return
    _say(ready=True)
    jobs: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(jobs,), daemon=True).start()
    confinement.run_deep(lambda: work(published, jobs), memory=int(memory))  # what it raises ends the process
    os._exit(0)  # the thread that hears cannot be ended otherwise


def _hear(jobs: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    for line in sys.stdin.buffer:
        jobs.put(json.loads(line))
    jobs.put(None)


def _graph(job: dict[str, Any]) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(job["graph"]) if job["graph"] else ox.DefaultGraph()


def _exists(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
    return isinstance(graph, ox.DefaultGraph) or store.contains_named_graph(graph)


def _load(store: ox.Store, job: dict[str, Any], graph: ox.NamedNode | ox.DefaultGraph) -> None:
    """Load triples that `kg.server.parsing` wrote or let pass; many of them in bulk, as nobody sees the half of it."""
    if isinstance(graph, ox.NamedNode):
        store.add_graph(graph)
    large = Path(job["file"]).stat().st_size > parsing.LARGE
    try:
        (store.bulk_load if large else store.load)(path=job["file"], format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    except (SyntaxError, ValueError) as error:
        if job["parsed"]:
            raise
        raise _Spoilt(str(parsing.unreadable(error))) from None


def _say(**event: Any) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(json.dumps(event).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
