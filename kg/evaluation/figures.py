"""The figures that scoring gives, and the single misses behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: `right` of `found` in the records and of `gold` in the annotations.

    `key` names it for programs, `title` for people. A share of nothing is None, as is one that says nothing: where
    annotations do not claim to be complete, there is no precision.
    """

    key: str
    title: str
    right: int | None = None
    found: int | None = None
    gold: int | None = None
    precision: float | None = None
    recall: float | None = None

    @property
    def f1(self) -> float | None:
        """The harmonic mean; None unless both shares are known."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def plain(self) -> dict[str, str | float | None]:
        """The figure for JSON, shares with three digits."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"right": self.right, "found": self.found, "gold": self.gold}
        return {"title": self.title, **{name: _rounded(share) for name, share in shares.items()}, **counts}


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that is not as annotated: in the article `source`, `what` went wrong with `which`, told by `words`."""

    source: str
    what: str
    which: str
    words: str


def counted(key: str, title: str, right: int, *, found: int | None = None, gold: int | None = None) -> Figure:
    """A figure whose shares follow from its counts; nothing found where something is annotated has a precision of 0."""
    precision, recall = share(right, found), share(right, gold)
    if found and gold == 0:
        recall = 0.0
    if gold and found == 0:
        precision = 0.0
    return Figure(key, title, right, found, gold, precision, recall)


def share(part: float, whole: int | None) -> float | None:
    """Which part of the whole it is; None of nothing."""
    return part / whole if whole else None


def by_class(key: str, counts: Mapping[str, tuple[int, int, int]]) -> list[Figure]:
    """A figure for each class, of how many were right, found and annotated."""
    return [
        counted(f"{key}.{name}", f"  {name}", right, found=found, gold=gold)
        for name, (right, found, gold) in sorted(counts.items())
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
