"""Read what was found: a record export, or the records of a graph folder in the same form."""

from __future__ import annotations

import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from kg import folder, log
from kg.errors import UnreadableError
from kg.evaluation.fields import AnnotationError, Field, parsed
from kg.evaluation.reading import number
from kg.evaluation.values import Mention, Number, Place, Roles
from kg.exporters import jsonl

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Found:
    """A statement: `type` is a class of the ontology, `trigger` the words that tell an event, where they are known."""

    type: str
    evidence: Place | None
    trigger: Place | None = None
    roles: Roles = ()
    time: str | None = None
    said: str | None = None
    number: Number | None = None
    sources: tuple[str, ...] = ()
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that was found. Mentions, references and statements stand under the file name of their article.

    `labels` hold all names of an entity in lower case, `items` the Wikidata item that it was linked to. `texts` are
    those of the articles where the records came from a graph.
    """

    sources: frozenset[str]
    labels: Mapping[str, str]
    items: Mapping[str, str]
    mentions: Mapping[str, tuple[Mention, ...]]
    references: Mapping[str, tuple[Mention, ...]]
    statements: Mapping[str, tuple[Found, ...]]
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def cited(self) -> frozenset[str]:
        """The articles that words are quoted from."""
        return frozenset({*self.mentions, *self.statements})


def read_records(path: Path) -> Records:
    """The record export at `path`, `-` being standard input; an AnnotationError names the line that is wrong."""
    if str(path) == "-":
        return _records("standard input", sys.stdin.buffer)
    try:
        with path.open("rb") as lines:
            return _records(str(path), lines)
    except FileNotFoundError as error:
        raise UnreadableError(
            f"{path}: there is no such graph folder or record export; kg build makes the one, kg export --format jsonl the other"
        ) from error


def graph_records(graph: Path) -> Records:
    """The records of the graph folder `graph`."""
    exported = io.BytesIO()
    jsonl.export(graph, exported)
    exported.seek(0)
    documents = (line for line in log.read_lines(graph / folder.RECORDS) if line["record"] == "document")
    texts = {document["source"]: document["text"] for document in documents}
    return replace(_records(str(graph), exported), texts=texts)


def _records(file: str, lines: Iterable[bytes]) -> Records:
    sources: set[str] = set()
    labels: dict[str, str] = {}
    items: dict[str, str] = {}
    mentions: dict[str, dict[str, list[Mention]]] = {"mention": defaultdict(list), "reference": defaultdict(list)}
    statements: dict[str, list[Found]] = defaultdict(list)
    for record in _lines(file, lines):
        kind = record["record"].optional()
        if kind == "document":
            sources.add(record["source"].text())
        elif kind == "entity":
            labels[record["id"].text()] = _names(record)
            if item := record["wikidata"].optional():
                items[record["id"].text()] = item
        elif kind in ("mention", "reference"):
            mentions[kind][record["source"].text()].append(_mention(record))
        elif kind == "statement":
            statements[record["source"].text()].append(_statement(record))
    return Records(
        sources=frozenset({*sources, *mentions["mention"], *statements}),
        labels=labels,
        items=items,
        mentions=_frozen(mentions["mention"]),
        references=_frozen(mentions["reference"]),
        statements=_frozen(statements),
    )


def _lines(file: str, lines: Iterable[bytes]) -> Iterable[Field]:
    for count, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            raise AnnotationError(f"{file}:{count}: this is not UTF-8 ({error}); export it again") from error
        yield parsed(f"{file}:{count}", text)


def _frozen(lists: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {source: tuple(items) for source, items in lists.items()}


def _names(record: Field) -> str:
    names = [label.text() for _, label in record["label"].named() if label]
    return " ".join([*names, *record["aliases"].texts()]).lower()


def _mention(record: Field) -> Mention:
    return Mention(record.place(), record["type"].text(), record["entity"].optional(), credit=bool(record["credit"]))


def _statement(record: Field) -> Found:
    return Found(
        type=record["type"].text(),
        evidence=record["evidence"].place() if record["evidence"] else None,
        trigger=record["trigger"].place() if record["trigger"] else None,
        roles=record["roles"].roles(),
        time=record["time"].optional(),
        said=record["claim_time"].optional(),
        number=number(record["quantity"]) if record["quantity"] else None,
        sources=record["attributed_to"].texts(),
        modality=record["modality"].optional(),
    )
