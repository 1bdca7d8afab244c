"""Open files that may be anything: too large, no files at all, or not ours to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import SetAside
from kg.readers.raw import MAX_BYTES, Raw, Rejected


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The regular file `path`, open; SetAside `unreadable` for a pipe, a device, or one that may not be read."""
    try:
        # Without waiting: opening a pipe would otherwise hang until somebody writes into it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        raise SetAside("unreadable", f"the file cannot be opened: {error.strerror}") from error
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - Path.open takes no descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SetAside("unreadable", "this is no regular file")
        yield stream


def whole(stream: BinaryIO, name: str, *, format_name: str) -> Iterator[Raw | Rejected]:
    """An open file as one article; its size is asked for before it is read."""
    size = os.fstat(stream.fileno()).st_size
    if size > MAX_BYTES:
        yield too_large(name, size)
    else:
        yield Raw(name, stream.read(MAX_BYTES), format_name)


def too_large(name: str, size: int) -> Rejected:
    """An article with more bytes than an article has."""
    return Rejected(name, "too-large", f"{size:,} bytes; an article may have {MAX_BYTES:,}", size)
