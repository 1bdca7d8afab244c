"""Pair what was annotated with what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from kg.evaluation.values import Mention

Gold = TypeVar("Gold")
Found = TypeVar("Found")
Pair = tuple[Mention, Mention]
"""An annotated mention and the found one that stands for it."""


def matched(
    gold: Sequence[Gold], found: Sequence[Found], overlap: Callable[[Gold, Found], int]
) -> list[tuple[Gold, Found]]:
    """One-to-one pairs, the largest overlap first; things that share nothing make no pair."""
    near = [
        (shared, row, column)
        for row, wanted in enumerate(gold)
        for column, candidate in enumerate(found)
        if (shared := overlap(wanted, candidate)) > 0
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _, row, column in sorted(near, key=lambda entry: -entry[0]):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((gold[row], found[column]))
    return pairs


def exact(gold: Mention, found: Mention) -> int:
    """How much two mentions of one type share that stand at the very same place."""
    there = (gold.place.start, gold.place.end) == (found.place.start, found.place.end)
    return typed(gold, found) if there else 0


def typed(gold: Mention, found: Mention) -> int:
    """How much two mentions of one type share."""
    return untyped(gold, found) if gold.type == found.type else 0


def untyped(gold: Mention, found: Mention) -> int:
    """How much two mentions share."""
    return gold.place.shared(found.place)


def longest(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions without those that lie in or overlap a longer one: annotations are flat."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.place.start - m.place.end, m.place.start)):
        if not any(untyped(mention, other) for other in kept):
            kept.append(mention)
    return tuple(kept)


def majority(pairs: Iterable[Pair]) -> Mapping[str, str]:
    """The annotated entity that each found entity stands for: the one that most of its mentions are paired with."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, found in pairs:
        if gold.entity is not None and found.entity is not None:
            votes[found.entity][gold.entity] += 1
    return {found: counts.most_common(1)[0][0] for found, counts in votes.items()}
