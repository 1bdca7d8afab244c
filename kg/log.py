"""The record log: everything that was read and concluded, one JSON object a line, and back.

The lines lie in an SQLite file: those of one article together, those of all articles one by one, so that a few of many can
be replaced.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import types
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kg.errors import StoreError
from kg.ledger import Contradiction, CopiedPassage, InferredDate, InferredYear
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Judgement,
    Link,
    Mention,
    Question,
    Resolution,
    Standing,
    Statement,
)

_RECORDS: dict[str, type] = {
    kind.__name__.lower(): kind
    for kind in (
        *(Document, Mention, Statement, Entity, Event, Question, Claim, Link, Judgement, Standing),
        *(CopiedPassage, Contradiction, InferredDate, InferredYear),
    )
}
_ACROSS = (
    "entity",
    "event",
    "question",
    "claim",
    "link",
    "judgement",
    "standing",
    "copiedpassage",
    "contradiction",
    "inferreddate",
    "inferredyear",
)
_PAIRS = ("competing", "corroborating")
_UNFIT = "unfit"
_OF_ARTICLE = ("document", "mention", "statement", "rejected", "denotes", _UNFIT)
_ARTICLES = 0
_SECTIONS = ("document", *_ACROSS, *_PAIRS)
_KEYS = {
    "document": ("source", "id"),
    "link": ("entity", "target"),
    "judgement": ("names", "entities", "verdict", "by", "reasons"),
    "standing": ("document", "span", "entity"),
    "inferreddate": ("document",),
    "inferredyear": ("kind", "key"),
    **dict.fromkeys(_PAIRS, ("claims",)),
}
"""By which values a line is found, where it has no `key`."""


def lines(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """The records as JSON-ready objects in one order, whatever order the articles came in.

    Each has a `record` (document, mention, statement, rejected, denotes, unfit, entity, event, question, claim, link,
    judgement, standing, copiedpassage, contradiction, inferreddate, inferredyear, competing, corroborating). The records of
    an article follow its document: those that were read in it, what its chains denote, and what does not fit the ontology.
    Decimals are text, so that they come back digit for digit; a document keeps its NFC text.
    """
    denoted: dict[str, dict[str, str]] = defaultdict(dict)
    for entity in resolution.entities:
        for document, chain in entity.members:
            denoted[document][chain] = entity.key
    unfit: dict[str, list[str]] = defaultdict(list)
    for document, reason in resolution.rejected:
        unfit[document].append(reason)
    for extraction in sorted(extractions, key=lambda e: (e.document.source, e.document.id)):
        yield from article_lines(extraction, denoted[extraction.document.id], unfit[extraction.document.id])
    for records in (resolution.entities, resolution.events, resolution.questions, resolution.claims):
        yield from map(line, sorted(records, key=lambda record: record.key))
    yield from map(line, sorted(resolution.links, key=lambda link: (link.entity, link.target)))
    yield from map(line, sorted(resolution.judgements, key=lambda j: j.order))
    yield from map(line, sorted(resolution.standing))
    yield from map(line, sorted(resolution.copies, key=lambda copied: copied.key))
    yield from map(line, sorted(resolution.contradictions, key=lambda found: found.key))
    yield from map(line, sorted(resolution.dates, key=lambda inferred: inferred.document))
    yield from map(line, sorted(resolution.years, key=lambda inferred: (inferred.kind, inferred.key)))
    for name in _PAIRS:
        yield from (pair_line(name, pair) for pair in sorted(getattr(resolution, name)))


def article_lines(extraction: Extraction, denoted: Mapping[str, str], unfit: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The lines of one article; `denoted` gives the entities that its chains denote, `unfit` what does not fit the ontology."""
    document = extraction.document.id
    yield line(extraction.document)
    yield from map(line, sorted(extraction.mentions, key=lambda m: (m.span, m.type, m.chain, m.form)))
    yield from map(line, sorted(extraction.statements, key=lambda s: (s.evidence, s.type, s.id)))
    for reason in sorted(extraction.rejected):
        yield {"record": "rejected", "document": document, "reason": reason}
    for chain, entity in sorted(denoted.items()):
        yield {"record": "denotes", "document": document, "chain": chain, "entity": entity}
    for reason in sorted(set(unfit)):
        yield {"record": _UNFIT, "document": document, "reason": reason}


def pair_line(verdict: str, pair: tuple[str, str]) -> dict[str, Any]:
    """The line of two claims that are `competing` or `corroborating`."""
    return {"record": verdict, "claims": list(pair)}


def encode(line: Mapping[str, Any]) -> bytes:
    """One line of the log: sorted keys, no spaces, UTF-8, a line feed."""
    return json.dumps(dict(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def write(path: Path, lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Write the log at `path` anew; returns the documents in it, without their texts, in their order."""
    with _opened(path, "rwc") as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        connection.execute(
            "CREATE TABLE line (section INTEGER, key TEXT, data BLOB, PRIMARY KEY (section, key)) WITHOUT ROWID"
        )
        documents = []
        for section, key, group in _grouped(lines):
            _put(connection, section, key, group)
            if section == _ARTICLES:
                documents.append(_without_text(group[0]))
        connection.execute("COMMIT")
    return sorted(documents, key=lambda document: (str(document.get("source")), str(document.get("id"))))


def update(path: Path, lines: Iterable[Mapping[str, Any]], gone: Iterable[Mapping[str, Any]] = ()) -> None:
    """Put `lines` in the place of those with their keys, and drop those that have the keys of the lines `gone`.

    An article's lines are replaced together: they follow its document's.
    """
    with _opened(path, "rw") as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        for section, key, _ in _grouped(gone):
            connection.execute("DELETE FROM line WHERE section = ? AND key = ?", (section, key))
        for section, key, group in _grouped(lines):
            _put(connection, section, key, group)
        connection.execute("COMMIT")


def _put(connection: sqlite3.Connection, section: int, key: str, group: Sequence[Mapping[str, Any]]) -> None:
    data = b"".join(map(encode, group))
    connection.execute("INSERT OR REPLACE INTO line VALUES (?, ?, ?)", (section, key, zlib.compress(data, 1)))


def _grouped(lines: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str, list[Mapping[str, Any]]]]:
    """The lines by section and key; a document's with those that follow it."""
    article: list[Mapping[str, Any]] = []
    for line in lines:
        if line["record"] == "document" and article:
            yield _ARTICLES, _key(article[0]), article
            article = []
        if line["record"] in _OF_ARTICLE:
            article.append(line)
        else:
            yield _SECTIONS.index(line["record"]), _key(line), [line]
    if article:
        yield _ARTICLES, _key(article[0]), article


def _key(line: Mapping[str, Any]) -> str:
    """What a line is found by and sorted by, within its kind."""
    names = _KEYS.get(line["record"], ("key",))
    return "\0".join("\0".join(value) if isinstance(value, list) else str(value) for value in map(line.get, names))


def _without_text(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "text"}


@contextlib.contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    if mode != "rwc" and not path.is_file():
        raise StoreError(f"{path} is missing; build the graph again")
    options = f"?mode={mode}" + ("&immutable=1" if mode == "ro" else "")
    with contextlib.closing(
        sqlite3.connect(path.absolute().as_uri() + options, uri=True, isolation_level=None)
    ) as connection:
        try:
            yield connection
        except (sqlite3.Error, zlib.error, ValueError) as error:
            raise StoreError(f"{path} is damaged ({error}); build the graph again") from error


def read_lines(path: Path, *kinds: str) -> Iterator[dict[str, Any]]:
    """The objects of the log at `path`, one by one, of some kinds of record or all; a StoreError says that it is damaged.

    Lines of other kinds are not parsed: `encode` writes their kind in one way, and nothing within a text looks like it.
    """
    marks = [f'"record":"{kind}"'.encode() for kind in kinds]
    sections = {_ARTICLES if kind in _OF_ARTICLE else _SECTIONS.index(kind) for kind in kinds or _SECTIONS}
    with _opened(path, "ro") as connection:
        for section in sorted(sections):
            rows = connection.execute("SELECT data FROM line WHERE section = ? ORDER BY key", (section,))
            for (data,) in rows:
                for line in zlib.decompress(data).splitlines():
                    if not marks or any(mark in line for mark in marks):
                        yield json.loads(line)


def extraction(path: Path, source: str, identity: str) -> Extraction | None:
    """The article of the file `source` with the id `identity`, with everything found in it; None if there is none."""
    with _opened(path, "ro") as connection:
        row = connection.execute(
            "SELECT data FROM line WHERE section = ? AND key = ?", (_ARTICLES, f"{source}\0{identity}")
        ).fetchone()
    return _extraction([json.loads(line) for line in zlib.decompress(row[0]).splitlines()]) if row else None


def _extraction(lines: Sequence[dict[str, Any]]) -> Extraction:
    own: dict[str, list[Any]] = {"mention": [], "statement": [], "rejected": []}
    for found in lines[1:]:
        if found["record"] in own:
            own[found["record"]].append(found["reason"] if found["record"] == "rejected" else restore(found))
    return Extraction(restore(lines[0]), tuple(own["mention"]), tuple(own["statement"]), tuple(own["rejected"]))


def load(path: Path) -> tuple[tuple[Extraction, ...], Resolution]:
    """What `lines` was given, read back from the log at `path`."""
    across: dict[str, list[Any]] = {name: [] for name in (*_ACROSS, *_PAIRS)}
    articles: list[list[dict[str, Any]]] = []
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    unfit: list[tuple[str, str]] = []
    for found in read_lines(path):
        kind = found["record"]
        if kind == "document":
            articles.append([found])
        elif kind == "denotes":
            members[found["entity"]].append((found["document"], found["chain"]))
        elif kind == _UNFIT:
            unfit.append((found["document"], found["reason"]))
        elif kind in _OF_ARTICLE:
            articles[-1].append(found)
        else:
            across[kind].append(tuple(found["claims"]) if kind in _PAIRS else restore(found))
    extractions = tuple(map(_extraction, articles))
    entities = (replace(entity, members=tuple(sorted(members[entity.key]))) for entity in across["entity"])
    return extractions, Resolution(
        entities=tuple(entities),
        events=tuple(across["event"]),
        questions=tuple(across["question"]),
        claims=tuple(across["claim"]),
        links=tuple(across["link"]),
        judgements=tuple(across["judgement"]),
        standing=tuple(across["standing"]),
        competing=tuple(across["competing"]),
        corroborating=tuple(across["corroborating"]),
        rejected=tuple(sorted(unfit)),
        copies=tuple(across["copiedpassage"]),
        contradictions=tuple(across["contradiction"]),
        dates=tuple(across["inferreddate"]),
        years=tuple(across["inferredyear"]),
    )


def is_record(line: Mapping[str, Any]) -> bool:
    """Whether `restore` can make a record of a line; the others say something of records."""
    return line["record"] in _RECORDS


def restore(line: dict[str, Any]) -> Any:
    """The record that one line of the log was made of; keys that the record does not have are passed over."""
    return _build(_RECORDS[line["record"]], line)


def line(record: Any) -> dict[str, Any]:
    """The line of one record. Which words an entity's mentions are the lines of the articles say."""
    identity = {"id": record.id} if hasattr(record, "id") else {}
    if isinstance(record, Entity):
        record = replace(record, members=())
    return {"record": type(record).__name__.lower(), **identity, **_plain(asdict(record))}


def denoted(path: Path) -> dict[tuple[str, str], str]:
    """The key of the entity that each chain denotes, by document and chain."""
    return {(found["document"], found["chain"]): found["entity"] for found in read_lines(path, "denotes")}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


@cache
def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _build(kind: Any, value: Any) -> Any:
    """`value` as JSON gives it, as the annotated type `kind`."""
    if value is None or get_origin(kind) is Literal:
        return value
    if get_origin(kind) in (Union, types.UnionType):
        return _build(next(option for option in get_args(kind) if option is not type(None)), value)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        inner = (inner[0],) * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_build(option, item) for option, item in zip(inner, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _build(hint, value[name]) for name, hint in _types(kind).items() if name in value})
    return Decimal(value) if kind is Decimal else value
