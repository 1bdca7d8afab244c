"""The record log: everything that was read and concluded, one JSON object a line, and back."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
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


def lines(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """The records as JSON-ready objects in one order, whatever order the articles came in.

    Each has a `record` (document, mention, statement, rejected, entity, event, question, claim, link, judgement, standing,
    copiedpassage, contradiction, inferreddate, inferredyear, competing, corroborating, unfit). The records of an article
    follow its document. Decimals are text, so that they come back digit for digit; a document keeps its NFC text.
    """
    for extraction in sorted(extractions, key=lambda e: (e.document.source, e.document.id)):
        yield _line(extraction.document)
        yield from map(_line, sorted(extraction.mentions, key=lambda m: (m.span, m.type, m.chain, m.form)))
        yield from map(_line, sorted(extraction.statements, key=lambda s: (s.evidence, s.type, s.id)))
        for reason in sorted(extraction.rejected):
            yield {"record": "rejected", "document": extraction.document.id, "reason": reason}
    for records in (resolution.entities, resolution.events, resolution.questions, resolution.claims):
        yield from map(_line, sorted(records, key=lambda record: record.key))
    yield from map(_line, sorted(resolution.links, key=lambda link: (link.entity, link.target)))
    yield from map(_line, sorted(resolution.judgements, key=lambda j: (j.names, j.entities, j.verdict, j.by)))
    yield from map(_line, sorted(resolution.standing))
    yield from map(_line, sorted(resolution.copies, key=lambda copied: copied.key))
    yield from map(_line, sorted(resolution.contradictions, key=lambda found: found.key))
    yield from map(_line, sorted(resolution.dates, key=lambda inferred: inferred.document))
    yield from map(_line, sorted(resolution.years, key=lambda inferred: (inferred.kind, inferred.key)))
    for name in _PAIRS:
        for pair in sorted(getattr(resolution, name)):
            yield {"record": name, "claims": list(pair)}
    for document, reason in sorted(resolution.rejected):
        yield {"record": _UNFIT, "document": document, "reason": reason}


def encode(line: Mapping[str, Any]) -> bytes:
    """One line of the log: sorted keys, no spaces, UTF-8, a line feed."""
    return json.dumps(dict(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def read_lines(path: Path, *kinds: str) -> Iterator[dict[str, Any]]:
    """The objects of the log at `path`, one by one, of some kinds of record or all; a StoreError names the damaged line.

    Lines of other kinds are not parsed: `encode` writes their kind in one way, and nothing within a text looks like it.
    """
    marks = [f'"record":"{kind}"'.encode() for kind in kinds]
    if not path.is_file():
        raise StoreError(f"{path} is missing; build the graph again")
    with path.open("rb") as log:
        for number, line in enumerate(log, start=1):
            if marks and not any(mark in line for mark in marks):
                continue
            try:
                yield json.loads(line)
            except ValueError as error:
                raise StoreError(f"{path}:{number} is damaged ({error}); build the graph again") from error


def load(path: Path) -> tuple[tuple[Extraction, ...], Resolution]:
    """What `lines` was given, read back from the log at `path`."""
    articles: list[tuple[Document, dict[str, list[Any]]]] = []
    across: dict[str, list[Any]] = {name: [] for name in (*_ACROSS, *_PAIRS, _UNFIT)}
    for line in read_lines(path):
        kind = line["record"]
        if kind == "document":
            articles.append((restore(line), {"mention": [], "statement": [], "rejected": []}))
        elif kind == _UNFIT:
            across[kind].append((line["document"], line["reason"]))
        elif kind in _PAIRS:
            across[kind].append(tuple(line["claims"]))
        elif kind in _ACROSS:
            across[kind].append(restore(line))
        elif kind in ("mention", "statement", "rejected"):
            articles[-1][1][kind].append(line["reason"] if kind == "rejected" else restore(line))
    extractions = tuple(
        Extraction(document, tuple(own["mention"]), tuple(own["statement"]), tuple(own["rejected"]))
        for document, own in articles
    )
    return extractions, Resolution(
        entities=tuple(across["entity"]),
        events=tuple(across["event"]),
        questions=tuple(across["question"]),
        claims=tuple(across["claim"]),
        links=tuple(across["link"]),
        judgements=tuple(across["judgement"]),
        standing=tuple(across["standing"]),
        competing=tuple(across["competing"]),
        corroborating=tuple(across["corroborating"]),
        rejected=tuple(across[_UNFIT]),
        copies=tuple(across["copiedpassage"]),
        contradictions=tuple(across["contradiction"]),
        dates=tuple(across["inferreddate"]),
        years=tuple(across["inferredyear"]),
    )


def restore(line: dict[str, Any]) -> Any:
    """The record that one line of the log was made of; keys that the record does not have are passed over."""
    return _build(_RECORDS[line["record"]], line)


def _line(record: Any) -> dict[str, Any]:
    identity = {"id": record.id} if hasattr(record, "id") else {}
    return {"record": type(record).__name__.lower(), **identity, **_plain(asdict(record))}


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
