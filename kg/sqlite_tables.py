"""Tables in an SQLite file, for a resolution that outlives its process."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg import codec
from kg.errors import StoreError
from kg.tables import MemoryTables, Table

_KEY = 12  # bytes of a key's hash: two keys that share it are not to be expected in any file


class SqliteTables:
    """The tables of one file; what is written is there when `commit` returns.

    Made with `read_only` the file is neither written nor locked.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only and not path.is_file():
            raise StoreError(f"{path} is missing; build the graph again")
        mode = "?mode=ro&immutable=1" if read_only else ""
        self._path = path
        try:
            self.connection = sqlite3.connect(f"{path.absolute().as_uri()}{mode}", uri=True, isolation_level=None)
            if not read_only:
                # The file is a copy that nobody else sees until it is whole, so SQLite need not guard against a crash.
                self.connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        if isinstance(error, sqlite3.Error):
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"{self._path} is damaged ({error}); build the graph again")

    def table(self, name: str, kind: Any) -> Table[Any]:
        """The table called `name`, of records of the type `kind`."""
        return SqliteTable(self.connection, name, kind)

    def commit(self) -> None:
        """End the writing."""
        self.connection.execute("COMMIT")


def dump(memory: MemoryTables, path: Path) -> None:
    """Write tables that are in memory to a new file."""
    with SqliteTables(path) as tables:
        for name, (table, kind) in sorted(memory.made.items()):
            written = SqliteTable(tables.connection, name, kind)
            written.fill((identity, record, table.keys_of(identity)) for identity, record in table.items())
        tables.commit()


class SqliteTable:
    """A Table of an SQLite file; what was read or written once stays in memory."""

    def __init__(self, connection: sqlite3.Connection, name: str, kind: Any) -> None:
        if not name.isidentifier():
            raise ValueError(f"no name for a table: {name!r}")
        self._connection = connection
        self._decode = codec.decoder(kind)
        self._known: dict[str, Any] = {}
        self._read = f"SELECT body FROM {name} WHERE id = ?"  # noqa: S608 - an identifier, see above
        self._under = f"SELECT {name}.id, body FROM {name}_key JOIN {name} ON {name}.row = {name}_key.row WHERE key = ? ORDER BY id"  # noqa: S608
        self._all = f"SELECT id, body FROM {name} ORDER BY id"  # noqa: S608
        self._write = f"INSERT INTO {name} (id, body, keys) VALUES (?, ?, ?)"  # noqa: S608
        self._fill = f"INSERT INTO {name} (row, id, body, keys) VALUES (?, ?, ?, ?)"  # noqa: S608
        self._link = f"INSERT OR IGNORE INTO {name}_key VALUES (?, ?)"  # noqa: S608
        self._find = f"SELECT row, keys FROM {name} WHERE id = ?"  # noqa: S608
        self._erase = f"DELETE FROM {name} WHERE row = ?"  # noqa: S608
        self._unlink = f"DELETE FROM {name}_key WHERE key = ? AND row = ?"  # noqa: S608
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is None:
            connection.execute(f"CREATE TABLE {name} (row INTEGER PRIMARY KEY, id TEXT UNIQUE, body BLOB, keys BLOB)")
            connection.execute(f"CREATE TABLE {name}_key (key BLOB, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID")

    def get(self, identity: str) -> Any | None:
        """See Table."""
        if identity not in self._known:
            found = self._connection.execute(self._read, (identity,)).fetchone()
            self._known[identity] = self._decode(codec.parse(found[0])) if found else None
        return self._known[identity]

    def under(self, key: str) -> dict[str, Any]:
        """See Table."""
        return {
            identity: self._kept(identity, body)
            for identity, body in self._connection.execute(self._under, (_hash(key),))
        }

    def put(self, identity: str, record: Any, keys: Iterable[str]) -> None:
        """See Table."""
        self.drop(identity)
        hashes = [_hash(key) for key in dict.fromkeys(keys)]
        row = self._connection.execute(self._write, (identity, codec.encode(record), b"".join(hashes))).lastrowid
        self._connection.executemany(self._link, ((key, row) for key in hashes))
        self._known[identity] = record

    def fill(self, records: Iterable[tuple[str, Any, Iterable[str]]]) -> None:
        """Keep many records, in the order of their ids, in a table that is empty.

        Their keys are written in order, which is quicker than one by one, and takes less room.
        """
        links: list[tuple[bytes, int]] = []

        def rows() -> Iterator[tuple[int, str, bytes, bytes]]:
            for row, (identity, record, keys) in enumerate(records, start=1):
                hashes = list(map(_hash, keys))
                links.extend((key, row) for key in hashes)
                yield row, identity, codec.encode(record), b"".join(hashes)

        self._connection.executemany(self._fill, rows())
        self._connection.executemany(self._link, sorted(links))

    def drop(self, identity: str) -> None:
        """See Table."""
        if found := self._connection.execute(self._find, (identity,)).fetchone():
            row, keys = found
            self._connection.execute(self._erase, (row,))
            hashes = (keys[start : start + _KEY] for start in range(0, len(keys), _KEY))
            self._connection.executemany(self._unlink, ((key, row) for key in hashes))
        self._known[identity] = None

    def items(self) -> Iterator[tuple[str, Any]]:
        """See Table."""
        for identity, body in self._connection.execute(self._all):
            yield identity, self._kept(identity, body)

    def _kept(self, identity: str, body: bytes) -> Any:
        if self._known.get(identity) is None:
            self._known[identity] = self._decode(codec.parse(body))
        return self._known[identity]


def _hash(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=_KEY).digest()
