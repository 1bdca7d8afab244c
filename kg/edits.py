"""The edits of a graph folder: snapshots that were published over what a build wrote, and which of them is the newest.

What a build wrote is never written again. `edits/snapshots/<number>/` holds a whole store and, in `snapshot.json`, the size
and SHA-256 of each of its files; `edits/current` is a link to the newest one that was published whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import StoreError, UsageError

EDITS = "edits"
SNAPSHOTS = "snapshots"
CURRENT = "current"
SNAPSHOT = "snapshot.json"
STORE = "store"
_ATTEMPTS = 5
_HOW = "to keep the edits: kg export {0} --format nq -o edited.nq; to drop them: remove {0}/edits"


def published(graph: Path) -> Path | None:
    """The folder of the newest published snapshot of the graph folder `graph`; None where nothing was edited."""
    link = graph / EDITS / CURRENT
    try:
        return (graph / EDITS / link.readlink()).absolute()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{link} is no link to a snapshot: {error.strerror}") from error


def point(graph: Path, name: str) -> None:
    """Make the snapshot `name` the one that is published, at once for all who look."""
    link = graph / EDITS / f"{CURRENT}.next"
    link.symlink_to(f"{SNAPSHOTS}/{name}")
    link.replace(graph / EDITS / CURRENT)


def store(graph: Path) -> Path | None:
    """The store of the newest published snapshot; None where nothing was edited."""
    snapshot = published(graph)
    return snapshot / STORE if snapshot else None


def described(snapshot: Path) -> dict[str, Any]:
    """What `snapshot` says of itself: its number, when it was published, its files; a StoreError if it cannot be read."""
    try:
        found = json.loads((snapshot / SNAPSHOT).read_text(encoding="utf-8"))
        return {"number": found["number"], "published": found["published"], **found}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{snapshot / SNAPSHOT} is missing or damaged ({error}); restore a backup") from error


def check_sizes(snapshot: Path) -> None:
    """A StoreError if a file of `snapshot` is missing or has another size than when it was published; quick."""
    wanted = {name: size for name, (size, _) in described(snapshot)["files"].items()}
    place = snapshot / STORE
    found = {name: (place / name).stat().st_size for name in wanted if (place / name).is_file()}
    if found != wanted:
        wrong = sorted(name for name in wanted if found.get(name) != wanted[name])
        raise StoreError(f"{place} is damaged ({', '.join(wrong[:3])}); restore a backup, or remove the edits")


def verify(snapshot: Path) -> int:
    """Read every file of `snapshot` and return how many there are; a StoreError names those that changed."""
    wanted = described(snapshot)["files"]
    check_sizes(snapshot)
    wrong = sorted(name for name, (_, sha256) in wanted.items() if digest(snapshot / STORE / name) != sha256)
    if wrong:
        raise StoreError(f"{snapshot / STORE} is damaged ({', '.join(wrong[:3])}); restore a backup")
    return len(wanted)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse(graph: Path, what: str) -> None:
    """A UsageError if `graph` was edited over HTTP, as `what` would lose the edits; it says what to do."""
    if (graph / EDITS).exists():
        raise UsageError(f"{graph} was edited over HTTP, and {what} would lose that; " + _HOW.format(graph))


@contextlib.contextmanager
def holding(graph: Path) -> Iterator[Path | None]:
    """The newest published snapshot, which is not removed before the block ends; None where nothing was edited.

    Processes that are forked within the block hold it as well, for as long as they live.
    """
    held = hold(graph)
    try:
        yield held[0] if held else None
    finally:
        if held:
            os.close(held[1])


def hold(graph: Path) -> tuple[Path, int] | None:
    """The newest published snapshot, and a file descriptor: until that is closed the snapshot is not removed."""
    for _ in range(_ATTEMPTS):
        snapshot = published(graph)
        if snapshot is None:
            return None
        try:
            held = os.open(snapshot, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:  # superseded and removed since the link was read
            continue
        fcntl.flock(held, fcntl.LOCK_SH)
        if published(graph) == snapshot:
            return snapshot, held
        os.close(held)
    raise StoreError(f"{graph / EDITS} has no snapshot where {CURRENT} points; restore a backup, or remove the edits")


def held(place: Path) -> int | None:
    """A file descriptor that keeps the snapshot with the store `place`; None where that is the store of a build.

    Processes that are forked keep it as well, for as long as they live.
    """
    if not (place.parent / SNAPSHOT).is_file():
        return None
    found = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    fcntl.flock(found, fcntl.LOCK_SH)
    return found
