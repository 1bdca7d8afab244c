"""Read articles from files, folders and a stream of JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import SetAside
from kg.model import Document
from kg.readers import formats, sources
from kg.readers.files import opened
from kg.readers.raw import Raw, Rejected

STDIN = "-"
_STREAM_FORMAT = "jsonl"
_STREAM_NAME = "stdin"


Paths = Path | str | Iterable[Path | str]


def read(paths: Paths, *, stdin: BinaryIO | None = None) -> Iterator[Document | Rejected]:
    """The articles below `paths` as documents; what cannot be used comes as Rejected, in its place.

    "-" stands for `stdin`, one article a line as JSON.
    """
    for raw in load(paths, stdin=stdin):
        yield raw if isinstance(raw, Rejected) else parse(raw)


def load(paths: Paths, *, stdin: BinaryIO | None = None) -> Iterator[Raw | Rejected]:
    """The bytes of the articles below `paths`, in one order whatever the order of `paths`; nothing is decoded yet."""
    named = [str(path) for path in ((paths,) if isinstance(paths, Path | str) else paths)]
    found = sources.find(Path(path) for path in named if path != STDIN)
    for item in found:
        yield from (item,) if isinstance(item, Rejected) else _split(item)
    if STDIN in named and stdin is not None:
        yield from formats.named(_STREAM_FORMAT).split(stdin, _STREAM_NAME)


def parse(raw: Raw) -> Document | Rejected:
    """The document that `raw` holds, or why it cannot be one."""
    try:
        return formats.named(raw.format).parse(raw)
    except SetAside as problem:
        return raw.rejected(problem.reason, str(problem))


def _split(file: sources.File) -> Iterator[Raw | Rejected]:
    try:
        with opened(file.path) as stream:
            yield from formats.named(file.format).split(stream, file.name)
    except SetAside as problem:
        yield Rejected.of(file.name, problem)
    except OSError as error:  # the disk may fail, or the file shrink, while it is read
        yield Rejected(file.name, "unreadable", f"the file cannot be read: {error.strerror}")
