"""Keep the exact bytes of many articles on disk while a build goes on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from kg.readers import Raw


class Spool:
    """A temporary file of articles, each found again by the hash of its bytes."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, raw: Raw) -> None:
        """Keep the bytes of an article."""
        if raw.sha256 not in self._places:
            self._places[raw.sha256] = (self._file.seek(0, 2), len(raw.data))
            self._file.write(raw.data)

    def get(self, hashes: Iterable[str]) -> Iterator[bytes]:
        """The bytes that have these hashes, one after the other."""
        for sha256 in hashes:
            start, size = self._places[sha256]
            self._file.seek(start)
            yield self._file.read(size)
