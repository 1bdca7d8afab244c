"""Compute records from records block by block, so that a change is worked out where it happens and nowhere else.

A stage reads one table and writes another. What it writes for a block depends on the members of that block alone, never
on their order nor on how they came to be there: so adding articles to a graph gives what building it of all of them would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.tables import Table

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """A record before and after; None where there was or is none."""

    old: T | None
    new: T | None


Changes = Mapping[str, Change[T]]
"""What changed in a table, by id."""


def touched(changes: Changes[T]) -> Iterable[T]:
    """All records that a change takes away or brings."""
    return (record for change in changes.values() for record in (change.old, change.new) if record is not None)


@dataclass(frozen=True, slots=True)
class Stage(Generic[T]):
    """A table, and the keys under which each of its records is found."""

    table: Table[T]
    keys: Callable[[T], Iterable[str]]

    def apply(self, updates: Mapping[str, T | None], *, block: Mapping[str, str] | None = None) -> Changes[T]:
        """Write `updates` (None drops a record) and tell which of them changed anything.

        `block` names the block that a record was computed for, under which it is found as `of:BLOCK`.
        """
        changes: dict[str, Change[T]] = {}
        for identity, new in sorted(updates.items()):
            old = self.table.get(identity)
            if old == new:
                continue
            if new is None:
                self.table.drop(identity)
            else:
                own = (f"of:{block[identity]}",) if block else ()
                self.table.put(identity, new, (*own, *dict.fromkeys(self.keys(new))))
            changes[identity] = Change(old, new)
        return changes


def regroup(
    dirty: Iterable[str],
    members: Callable[[str], Mapping[str, S]],
    solve: Callable[[str, Sequence[tuple[str, S]]], Mapping[str, T]],
    results: Stage[T],
) -> Changes[T]:
    """Compute the `dirty` blocks anew: `members` gives a block's inputs by id, `solve` makes its results of them.

    A result belongs to one block. What a block gave before and gives no more is dropped.
    """
    updates: dict[str, T | None] = {}
    homes: dict[str, str] = {}
    blocks = sorted(set(dirty))
    for block in blocks:
        updates.update(dict.fromkeys(results.table.under(f"of:{block}")))
    for block in blocks:
        inputs = members(block)
        solved = solve(block, sorted(inputs.items())) if inputs else {}
        updates.update(solved)
        homes.update(dict.fromkeys(solved, block))
    return results.apply(updates, block=homes)


@dataclass(frozen=True, slots=True)
class Sum(Generic[T]):
    """What many records that agree in `head` add up to: how many there are, and how often each has each feature."""

    head: T
    size: int
    counts: Mapping[str, int]

    def features(self, prefix: str) -> Counter[str]:
        """The counts of the features that begin with `prefix`, without it."""
        return Counter({name[len(prefix) :]: n for name, n in self.counts.items() if name.startswith(prefix)})


def fold(
    changes: Changes[S], parts: Callable[[S], Iterable[tuple[str, T, Iterable[str]]]], sums: Stage[Sum[T]]
) -> Changes[Sum[T]]:
    """Add what came and subtract what went: `parts` says to which sums a record adds, with which head and features.

    The heads of all records that are there agree; that of one that went may be out of date.
    """
    deltas: dict[str, tuple[int, Counter[str]]] = {}
    heads: dict[str, T] = {}
    for change in changes.values():
        for record, sign in ((change.old, -1), (change.new, 1)):
            for identity, head, features in parts(record) if record is not None else ():
                size, counts = deltas.get(identity, (0, Counter()))
                for feature in features:
                    counts[feature] += sign
                deltas[identity] = (size + sign, counts)
                if sign > 0:
                    heads[identity] = head
    updates: dict[str, Sum[T] | None] = {}
    for identity, (size, counts) in deltas.items():
        known = sums.table.get(identity)
        head = heads[identity] if identity in heads or known is None else known.head
        counts.update(known.counts if known else {})
        total = size + (known.size if known else 0)
        summed = dict(sorted((name, n) for name, n in counts.items() if n))
        if known:
            heads.setdefault(identity, known.head)
        updates[identity] = Sum(heads[identity], total, summed) if total else None
    return sums.apply(updates)
