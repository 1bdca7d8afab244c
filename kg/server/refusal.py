"""What a worker raises when a job cannot be done."""

from __future__ import annotations


class Refused(Exception):
    """The job cannot be done: answer with `status` and the message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
