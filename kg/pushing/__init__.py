"""Keep a copy of a graph on another server: every named graph by Graph Store PUT, and only what changed since the last time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import folder
from kg.errors import UsageError
from kg.pushing.errors import RemoteError
from kg.pushing.journal import Journal
from kg.pushing.login import Bearer, Login, bearer, login
from kg.pushing.remote import FORMS, Remote
from kg.store import swap

__all__ = ["FORMS", "Bearer", "Login", "Pushed", "Remote", "RemoteError", "bearer", "login", "push"]

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What went to a server, or would go: the IRIs of the graphs that were `sent` and `deleted`, the others by number.

    `started_over` says that the server had lost what was sent before, so that all of it was sent again.
    """

    sent: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int
    triples: int
    bytes: int
    started_over: bool = False


def push(
    graph: Path,
    remote: Remote,
    *,
    everything: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda _stage, _done: None,
) -> Pushed:
    """Make `remote` hold the named graphs of the folder `graph`, and none that was sent from there before and is gone.

    What was sent is written down beside the folder (`Journal`), graph by graph, so that the next push, or the same after a
    break, goes on from there; `everything` sends all the same. `dry_run` asks the server nothing and writes nothing down. A RemoteError
    says why the server could not be brought up to date.
    """
    folder.manifest(graph)
    with swap.held(graph) as held, Journal.opened(graph, remote.identity, writes=not dry_run) as journal:
        return _Push(held, remote, journal, dry_run=dry_run, progress=progress).done(everything=everything)


class _Push:
    def __init__(self, graph: Path, remote: Remote, journal: Journal, *, dry_run: bool, progress: Progress) -> None:
        self._store = folder.read_only(graph)
        self._graphs = folder.graph_sizes(self._store)
        if "" in self._graphs:
            raise UsageError("some quads stand in no named graph; only named graphs can be sent")
        self._remote, self._journal, self._dry_run, self._progress = remote, journal, dry_run, progress
        self._done = 0

    def done(self, *, everything: bool) -> Pushed:
        started_over = not everything and not self._dry_run and self._is_lost()
        sent: list[str] = []
        size = 0
        for graph in sorted(self._graphs):
            body = self._triples(graph)
            sha256 = hashlib.sha256(body).hexdigest()
            if everything or started_over or self._journal.sent.get(graph) != sha256:
                self._change(graph, sha256, lambda graph=graph, body=body: self._remote.put(graph, body))  # type: ignore[misc]
                sent.append(graph)
                size += len(body)
            self._step("sending")
        gone = sorted(self._journal.sent.keys() - self._graphs.keys())
        for graph in gone:
            self._change(graph, None, lambda graph=graph: self._remote.delete(graph))  # type: ignore[misc]
            self._step("deleting")
        triples = sum(self._graphs[graph] for graph in sent)
        return Pushed(tuple(sent), tuple(gone), len(self._graphs) - len(sent), triples, size, started_over)

    def _is_lost(self) -> bool:
        """Whether the server has no longer what was sent: it may have been emptied, or another one have taken its address."""
        known = [graph for graph, sha256 in self._journal.sent.items() if sha256 and graph in self._graphs]
        return bool(known) and not self._remote.has(min(known, key=lambda graph: (self._graphs[graph], graph)))

    def _triples(self, graph: str) -> bytes:
        written = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""
        return b"".join(sorted(written.splitlines(keepends=True)))

    def _change(self, graph: str, sha256: str | None, do: Callable[[], None]) -> None:
        """Change one graph of the server. Until it says that it did, nobody knows what it has there, and the journal says so."""
        if self._dry_run:
            return
        self._journal.begin(graph)
        try:
            do()
        except RemoteError as error:
            raise RemoteError(f"{error}; {self._done:,} graphs are up to date, do the same again to go on") from error
        self._journal.end(graph, sha256)

    def _step(self, stage: str) -> None:
        self._done += 1
        self._progress(stage, self._done)
