"""Tell which event is meant where one is mentioned of which nobody is said to take part: "the collision", "the ground shook"."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg import edtf
from kg.extractors.statements.frames import Fact

SURE = 0.7
"""How sure it is that the same event is meant."""
_NEAR = 6  # sentences in which an event mentioned without anybody is looked for


def meant(fact: Fact, others: Sequence[Fact]) -> Fact | None:
    """The nearest of the events of its class, in the order of the text, that stands in the sentences around.

    None if that one was at another time.
    """
    place = bisect_left(others, fact.start, key=lambda other: other.start)
    around = [*others[max(place - 1, 0) : place], *others[place : place + 1]]  # the one before, else the one behind
    found = next((o for o in around if abs(o.sentence.index - fact.sentence.index) <= _NEAR), None)
    return found if found and _at_one_time(fact, found) else None


def _at_one_time(one: Fact, other: Fact) -> bool:
    times = [fact.time.time for fact in (one, other) if fact.time and fact.time.time]
    return len(times) < 2 or edtf.compatible(*times)  # noqa: PLR2004 - without two times nothing clashes


def again(loose: Sequence[Fact], told: Sequence[Fact]) -> Iterator[Fact]:
    """Of facts that lack somebody whom their rule asks for, those that are another mention of one told near by.

    Whom such a fact names nevertheless must take part in that one.
    """
    whole: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in told:
        if fact.roles:
            whole[fact.term].append(fact)
    for fact in loose:
        if (same := meant(fact, whole[fact.term])) and _named(fact) <= _named(same):
            yield replace(fact, roles=same.roles, loose=False, confidence=round(fact.confidence * SURE, 3))


def _named(fact: Fact) -> set[str]:
    return {chain for _, chains in fact.roles for chain in chains}
