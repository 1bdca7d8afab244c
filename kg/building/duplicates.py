"""Settle what no article alone can know: that its text was read before, or that its name is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model import Document, Extraction

_TELLING = 8


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article with the same text as another, under whose name it is kept."""

    source: str
    kept: str


def settle(extractions: Iterable[Extraction]) -> tuple[list[Extraction], list[Duplicate]]:
    """Each text once, under the smallest of its names, and each name once; sorted by name, whatever the order was.

    Two texts of one name, as JSON lines may have, are told apart by the beginning of their hash.
    """
    ordered = sorted(extractions, key=lambda extraction: _precedence(extraction.document))
    kept: dict[str, Extraction] = {}
    again: list[Document] = []
    for extraction in ordered:
        if extraction.document.id in kept:
            again.append(extraction.document)
        else:
            kept[extraction.document.id] = extraction
    taken = Counter(extraction.document.source for extraction in kept.values())
    for identity, extraction in kept.items():
        if taken[extraction.document.source] > 1:
            kept[identity] = _renamed(extraction)
    return list(kept.values()), [Duplicate(document.source, kept[document.id].document.source) for document in again]


def _precedence(document: Document) -> tuple[str, ...]:
    fields = (document.published, document.outlet, document.title, document.url, document.raw_sha256)
    return (document.source, document.id, *(field or "" for field in fields))


def _renamed(extraction: Extraction) -> Extraction:
    document = extraction.document
    return replace(extraction, document=replace(document, source=f"{document.source}#{document.id[:_TELLING]}"))
