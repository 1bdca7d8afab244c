"""What can be set from outside, in one frozen value that is read once and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """The bounds that queries and proposers run under; each is set by a variable such as KG_QUERY_SECONDS.

    `query_seconds` is the server's deadline for one answer, `query_workers` how many are worked out at once,
    `query_queue` how many may wait, `answer_bytes` the largest answer, `worker_bytes` a worker's address space.
    `propose_seconds` is what a proposer may take for one article in all, `propose_request_seconds` for one question to a
    language model, `propose_tries` how often that is asked at most, `propose_answer_bytes` its largest answer.
    """

    query_seconds: float = 10.0
    query_workers: int = 2
    query_queue: int = 32
    answer_bytes: int = 64 * 2**20
    worker_bytes: int = 2 * 2**30
    propose_seconds: float = 180.0
    propose_request_seconds: float = 60.0
    propose_tries: int = 3
    propose_answer_bytes: int = 2**20

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """The settings with what `environment` says; a value that is no positive number is a UsageError."""
        given: dict[str, float] = {}
        for field in fields(cls):
            variable = f"KG_{field.name.upper()}"
            if variable in environment:
                given[field.name] = _positive(variable, environment[variable], whole=isinstance(field.default, int))
        return cls(**given)  # type: ignore[arg-type]  # _positive gives int where the field asks for it


def _positive(variable: str, text: str, *, whole: bool) -> float:
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        raise UsageError(f"{variable} must be a positive {'whole ' if whole else ''}number, not {text!r}")
    return value
