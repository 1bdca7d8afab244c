"""Read claims as accounts, as the tables stand at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from kg.ledger import Copies
from kg.model import Time
from kg.resolving.accounts import Account, Days, Telling, World
from kg.resolving.resolved import Records, Resolved
from kg.resolving.undated import passage_of

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """What a function gives for each key, asked for once."""

    def __init__(self, function: Callable[[K], V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: K) -> V:
        found = self[key] = self._function(key)
        return found


class Weighing:
    """Accounts of claims; made anew for each update, as it remembers what it read."""

    def __init__(
        self,
        resolved: Resolved,
        days: Callable[[str], Days | None],
        copies: Callable[[str], Copies],
        parts: Callable[[str], frozenset[str]],
    ) -> None:
        self._resolved = resolved
        self._days: Mapping[str, Days | None] = Remembered(days)
        self.copies: Mapping[str, Copies] = Remembered(copies)
        self._parts: Mapping[str, frozenset[str]] = Remembered(parts)
        self._accounts: Mapping[str, Account | None] = Remembered(self._account)

    @cached_property
    def world(self) -> World:
        """What is known of entities and places."""
        return World(Records(self._resolved.entities), self._parts.__getitem__, self._resolved.contains)

    def account(self, claim: str) -> Account | None:
        """The account of the claim `claim`; None where there is no such claim."""
        return self._accounts[claim]

    def about(self, subject: str) -> dict[str, Account]:
        """The accounts of the claims about an event or a question, by claim, in order."""
        claims = self._resolved.claims.table.under(f"subject:{subject}")
        return {key: account for key in claims if (account := self._accounts[key])}

    def _account(self, key: str) -> Account | None:
        claim = self._resolved.claims.table.get(key)
        if claim is None:
            return None
        tellings = tuple(
            Telling(passage_of(d, span), self._days[d], self.copies[d].copied(d, span.start, span.end))
            for d, span in claim.evidence
        )
        told = [self._resolved.told.table.get(statement) for statement in claim.statements]
        named = sorted({tuple(sorted(set(one.roles.get("atPlace", ())))) for one in told if one})
        places = frozenset(place for places in named for place in places)
        together = tuple(frozenset(places) for places in named if len(places) > 1)
        sources = tuple(self._parts[source] for source in claim.attributed_to)
        dated, begun = (
            {(one.statement.document, time) for one in some if one and (time := one.statement.time)}
            for some in (told, [one for one in told if one and one.begins])
        )
        return Account(claim, tellings, sources, places, together, _in_order(dated), _in_order(begun))


def _in_order(dated: Iterable[tuple[str, Time]]) -> tuple[tuple[str, Time], ...]:
    return tuple(sorted(dated, key=lambda pair: (pair[0], pair[1].edtf)))
