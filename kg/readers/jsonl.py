"""JSON lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from kg.errors import SetAside
from kg.model import Document
from kg.readers import accepting, txt
from kg.readers.files import too_large
from kg.readers.raw import MAX_BYTES, Raw, Rejected

SUFFIXES = (".jsonl", ".ndjson")
_SOURCE = ("source", "id")
_PUBLISHED = ("published", "date")
_LONGEST_NAME = 300


def split(stream: BinaryIO, name: str) -> Iterator[Raw | Rejected]:
    """The lines of a file or of a stream; an article is called "NAME:LINE" until it says a name of its own."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        size = len(line)
        if size > MAX_BYTES:
            while not line.endswith(b"\n") and (line := stream.readline(MAX_BYTES)):
                size += len(line)
            yield too_large(f"{name}:{number}", size)
        elif line.strip():
            yield Raw(f"{name}:{number}", line.rstrip(b"\r\n"), "jsonl")


def parse(raw: Raw) -> Document:
    """The article of one line.

    Its `text` is needed; `source` (or `id`), `published` (or `date`), `outlet`, `title`, `url` and `language` may be given.
    """
    record = _record(raw.data)
    text = record.get("text")
    if not isinstance(text, str):
        raise SetAside("json-invalid", 'the line has no "text", or one that is no text')
    published, body_start = txt.header(text)
    given = _day(_field(record, _PUBLISHED))
    return accepting.document(
        raw,
        text,
        encoding="utf-8",
        source=_name(_field(record, _SOURCE)),
        declared_language=_field(record, ("language",)),
        published=given or published,
        published_from="metadata" if given else "header" if published else None,
        outlet=_field(record, ("outlet",)),
        title=_field(record, ("title",)),
        url=_field(record, ("url",)),
        body_start=body_start,
    )


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SetAside("encoding-broken", f"the line is not UTF-8: {error.reason} at byte {error.start:,}") from error
    except (ValueError, RecursionError) as error:
        raise SetAside("json-invalid", f"the line is not JSON: {error}") from error
    if not isinstance(record, dict):
        raise SetAside("json-invalid", "the line is JSON, but no object")
    return record


def _field(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the fields that is given; a number will do where a text is expected."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool):
            return accepting.field(str(value), name)
        if value is not None:
            raise SetAside("json-invalid", f'"{name}" is neither a text nor a number')
    return None


def _name(source: str | None) -> str | None:
    if source is not None and len(source) > _LONGEST_NAME:
        raise SetAside("json-invalid", f"the name has {len(source):,} characters; it may have {_LONGEST_NAME}")
    return source


def _day(published: str | None) -> str | None:
    """The day of an ISO date or date and time."""
    if published is None:
        return None
    try:
        return date.fromisoformat(published[:10]).isoformat()
    except ValueError as error:
        raise SetAside("json-invalid", f"{published!r} is no date of the form YYYY-MM-DD") from error
