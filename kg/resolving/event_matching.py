"""Pair what two articles of one story tell: the likeliest first, and each event of one with one of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kg.resolving.event_accounts import Classes
from kg.resolving.event_likeness import Days, least, likeness
from kg.resolving.event_pages import Happening

_MARGIN = 0.02  # of two matches of about one probability neither is known to be right


class Match(NamedTuple):
    """Two accounts, each by its place among those of its article, and how probable it is that they are of one event."""

    first: int
    second: int
    probability: float


def matches(
    own: Sequence[Happening], there: Sequence[Happening], published: Days, classes: Classes
) -> tuple[Match, ...]:
    """The accounts of two articles, published on these days, that are of one event, the likeliest first.

    An account goes with a second one of the other article only where that may be of the same event as the first.
    """
    found = [
        Match(i, j, probability)
        for i, one in enumerate(own)
        for j, other in enumerate(there)
        if (probability := likeness(one, own, other, there, published, classes)) >= least()
    ]
    found = [match for match in found if not _is_doubtful(match, found, own, there, classes)]
    found.sort(key=lambda m: (-m.probability, own[m.first].key, there[m.second].key))
    kept: list[Match] = []
    with_first: defaultdict[int, list[int]] = defaultdict(list)
    with_second: defaultdict[int, list[int]] = defaultdict(list)
    for match in found:
        theirs, mine = with_first[match.first], with_second[match.second]
        if _agree(there, match.second, theirs, classes) and _agree(own, match.first, mine, classes):
            theirs.append(match.second)
            mine.append(match.first)
            kept.append(match)
    return tuple(kept)


def companions(found: Sequence[Match], one: int) -> tuple[dict[int, float], dict[int, float]]:
    """The accounts of the own and of the other article that are of one event with the own account `one`.

    Each with the least probable of the matches that lead there: to one of the own article two lead.
    """
    theirs = {match.second: match.probability for match in found if match.first == one}
    mine: dict[int, float] = {}
    for match in found:
        if match.first != one and match.second in theirs:
            probability = min(match.probability, theirs[match.second])
            mine[match.first] = max(probability, mine.get(match.first, 0.0))
    return mine, theirs


def _is_doubtful(
    match: Match, found: Sequence[Match], own: Sequence[Happening], there: Sequence[Happening], classes: Classes
) -> bool:
    """Whether another account of either article, which is of another event, may as well be meant."""
    theirs = [m.second for m in found if m.first == match.first and _as_likely(m, match)]
    mine = [m.first for m in found if m.second == match.second and _as_likely(m, match)]
    return not (_agree(there, match.second, theirs, classes) and _agree(own, match.first, mine, classes))


def _as_likely(one: Match, other: Match) -> bool:
    return abs(one.probability - other.probability) < _MARGIN


def _agree(side: Sequence[Happening], one: int, known: Sequence[int], classes: Classes) -> bool:
    """Whether an account may be of one event with others of its article."""
    a = side[one]
    return all(
        other == one or likeness(a, side, side[other], side, (None, None), classes) >= least() for other in known
    )
