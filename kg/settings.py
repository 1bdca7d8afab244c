"""What can be set from outside, in one frozen value that is read once and passed on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from kg.errors import UsageError

FILE = "kg.toml"
TABLE = "limits"


def _bound(default: float, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """The bounds that queries and proposers run under.

    Each is set by an option of `kg serve` such as --query-seconds where there is one, else by a variable such as
    KG_QUERY_SECONDS, else by its line in the table [limits] of kg.toml, else it is as here.
    """

    query_seconds: float = _bound(10.0, "deadline for one answer, the wait for its turn included")
    query_workers: int = _bound(4, "ad-hoc queries worked out at once; one client gets half of it")
    page_workers: int = _bound(2, "workers that only the pages, the search and the reconciliation have")
    query_queue: int = _bound(32, "requests that may wait for a worker; one more is answered 503")
    client_queries: int = _bound(8, "requests of one client at once; one more is answered 429")
    query_bytes: int = _bound(65_536, "the largest query")
    answer_bytes: int = _bound(64 * 2**20, "the largest answer")
    worker_bytes: int = _bound(2 * 2**30, "a worker's address space, a quarter of it its stack")
    write_seconds: float = _bound(20.0, "how long a worker waits for a client that takes its answer slowly")
    request_seconds: float = _bound(10.0, "how long a client may take to send its request")
    connections: int = _bound(512, "open connections; for one more the oldest without a request is closed")
    cache_bytes: int = _bound(64 * 2**20, "answers kept for those who ask the same of the same snapshot")
    index_seconds: float = _bound(600.0, "deadline for the index of names and the statistics of a snapshot")
    stop_seconds: float = _bound(10.0, "how long answers may take to end when the server is stopped")
    change_seconds: float = _bound(30.0, "deadline for one change of the graph, and for reading one graph that is sent")
    change_queue: int = _bound(256, "changes that may wait for the writer; one more is answered 503")
    update_bytes: int = _bound(2**20, "the largest update")
    graph_bytes: int = _bound(64 * 2**20, "the largest graph that may be sent")
    upload_seconds: float = _bound(300.0, "how long a graph that is sent may take to come")
    propose_seconds: float = _bound(180.0, "what a proposer may take for one article in all")
    propose_request_seconds: float = _bound(60.0, "one question to a language model")
    propose_tries: int = _bound(3, "how often a language model is asked when it is busy or silent")
    propose_answer_bytes: int = _bound(2**20, "the largest answer of a language model")

    @classmethod
    def read(
        cls, environment: Mapping[str, str], *, file: Path | None = None, given: Mapping[str, Any] | None = None
    ) -> Settings:
        """The settings with what the `file`, the `environment` and the options `given` say, the later before the earlier.

        A value that is no positive number is a UsageError, and so is a name in the file that is none of ours.
        """
        values: dict[str, float] = {}
        stated = _stated(file) if file else {}
        for name in stated:
            if name not in cls.__dataclass_fields__:
                raise UsageError(f"{file}: there is no limit called {name}; kg serve --show-limits shows all")
        for one in fields(cls):
            variable = f"KG_{one.name.upper()}"
            if (given or {}).get(one.name) is not None:
                values[one.name] = (given or {})[one.name]
            elif variable in environment:
                values[one.name] = _positive(variable, environment[variable], whole=is_whole(one))
            elif one.name in stated:
                values[one.name] = _positive(f"{one.name} in {file}", str(stated[one.name]), whole=is_whole(one))
        return cls(**values)  # type: ignore[arg-type]  # _positive gives int where the field asks for it


def of_server() -> list[Field[Any]]:
    """The bounds that are the server's."""
    return [one for one in fields(Settings) if not one.name.startswith("propose_")]


def is_whole(one: Field[Any]) -> bool:
    """Whether a setting counts something."""
    return isinstance(one.default, int)


def _stated(file: Path) -> Mapping[str, object]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
    table = found.get(TABLE, {})
    if not isinstance(table, dict):
        raise UsageError(f"{file}: {TABLE} must be a table")
    return table


def _positive(variable: str, text: str, *, whole: bool) -> float:
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        raise UsageError(f"{variable} must be a positive {'whole ' if whole else ''}number, not {text!r}")
    return value
