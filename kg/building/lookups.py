"""Look up in a resolver's tables what the mapping to RDF needs, record by record."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from kg.ledger import Copies, Passage
from kg.model import Claim, Resolution, Span, Standing
from kg.rdf import Context
from kg.resolving import Resolver
from kg.tables import Table

K = TypeVar("K")
V = TypeVar("V")


class Lookup(Mapping[K, V], Generic[K, V]):
    """A mapping that asks for each value when it is wanted, and cannot be listed."""

    def __init__(self, find: Callable[[K], V | None]) -> None:
        self._find = find

    def __getitem__(self, key: K) -> V:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[K]:
        raise TypeError("what lies in tables is looked up, not listed")

    def __len__(self) -> int:
        raise TypeError("what lies in tables is looked up, not counted")


class _Acting(Container[str]):
    """The entities that take an agent's part."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._resolver.is_acting(key)


def table(found: Table[V]) -> Mapping[str, V]:
    """The records of a table, by id."""
    return Lookup(found.get)


def context(resolver: Resolver) -> Context:
    """What mapping one record or one article looks up; the resolution in it is empty."""

    def evidence(document: str) -> list[tuple[Claim, Span]]:
        found = resolver.claims.table.under(f"document:{document}").values()
        return [(claim, span) for claim in found for where, span in claim.evidence if where == document]

    def copies(document: str) -> Sequence[tuple[Passage, str]]:
        return resolver.ledger.copying.of(document).by_document.get(document, ())

    def passages(document: str) -> Sequence[Passage]:
        found = {passage for passage, _ in copies(document)}
        for inferred in resolver.ledger.undated.dates.table.under(f"shown in:{document}").values():
            found |= {reason.passage for reason in inferred.reasons if reason.passage.document == document}
        return sorted(found)

    def standing(words: tuple[str, Span]) -> list[str] | None:
        document, span = words
        return sorted(one.entity for one in _standing(resolver, document) if one.span == span) or None

    return Context(
        vocabulary=resolver.vocabulary,
        resolution=Resolution(),
        entities=table(resolver.entities.table),
        events=table(resolver.events.events.table),
        questions=table(resolver.questions.questions.table),
        members=Lookup(lambda member: resolver.entities.key(*member)),
        evidence=Lookup(evidence),
        acting=_Acting(resolver),
        published=(),
        copies=Copies(Lookup(copies)),
        passages=Lookup(passages),
        standing=Lookup(standing),
    )


def _standing(resolver: Resolver, document: str) -> Iterable[Standing]:
    return (summed.head for summed in resolver.standings.table.under(f"document:{document}").values())
