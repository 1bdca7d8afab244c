"""Read the lines of a large file, compressed or not, in bounded memory whatever the file holds."""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.wikidata.errors import SourceError

LONGEST = 32 * 2**20
"""Bytes of a line: the longest item that was seen has five million."""
_CHUNK = 2**20
_RATIO, _RATIO_FROM = 200, 64 * 2**20
"""How many times its size a file may hold, and from how many bytes on that is asked: a dump holds some 15 times."""


@dataclass(slots=True)
class Reading:
    """How far a file has been read: bytes of the file, bytes of lines, and lines left out as too long."""

    taken: int = 0
    read: int = 0
    too_long: int = 0


def lines(path: Path, reading: Reading, progress: Callable[[int], None] = lambda _taken: None) -> Iterator[bytes]:
    """The lines of `path`, without their ends; what its first bytes say decides how it is read, not its name.

    A line over LONGEST is left out and counted. A file that cannot be read to its end, or that grows beyond all measure
    when it is unpacked, is a SourceError.
    """
    try:
        with path.open("rb") as raw, _opened(raw) as file:
            yield from _split(_chunks(path, raw, file, reading, progress), reading)
    except (EOFError, OSError, zlib.error) as error:
        raise SourceError(f"{path} cannot be read to its end ({error}); is it whole?") from error


def _opened(raw: IO[bytes]) -> IO[bytes]:
    magic = raw.read(3)
    raw.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]  # it reads as a file does
    return bz2.BZ2File(raw) if magic == b"BZh" else raw


def _chunks(
    path: Path, raw: IO[bytes], file: IO[bytes], reading: Reading, progress: Callable[[int], None]
) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        reading.taken = raw.tell()
        reading.read += len(chunk)
        if reading.read > _RATIO_FROM and reading.read > _RATIO * max(reading.taken, 1):
            raise SourceError(f"{path} unpacks to more than {_RATIO} times its size: that is no dump")
        progress(reading.taken)
        yield chunk


def _split(chunks: Iterator[bytes], reading: Reading) -> Iterator[bytes]:
    rest: list[bytes] = []
    size = 0
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        size += len(first)
        # What lies beyond the longest line is not kept, only measured.
        rest = [*rest, first] if size <= LONGEST else []
        for following in others:
            if size > LONGEST:
                reading.too_long += 1
            else:
                yield b"".join(rest)
            rest, size = [following], len(following)
    if size > LONGEST:
        reading.too_long += 1
    elif rest:
        yield b"".join(rest)
