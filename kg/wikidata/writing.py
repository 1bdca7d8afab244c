"""Write a pack, whole or not at all, in memory that does not grow with it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.wikidata import keys, schema
from kg.wikidata.item import Item, encode

_BATCH = 2000
_CACHE_KB = 65536


@dataclass(frozen=True, slots=True)
class Label:
    """What is to be written on a pack; see `kg.wikidata.pack.About`."""

    snapshot: str
    languages: tuple[str, ...]
    classes: tuple[str, ...]
    sources: tuple[str, ...]
    license: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item ready to be written: what each column holds, and the hashed keys that find it."""

    number: int
    classes: int
    sitelinks: int | None
    body: bytes
    keys: tuple[int, ...]


def bits(above: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], dict[str, int]]:
    """The classes of a pack, and for each class of an item the bits of those under which it is to be found."""
    classes = tuple(sorted({name for names in above.values() for name in names}))
    return classes, {name: sum(1 << classes.index(one) for one in names) for name, names in above.items()}


def row(item: Item, bits_of: Mapping[str, int]) -> Row:
    """An item as a pack keeps it, with the bits of its classes."""
    bits = 0
    for name in item.classes:
        bits |= bits_of[name]
    # Languages share most names, and a name has the same keys in each.
    names = {name: language for language, name in reversed(item.names)}
    found = {key for name, language in names.items() for key in keys.of_item(name, language, item.classes)}
    return Row(item.number, bits, item.sitelinks, encode(item), tuple(sorted(map(keys.hashed, found))))


@dataclass(slots=True)
class Written:
    """What was written: how many items, how many of them came again and were left out, and bytes."""

    items: int = 0
    again: int = 0
    bytes: int = 0


def write(path: Path, rows: Iterable[Row], label: Callable[[], Label]) -> Written:
    """Write rows to `path`; equal rows in the same order and an equal label give equal bytes.

    `label` is asked when all rows were read, as some of what it says is known only then.
    Of items that come more than once the first is kept. Whatever goes wrong, what stood at `path` still stands, and no
    half of a pack lies about.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        made = Path(folder) / "pack"
        with contextlib.closing(_created(made, Path(folder) / "keys")) as connection:
            written = _fill(connection, rows)
            digest = _digest(connection)
            connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(label(), written.items, digest))
            connection.execute("COMMIT")
            connection.execute("DETACH staging")
        _name_no_version(made)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.chmod(0o644)
        made.replace(path)
    written.bytes = path.stat().st_size
    return written


def _created(path: Path, staging: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    # Nobody sees the file until it is whole, so SQLite need not guard against a crash.
    connection.executescript(
        f"""PRAGMA page_size = {schema.PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        PRAGMA cache_size = -{_CACHE_KB}; PRAGMA temp_store = FILE; PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA application_id = {schema.APPLICATION}; PRAGMA user_version = {schema.FORMAT};"""
    )
    connection.execute("ATTACH ? AS staging", (str(staging),))
    connection.executescript("PRAGMA staging.journal_mode = OFF; PRAGMA staging.synchronous = OFF;")
    connection.execute("BEGIN")
    for statement in schema.TABLES.values():
        connection.execute(statement)
    connection.execute("CREATE TABLE staging.found (hash INTEGER, item INTEGER)")
    return connection


def _fill(connection: sqlite3.Connection, rows: Iterable[Row]) -> Written:
    written = Written()
    for batch in _batches(rows):
        before = connection.total_changes
        connection.executemany(
            "INSERT OR IGNORE INTO item VALUES (?, ?, ?, ?)",
            ((one.number, one.classes, one.sitelinks, one.body) for one in batch),
        )
        new = connection.total_changes - before
        written.items += new
        written.again += len(batch) - new
        connection.executemany(
            "INSERT INTO found VALUES (?, ?)", ((key, one.number) for one in batch for key in one.keys)
        )
    # Sorted first: keys that come in any order would be written to a page here and a page there.
    connection.execute("INSERT INTO key SELECT DISTINCT hash, item FROM found ORDER BY hash, item")
    return written


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for one in rows:
        batch.append(one)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _digest(connection: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for number, body in connection.execute("SELECT id, body FROM item ORDER BY id"):
        digest.update(b"%d %b\n" % (number, body))
    return digest.hexdigest()


def _meta(label: Label, items: int, content: str) -> Iterator[tuple[str, str]]:
    said = {name: getattr(label, name) for name in label.__slots__} | {"items": items, "content": content}
    yield from ((name, json.dumps(value, ensure_ascii=False)) for name, value in sorted(said.items()))


def _name_no_version(path: Path) -> None:
    """Take SQLite's own version out of the file, which is no part of what it holds."""
    with path.open("r+b") as file:
        file.seek(96)
        file.write(bytes(4))
