"""Answers kept on disk: each whole or not at all, until it is too old; and which services are to be left alone."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from kg.wikidata.online.errors import Unusable

DAYS = 30
_VERSION = 1
_PATIENCE = 60.0
_TABLES = """
CREATE TABLE answer (key BLOB PRIMARY KEY, service TEXT, request TEXT, body TEXT, fetched REAL, expires REAL) WITHOUT ROWID;
CREATE TABLE rest (service TEXT PRIMARY KEY, failures INTEGER, until REAL, cause TEXT) WITHOUT ROWID;
"""


class Cache:
    """Answers in the SQLite file `path`, made if it is missing; processes may share it.

    An answer is found by the service's address and the request; it is written in one transaction, so that a break leaves
    it there or not there. Answers older than `days` are forgotten. A file that is none of ours is Unusable.
    """

    def __init__(self, path: Path, *, days: float = DAYS, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._path = path
        self._life = days * 86_400
        self._lock = threading.RLock()
        self._held = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._turns = path.with_name(f"{path.name}.lock").open("a")
        except OSError as error:
            raise Unusable("cache", path=path, cause=error) from error
        try:
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            self._turns.close()
            raise Unusable("cache", path=path, cause=error) from error
        try:
            with self.turn(), self._explained():
                self._prepare()
        except Unusable:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the use of the file."""
        self._connection.close()
        self._turns.close()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """The right to ask: one thread of one process has it at a time, of all that share the file."""
        with self._lock:
            if not self._held:
                fcntl.flock(self._turns, fcntl.LOCK_EX)
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1
                if not self._held:
                    fcntl.flock(self._turns, fcntl.LOCK_UN)

    def get(self, service: str, request: Mapping[str, Any]) -> Any | None:
        """What `service` answered to `request`, wrapped in a list of one; None where nothing young enough is kept."""
        with self._lock, self._explained():
            found = self._connection.execute(
                "SELECT body FROM answer WHERE key = ? AND expires > ?", (_key(service, request), self.clock())
            ).fetchone()
            return [json.loads(found[0])] if found else None

    def put(self, service: str, answers: Mapping[str, tuple[Mapping[str, Any], Any]]) -> None:
        """Keep answers, all of them or, if anything breaks, none: the values are pairs of a request and its answer."""
        now = self.clock()
        rows = [
            (_key(service, request), service, _canonical(request), _canonical(answer), now, now + self._life)
            for request, answer in answers.values()
        ]
        with self._lock, self._explained(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)", rows)

    def rest(self, service: str) -> tuple[float, str]:
        """How many seconds `service` is still to be left alone, and why; 0 where it may be asked."""
        with self._lock, self._explained():
            found = self._connection.execute("SELECT until, cause FROM rest WHERE service = ?", (service,)).fetchone()
        until, cause = found or (0.0, "")
        return max(until - self.clock(), 0.0), cause

    def failures(self, service: str) -> int:
        """How often `service` failed since it last answered."""
        with self._lock, self._explained():
            found = self._connection.execute("SELECT failures FROM rest WHERE service = ?", (service,)).fetchone()
        return found[0] if found else 0

    def failed(self, service: str, *, rest: float, cause: str) -> None:
        """Note one more failure, and leave the service alone for `rest` seconds."""
        row = (service, self.failures(service) + 1, self.clock() + rest, cause)
        with self._lock, self._explained():
            self._connection.execute("INSERT OR REPLACE INTO rest VALUES (?, ?, ?, ?)", row)

    def answered(self, service: str) -> None:
        """Note that the service answered: earlier failures are forgotten."""
        with self._lock, self._explained():
            self._connection.execute("DELETE FROM rest WHERE service = ?", (service,))

    def _prepare(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self._connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        if version == 0 and tables == 0:
            self._connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise sqlite3.DatabaseError(f"version {version}, not {_VERSION}")
        self._connection.execute("DELETE FROM answer WHERE expires <= ?", (self.clock(),))

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError) as error:
            raise Unusable("cache", path=self._path, cause=error) from error


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _key(service: str, request: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(f"{service}\n{_canonical(request)}".encode()).digest()
