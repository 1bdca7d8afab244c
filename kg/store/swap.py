"""Put a finished folder in another's place, so that a reader sees the old one or the new one and nothing between."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from kg import edits

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, which takes its place when the block ends well and is removed when it does not.

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
        make_durable(fresh)
        with exclusively(target):
            edits.refuse(target, "replacing it")
            put(fresh, target)
        make_durable(target.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        os.close(held)


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
