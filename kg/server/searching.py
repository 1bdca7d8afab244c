"""Find things by their names: an index of one snapshot in an SQLite file, in which "dong thap" finds "Đồng Tháp"."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import ns
from kg.errors import KgError
from kg.spelling import fold, unmarked
from kg.vocabulary import Vocabulary

MOST = 1000
"""How many things are found at most."""

_WORD = re.compile(r"\w+")
_MOST_WORDS = 16
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, mentions INTEGER);
CREATE TABLE kind (class TEXT, thing INTEGER, PRIMARY KEY (class, thing)) WITHOUT ROWID;
CREATE TABLE name (
  id INTEGER PRIMARY KEY, thing INTEGER, label TEXT, language TEXT, preferred INTEGER, folded TEXT, bare TEXT,
  UNIQUE (thing, label, language)
);
CREATE VIRTUAL TABLE word USING fts5(
  folded, bare, content='name', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
"""
_INDEXES = """
CREATE INDEX name_bare ON name (bare);
INSERT INTO word (word) VALUES ('rebuild');
"""
_NAMES = """
SELECT thing.iri, thing.mentions, thing.id, name.label, name.language, name.preferred, name.folded, name.bare
FROM {source} JOIN thing ON thing.id = name.thing
WHERE {condition}
  AND (:kind = '' OR EXISTS (SELECT 1 FROM kind WHERE kind.class = :kind AND kind.thing = thing.id))
  AND (:language = '' OR name.language = :language OR name.language LIKE :language || '-%')
ORDER BY thing.mentions DESC, name.id LIMIT :most
"""
_SAME = _NAMES.format(source="name", condition="name.bare = :bare")
_WORDS = _NAMES.format(source="word JOIN name ON name.id = word.rowid", condition="word MATCH :words")


class NotReady(KgError):
    """The index of this snapshot is still being written: ask again soon."""


def build(store: ox.Store, path: str) -> None:
    """Write the index of all labels and other names in `store` to the new file `path`.

    It stands there when it is whole: it is written beside, and renamed.
    """
    unfinished = Path(f"{path}.new")
    unfinished.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        _fill(store, connection)
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
    unfinished.rename(path)


def found(index: str | None, text: str, *, language: str = "", kind: str = "", limit: int = 20) -> list[dict[str, Any]]:
    """The things whose names have the words of `text`, the last of which may be the beginning of a word; best first.

    Who writes diacritics gets names with these diacritics, or with none at all; where no name has these, all others.
    `language` keeps to names in one language, `kind` to things of the class of that IRI. Each thing has `iri`, `label`
    (the name that fits), `language`, `mentions` and `classes`. NotReady where there is no index yet.
    """
    if index is None:
        raise NotReady("the index of names is still being written; ask again soon")
    folded = " ".join(_WORD.findall(fold(text))[:_MOST_WORDS])
    if not folded:
        return []
    connection = _opened(index)
    best: dict[str, tuple[Any, ...]] = {}
    for row in _rows(connection, folded, language, kind):
        order = _order(row, folded)
        if row[0] not in best or order < best[row[0]][0]:
            best[row[0]] = (order, row)
    chosen = [row for _, row in sorted(best.values(), key=lambda item: item[0])[: min(limit, MOST)]]
    return [
        {
            "iri": row[0],
            "label": row[3],
            "language": row[4],
            "mentions": row[1],
            "classes": _classes(connection, row[2]),
        }
        for row in chosen
    ]


def _rows(connection: sqlite3.Connection, folded: str, language: str, kind: str) -> Sequence[tuple[Any, ...]]:
    bare = unmarked(folded)
    given = {"language": language, "kind": kind, "most": MOST, "bare": bare}
    rows = [
        *connection.execute(_SAME, given),
        *connection.execute(_WORDS, {**given, "words": f"bare : ({_phrase(bare)})"}),
    ]
    if bare == folded:
        return rows
    rows += connection.execute(_WORDS, {**given, "words": f"folded : ({_phrase(folded)})"})
    if any(_fits(folded, row[6]) for row in rows):
        return [row for row in rows if row[6] == row[7] or _fits(folded, row[6])]
    return rows


def _order(row: tuple[Any, ...], folded: str) -> tuple[Any, ...]:
    """Names that are what was asked for come first, then those with the same diacritics, then what is often mentioned."""
    iri, mentions, _, label, _, preferred, name, bare = row
    asked = unmarked(folded)
    return (
        name != folded,
        bare != asked,
        asked != folded and not _fits(folded, name),
        -mentions,
        -preferred,
        len(label),
        iri,
    )


def _fits(folded: str, name: str) -> bool:
    *words, last = folded.split()
    there = name.split()
    return all(word in there for word in words) and any(word.startswith(last) for word in there)


def _phrase(words: str) -> str:
    """Words as the index reads them: all of them, the last one as a beginning."""
    return " AND ".join(f'"{word}"' for word in words.split()) + "*"


def _classes(connection: sqlite3.Connection, thing: int) -> list[str]:
    rows = connection.execute("SELECT class FROM kind WHERE thing = ? ORDER BY class", (thing,))
    return [row[0] for row in rows]


@lru_cache(maxsize=2)
def _opened(index: str) -> sqlite3.Connection:
    """The index in the file `index`, which is never written to again."""
    address = f"{Path(index).absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _fill(store: ox.Store, connection: sqlite3.Connection) -> None:
    mentions: Counter[str] = Counter()
    for quad in store.quads_for_pattern(None, ns.denotes, None):
        if isinstance(quad.object, ox.NamedNode):
            mentions[quad.object.value] += 1
    spans = {quad.subject for quad in store.quads_for_pattern(None, ns.inDocument, None)}
    ids: dict[str, int] = {}
    connection.executemany(
        "INSERT OR IGNORE INTO name (thing, label, language, preferred, folded, bare) VALUES (?, ?, ?, ?, ?, ?)",
        _names(store, ids, spans),
    )
    connection.executemany("INSERT INTO thing VALUES (?, ?, ?)", ((ids[iri], iri, mentions[iri]) for iri in ids))
    connection.executemany("INSERT OR IGNORE INTO kind VALUES (?, ?)", _kinds(store, ids))


def _names(
    store: ox.Store, ids: dict[str, int], spans: Container[object]
) -> Iterator[tuple[int, str, str, int, str, str]]:
    """A row for each name of each thing; `ids` gets the things. Nobody calls the `spans` of an article by a name."""
    for property_, preferred in ((ns.rdfs_label, 1), (ns.skos_altLabel, 0)):
        for quad in store.quads_for_pattern(None, property_, None):
            if quad.subject in spans:
                continue
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                label, language = quad.object.value, quad.object.language or ""
                folded = " ".join(_WORD.findall(fold(label)))
                thing = ids.setdefault(quad.subject.value, len(ids))
                yield thing, label, language, preferred, folded, unmarked(folded)


def _kinds(store: ox.Store, ids: dict[str, int]) -> Iterator[tuple[str, int]]:
    """The classes of each thing, with those above them."""
    vocabulary = Vocabulary.load()
    own = {term.iri.value: name for name, term in vocabulary.terms.items()}
    for quad in store.quads_for_pattern(None, ns.rdf_type, None):
        thing = ids.get(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
        if thing is None or not isinstance(quad.object, ox.NamedNode) or quad.object == ns.owl_NamedIndividual:
            continue
        yield quad.object.value, thing
        for name in vocabulary.above(own[quad.object.value]) if quad.object.value in own else ():
            yield vocabulary.terms[name].iri.value, thing
