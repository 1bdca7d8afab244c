"""The store that the writer changes, and how its states are published: as snapshots that are whole on the disk or not there.

Whatever happens to the writer, it begins again with the newest published snapshot: what was acknowledged is in that, and
what was not is gone as a whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from kg import edits, folder
from kg.errors import StoreError
from kg.store import swap

_WORKING = "working"
_NEXT = "next"
_WRITTEN_ONCE = ".sst"
_GRACE_SECONDS = 30.0
"""For so long a superseded snapshot stays for readers that do not hold it: they have opened all its files by then."""


class Published:
    """The edits of one graph folder, open for the only process that writes them.

    `held` is the descriptor of a `Hold` that was handed over; without it the folder is held here.
    """

    def __init__(self, graph: Path, held: int | None = None) -> None:
        self._graph = graph
        self._locked = _lock(graph) if held is None else held
        self._edits = graph / edits.EDITS
        self._files: dict[str, tuple[int, str]] = {}
        self._begun = False
        snapshot = edits.published(graph)
        if snapshot:
            edits.check_sizes(snapshot)
        if self._edits.exists():
            self._clear_up(snapshot)

    def open(self) -> ox.Store:
        """The store to change: a copy of the newest published state, which shares the files that are never written again."""
        if not self._begun:
            self._begin()
        snapshot = edits.published(self._graph)
        source = snapshot / edits.STORE if snapshot else self._graph / folder.STORE
        working = self._edits / _WORKING
        working.mkdir()
        for part in source.iterdir():
            (os.link if part.suffix == _WRITTEN_ONCE else shutil.copyfile)(part, working / part.name)
        if snapshot:
            described = edits.described(snapshot)["files"]
            self._files = {name: tuple(entry) for name, entry in described.items() if name.endswith(_WRITTEN_ONCE)}
        return ox.Store(str(working))

    def discard(self) -> None:
        """Give up the store that is changed, which nobody has open any more; the next one is a new copy."""
        shutil.rmtree(self._edits / _WORKING)

    def publish(self, store: ox.Store, requests: Sequence[str]) -> int:
        """Publish the state of `store`, which holds what `requests` asked for, and return the snapshot's number."""
        before = edits.published(self._graph)
        number = edits.described(before)["number"] + 1 if before else 1
        fresh = self._edits / _NEXT
        fresh.mkdir()
        store.backup(str(fresh / edits.STORE))
        self._files = _summed(fresh / edits.STORE, self._files)
        described = {
            "number": number,
            "published": datetime.now(UTC).isoformat(timespec="seconds"),
            "built": folder.manifest(self._graph)["sha256"],
            "requests": list(requests),
            "files": dict(sorted(self._files.items())),
        }
        (fresh / edits.SNAPSHOT).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
        for place in (fresh / edits.SNAPSHOT, fresh / edits.STORE, fresh):
            _sync(place)
        snapshots = self._edits / edits.SNAPSHOTS
        fresh.rename(snapshots / f"{number:06d}")
        _sync(snapshots)
        self._point(number)
        if before:
            os.utime(before)  # superseded now: its days of grace begin
        self._remove_unread()
        return number

    def _begin(self) -> None:
        """Make the folder of the edits; from now on nobody replaces the graph."""
        with swap.exclusively(self._graph):
            if self._graph.stat().st_ino != os.fstat(self._locked).st_ino:
                raise StoreError(f"{self._graph} was built again meanwhile; the writer starts anew")
            (self._edits / edits.SNAPSHOTS).mkdir(parents=True, exist_ok=True)
            _sync(self._graph)
        self._begun = True

    def _point(self, number: int) -> None:
        edits.point(self._graph, f"{number:06d}")
        _sync(self._edits)

    def _clear_up(self, snapshot: Path | None) -> None:
        """Remove what a writer that was killed left: its store, and what it had not published."""
        for name in (_WORKING, _NEXT):
            shutil.rmtree(self._edits / name, ignore_errors=True)
        (self._edits / f"{edits.CURRENT}.next").unlink(missing_ok=True)
        for other in self._snapshots():
            if snapshot is None or other.name > snapshot.name:
                shutil.rmtree(other, ignore_errors=True)

    def _remove_unread(self) -> None:
        """Remove the superseded snapshots that no reader holds any more."""
        current = edits.published(self._graph)
        for other in self._snapshots():
            if other.name != (current and current.name) and time.time() - other.stat().st_mtime > _GRACE_SECONDS:
                with contextlib.suppress(OSError), _held_alone(other):
                    shutil.rmtree(other, ignore_errors=True)

    def _snapshots(self) -> list[Path]:
        place = self._edits / edits.SNAPSHOTS
        return sorted(place.iterdir()) if place.is_dir() else []


class Hold:
    """The right to write a graph folder, which one server has at a time: until it closes this, or has ended.

    The server has it, not its writer, as that may die: nobody else may write before the next one has started. A StoreError
    if the folder cannot be written, for one because another server does.
    """

    def __init__(self, graph: Path) -> None:
        if not os.access(graph, os.W_OK):
            raise StoreError(f"{graph} may not be written by this user; serve it without a token, or change its owner")
        self._graph = graph
        self._descriptor: int | None = _lock(graph)

    def renewed(self) -> int:
        """The descriptor to hand to a writer: of the folder that stands there now, as it may have been built again."""
        held = self._descriptor
        if held is None or self._graph.stat().st_ino != os.fstat(held).st_ino:
            fresh = _lock(self._graph)
            self.close()
            self._descriptor = held = fresh
        return held

    def close(self) -> None:
        """Give the right up, if it is not yet."""
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = None


def _lock(graph: Path) -> int:
    """A descriptor that holds the graph folder until it is closed; a StoreError if another server writes it."""
    held = os.open(graph, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        raise StoreError(f"{graph} is written by another server; end that first, or serve without a token") from error
    return held


def _summed(store: Path, known: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """The size and SHA-256 of each file of a store; those that are never written again are read once."""
    found = {}
    for part in sorted(store.iterdir()):
        size = part.stat().st_size
        if part.suffix == _WRITTEN_ONCE and part.name in known and known[part.name][0] == size:
            found[part.name] = known[part.name]
            continue
        if part.suffix != _WRITTEN_ONCE:  # the others the engine has synced
            _sync(part)
        found[part.name] = (size, edits.digest(part))
    return found


@contextlib.contextmanager
def _held_alone(place: Path) -> Iterator[None]:
    held = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def _sync(path: Path) -> None:
    held = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(held)
    finally:
        os.close(held)
