"""Which module reads a file, by its suffix."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kg import plugins
from kg.errors import SetAside
from kg.model import Document
from kg.readers.raw import Raw, Rejected

_PACKAGE = "kg.readers"


class Format(Protocol):
    """A module that reads one input format; its `SUFFIXES` tell it from the other modules of this package.

    `split` cuts an open file into articles without looking into their text; `parse` makes one article a document or
    raises SetAside. What is hostile in an article shows in `parse`, so a build runs it under guard.
    """

    SUFFIXES: tuple[str, ...]

    def split(self, stream: BinaryIO, name: str) -> Iterator[Raw | Rejected]:
        """The articles in an open file called `name`."""

    def parse(self, raw: Raw) -> Document:
        """The document that `raw` holds."""


@cache
def named(name: str) -> Format:
    """The module of the format `name`."""
    return cast("Format", plugins.find(_PACKAGE, name))


@cache
def suffixes() -> dict[str, str]:
    """From a file's suffix to the name of its format."""
    found = plugins.discover(_PACKAGE)
    return {suffix: name for name in sorted(found) for suffix in getattr(found[name], "SUFFIXES", ())}


def of(path: Path) -> str:
    """The name of the format of a file; SetAside `unknown-format` when there is none."""
    known = suffixes()
    if path.suffix.lower() not in known:
        raise SetAside("unknown-format", f"no reader for this kind of file; known are {', '.join(sorted(known))}")
    return known[path.suffix.lower()]
