"""Where answers are written to."""

from __future__ import annotations

from typing import Any, Protocol


class TooLarge(Exception):
    """The answer is larger than allowed: stop writing it."""


class Sink(Protocol):
    """Takes an answer piece by piece; once `media` is set, what is written may go out before the answer ends."""

    media: str | None

    def write(self, data: Any, /) -> int:
        """Take a piece of the answer; TooLarge beyond the limit."""

    def flush(self) -> None:
        """Do what must be done before the end."""
