"""Pair what two annotations of one text say: spans that overlap, entities that share spans, fillers of roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from training import scheme
from training.articles import Article, Span, entities

Pair = tuple[int, int]
Filler = tuple[str, str]
"""A role and the number of the entity that fills it."""
S = TypeVar("S", bound=Span)


class Reference(Span):
    """Words that stand for entities: a name or a nominal."""

    entities: list[str]
    named: bool


def exact(one: Span, other: Span) -> bool:
    """Whether both spans begin and end at the same place."""
    return (one["start"], one["end"]) == (other["start"], other["end"])


def match(first: Sequence[S], second: Sequence[S], fits: Callable[[S, S], bool]) -> list[Pair]:
    """One-to-one pairs of overlapping spans that fit, the closest ones first."""
    near = sorted(
        (-_share(one, other), i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if _overlap(one, other) > 0 and fits(one, other)
    )
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in near:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _overlap(one: Span, other: Span) -> int:
    """The code points that both spans hold; zero or less when they are apart."""
    return min(one["end"], other["end"]) - max(one["start"], other["start"])


def _share(one: Span, other: Span) -> float:
    return _overlap(one, other) / (max(one["end"], other["end"]) - min(one["start"], other["start"]))


def references(article: Article) -> list[Reference]:
    """The names and nominals of an article."""
    return [
        *(Reference(**_place(m), entities=[m["entity"]], named=True) for m in article["mentions"]),
        *(Reference(**_place(n), entities=n["entities"], named=False) for n in article["nominals"]),
    ]


def _place(span: Span) -> Span:
    return Span(start=span["start"], end=span["end"], text=span["text"])


def align(first: Article, second: Article) -> set[tuple[str, str]]:
    """Pairs of entity numbers that share at least one span: names with names, nominals with nominals."""
    one, other = references(first), references(second)
    pairs = match(one, other, lambda x, y: x["named"] == y["named"])
    return {(e, f) for i, j in pairs for e in one[i]["entities"] for f in other[j]["entities"]}


def fillers(event: Mapping[str, str]) -> list[Filler]:
    """Who fills which role of an event; positions, dates and other qualifiers are left out."""
    return [
        (role, entity) for role, value in event.items() if role in scheme.ENTITY_ROLES for entity in entities(value)
    ]


def shared(first: Sequence[Filler], second: Sequence[Filler], aligned: set[tuple[str, str]]) -> int:
    """How many fillers find a partner of the same role with an aligned entity."""
    rest = list(second)
    for role, entity in first:
        partner = next((other for other in rest if other[0] == role and (entity, other[1]) in aligned), None)
        if partner:
            rest.remove(partner)
    return len(second) - len(rest)


def b_cubed(first: Article, second: Article) -> list[tuple[float, float]]:
    """Precision and recall of each span that both annotations have."""
    one, other = references(first), references(second)
    pairs = match(one, other, lambda x, y: x["named"] == y["named"] and (exact(x, y) or not x["named"]))
    keys = [(tuple(sorted(one[i]["entities"])), tuple(sorted(other[j]["entities"]))) for i, j in pairs]
    left, right, both = Counter(a for a, _ in keys), Counter(b for _, b in keys), Counter(keys)
    return [(both[key] / right[key[1]], both[key] / left[key[0]]) for key in keys]
