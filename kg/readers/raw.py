"""What a reader is given, and what it hands back when it cannot use it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.errors import SetAside

MAX_BYTES = 20_000_000
"""The most bytes that one article may have."""


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one article, as they lie in a file or on one line of it, and the module that reads them."""

    source: str
    data: bytes
    format: str

    @property
    def sha256(self) -> str:
        """The hash of the exact bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def rejected(self, reason: str, message: str) -> Rejected:
        """This article as one that cannot be used."""
        return Rejected(self.source, reason, message, size=len(self.data), sha256=self.sha256)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that was set aside: which, why (a stable slug, and a sentence for people), and how large it is.

    `size` is in bytes, None where even that is unknown; `sha256` is empty when the bytes were not read.
    """

    source: str
    reason: str
    message: str
    size: int | None = None
    sha256: str = ""

    @classmethod
    def of(cls, source: str, problem: SetAside, *, size: int | None = None) -> Rejected:
        """The input `source`, set aside for `problem`."""
        return cls(source, problem.reason, str(problem), size)
