"""Read from one document by what its chains are known, where it names seats of government, and whose its people are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Extraction, Span
from kg.resolving import chains, metonymy
from kg.resolving.chains import Part

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Owners:
    """By what chains a document names those to whom the people of one of its chains belong."""

    document: str
    names: tuple[str, ...]


def member(document: str, chain: str) -> str:
    """The id of what a document's chain has."""
    return f"{document}\t{chain}"


def renewed(
    old: Mapping[str, Extraction], new: Mapping[str, Extraction], read: Callable[[Extraction], Mapping[str, T]]
) -> dict[str, T | None]:
    """What `read` finds in the documents that go, as gone, and in those that come."""
    updates: dict[str, T | None] = {}
    for extraction in old.values():
        updates.update(dict.fromkeys(read(extraction)))
    for extraction in new.values():
        updates.update(read(extraction))
    return updates


def languages(extraction: Extraction) -> dict[str, str]:
    """The language of a document."""
    return {extraction.document.id: extraction.document.language}


def parts(extraction: Extraction) -> dict[str, Part]:
    """By what its chains are known."""
    return {member(part.document, part.chain): part for part in chains.parts(extraction)}


def seats(extraction: Extraction, known: Iterable[Part]) -> dict[str, tuple[Span, ...]]:
    """Where it names seats of government, among the chains `known`."""
    found: dict[str, tuple[Span, ...]] = {}
    for part in known:
        if metonymy.state_of(part.node.removeprefix("kb|")):
            spans = (m.span for m in extraction.mentions if m.chain == part.chain)
            found[member(part.document, part.chain)] = tuple(sorted(spans))
    return found


def owners(extraction: Extraction) -> dict[str, Owners]:
    """Whose its people are."""
    found: dict[str, set[str]] = {}
    for mention in extraction.mentions:
        if mention.of:
            found.setdefault(member(mention.document, mention.chain), set()).add(mention.of)
    return {key: Owners(extraction.document.id, tuple(sorted(names))) for key, names in found.items()}
