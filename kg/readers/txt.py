"""Plain text, with a header that gives the date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from kg.model import Document
from kg.readers import accepting, decoding
from kg.readers.files import whole
from kg.readers.raw import Raw, Rejected

SUFFIXES = (".txt", ".text")
_HEADER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?:\s+|$)")


def split(stream: BinaryIO, name: str) -> Iterator[Raw | Rejected]:
    """The file as one article."""
    return whole(stream, name, format_name="txt")


def parse(raw: Raw) -> Document:
    """The text as it is; a header such as " date 2025-03-04 " stays in it and gives the day of publication."""
    text, encoding = decoding.decode(raw.data)
    published, body_start = header(text)
    return accepting.document(
        raw,
        text,
        encoding=encoding,
        published=published,
        published_from="header" if published else None,
        body_start=body_start,
    )


def header(text: str) -> tuple[str | None, int]:
    """The day that a leading header names, and where the text behind it begins.

    A header with an impossible day (2025-02-30) is passed over all the same, and gives no day.
    """
    found = _HEADER.match(text)
    if found is None:
        return None, 0
    try:
        return date.fromisoformat(found[1]).isoformat(), found.end()
    except ValueError:
        return None, found.end()
