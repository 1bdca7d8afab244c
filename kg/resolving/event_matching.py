"""Pair what two articles of one story tell: the likeliest first, and each event of one with one of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kg.resolving.event_accounts import Classes
from kg.resolving.event_likeness import Side, least, likeness, may_be_retold
from kg.resolving.event_pages import Happening, Page

_MARGIN = 0.04  # of two matches of about one probability neither is known to be right


class Match(NamedTuple):
    """Two accounts, one of each article, and how probable it is that they are of one event."""

    first: Happening
    second: Happening
    probability: float


def matches(own: Page, there: Page, classes: Classes) -> tuple[Match, ...]:
    """The accounts of two articles that are of one event, the likeliest first.

    An account goes with a second one of the other article only where that may be of the same event as the first.
    """
    found = [
        Match(one, other, probability)
        for one in own.happenings
        for other in there.happenings
        if (probability := likeness(Side(one, own), Side(other, there), classes)) >= least()
    ]
    found = [match for match in found if not _is_doubtful(match, found, own, there, classes)]
    found.sort(key=lambda m: (-m.probability, m.first.key, m.second.key))
    kept: list[Match] = []
    with_first: defaultdict[str, list[Happening]] = defaultdict(list)
    with_second: defaultdict[str, list[Happening]] = defaultdict(list)
    for match in found:
        theirs, mine = with_first[match.first.key], with_second[match.second.key]
        if _agree(there, match.second, theirs, classes) and _agree(own, match.first, mine, classes):
            theirs.append(match.second)
            mine.append(match.first)
            kept.append(match)
    return tuple(kept)


def _is_doubtful(match: Match, found: Sequence[Match], own: Page, there: Page, classes: Classes) -> bool:
    """Whether another account of either article, which is of another event, may as well be meant."""
    theirs = [m.second for m in found if m.first.key == match.first.key and _as_likely(m, match)]
    mine = [m.first for m in found if m.second.key == match.second.key and _as_likely(m, match)]
    return not (_agree(there, match.second, theirs, classes) and _agree(own, match.first, mine, classes))


def _as_likely(one: Match, other: Match) -> bool:
    return abs(one.probability - other.probability) < _MARGIN


def _agree(page: Page, one: Happening, known: Sequence[Happening], classes: Classes) -> bool:
    """Whether an account may be of one event with others of its article."""
    undated = Page(page.happenings)  # its day tells no two events of one article apart
    side = Side(one, undated)
    return all(
        other.key == one.key
        or may_be_retold(one, other, classes)
        or likeness(side, Side(other, undated), classes) >= least()
        for other in known
    )
