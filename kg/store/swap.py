"""Put a finished folder in another's place, so that a reader sees the old one or the new one and nothing between."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg import edits
from kg.errors import StoreError, UsageError
from kg.folder import identity

_ATTEMPTS = 5
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextlib.contextmanager
def replacing(target: Path, *, anew: bool = False) -> Iterator[Path]:
    """An empty folder beside `target`, which takes its place when the block ends well and is removed when it does not.

    It is removed as well if it is to stand there `anew`, and somebody else has put a folder there meanwhile.
    """
    with beside(target) as fresh:
        yield fresh
        make_durable(fresh)
        with exclusively(target):
            if anew and target.exists():
                return
            edits.refuse(target, "replacing it")
            put(fresh, target)
        make_durable(target.parent)


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, which is removed when the block ends, whatever it holds then.

    The folder is locked while its process lives. What builds that were killed left behind is removed first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target.parent, wait=True):
        _clear_up(target)
        fresh = target.with_name(_building(target) + uuid.uuid4().hex)
        fresh.mkdir()
        held = _open_folder(fresh)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        os.close(held)


@contextlib.contextmanager
def whole(output: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `output` when the block ends well, and is removed when it does not."""
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}")
    mode = output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask()
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as out:
        fresh = Path(out.name)
        try:
            yield out
            out.flush()
            os.fsync(out.fileno())
            fresh.chmod(mode)
            fresh.replace(output)
        finally:
            fresh.unlink(missing_ok=True)


def _umask() -> int:
    before = os.umask(0)
    os.umask(before)
    return before


@contextlib.contextmanager
def held(graph: Path) -> Iterator[Path]:
    """The folder `graph` as it is now, whatever takes its place meanwhile: its files under names of their own, not copied.

    Where no such names can be made, as the place beside `graph` is not ours to write to, it is `graph` itself; then a StoreError
    tells at the end that it was changed.
    """
    target = graph.resolve()
    with contextlib.ExitStack() as stack:
        for _ in range(_ATTEMPTS):
            before = identity(target)
            try:
                fresh = stack.enter_context(beside(target))
                _link(target, fresh)
            except FileNotFoundError:
                if identity(target) == before:
                    raise
            except OSError:
                break  # another owner's files, a file system without hard links, or one that is read-only
            if identity(target) == before:
                yield fresh
                return
        else:
            raise StoreError(f"{graph} is being replaced again and again; try later")
        yield graph
        if identity(target) != before:
            raise StoreError(f"{graph} was changed meanwhile; do it again")


def _link(old: Path, new: Path) -> None:
    for entry in old.iterdir():
        if entry.name == edits.EDITS and entry.is_dir():
            _link_edits(old, new)
            continue
        if entry.is_dir() and not entry.is_symlink():
            (new / entry.name).mkdir()
            _link(entry, new / entry.name)
        else:
            os.link(entry, new / entry.name, follow_symlinks=False)


def _link_edits(old: Path, new: Path) -> None:
    """Link the newest published snapshot alone: what the writer is about to publish changes while it is looked at."""
    with edits.holding(old) as snapshot:
        if snapshot is None:
            return
        place = new / edits.EDITS / edits.SNAPSHOTS / snapshot.name
        place.mkdir(parents=True)
        _link(snapshot, place)
        edits.point(new, snapshot.name)


@contextlib.contextmanager
def exclusively(target: Path) -> Iterator[None]:
    """Let nobody replace the folder `target`, or begin to edit it, before the block ends."""
    with _locked(target.parent, wait=True):
        yield


def put(fresh: Path, target: Path) -> None:
    """Make the folder `fresh` the folder `target`; what stood there stands at `fresh` then.

    Linux exchanges two names at once. Elsewhere, and on file systems that cannot, it takes two renames: for a moment
    there is no `target`, and a build killed in that moment leaves the old one to be put back by the next build.
    """
    if not target.exists() or not any(target.iterdir()):
        fresh.rename(target)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "renameat2"):
        names = (os.fsencode(fresh), os.fsencode(target))
        if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
            return
        if ctypes.get_errno() not in _NO_EXCHANGE:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))
    previous = _previous(target)
    target.rename(previous)
    fresh.rename(target)
    previous.rename(fresh)


def make_durable(folder: Path) -> None:
    """Wait until everything on the file system of `folder` is on the disk."""
    libc = ctypes.CDLL(None, use_errno=True)
    with _opened(folder) as held:
        if not hasattr(libc, "syncfs") or libc.syncfs(held) != 0:
            os.sync()


def _building(target: Path) -> str:
    return f".{target.name}.building-"


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


def _clear_up(target: Path) -> None:
    """Undo what builds of `target` that were killed left: put back an old graph, remove folders that nobody holds."""
    if _previous(target).exists() and not target.exists():
        _previous(target).rename(target)
    shutil.rmtree(_previous(target), ignore_errors=True)
    left_behind = [path for path in target.parent.iterdir() if path.name.startswith(_building(target))]
    for left in left_behind:
        with contextlib.suppress(OSError), _locked(left, wait=False):
            shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of `folder`; without `wait`, an OSError says that another process has it."""
    with _opened(folder) as held:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    held = _open_folder(folder)
    try:
        yield held
    finally:
        os.close(held)


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
