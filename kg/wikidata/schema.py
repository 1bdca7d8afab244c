"""How a pack lies in its file: an SQLite database of three tables, marked as ours.

`item` keeps each item under its number, with its classes as bits and its sitelinks beside it, so that candidates are
chosen without reading them; `key` says which items a hashed key finds; `meta` says what the pack is.
"""

from __future__ import annotations

APPLICATION = int.from_bytes(b"kgwd")
FORMAT = 1
TABLES = {
    "item": "CREATE TABLE item (id INTEGER PRIMARY KEY, classes INTEGER NOT NULL, sitelinks INTEGER, body BLOB NOT NULL)",
    "key": "CREATE TABLE key (hash INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)) WITHOUT ROWID",
    "meta": "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
}
PAGE = 4096
# Where SQLite keeps in its first bytes what it is, how many pages it has, its version for us, and whose file it is.
MAGIC = b"SQLite format 3\x00"
HEADER = 100
PAGES_AT, VERSION_AT, APPLICATION_AT = 28, 60, 68
