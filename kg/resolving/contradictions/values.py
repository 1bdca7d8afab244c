"""Numbers that answer one question and exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from kg.ledger import Contradiction
from kg.model import Question, content_hash
from kg.resolving.accounts import Account, World, apart, before
from kg.resolving.contradictions.numbers import (
    counts,
    is_part,
    is_within_country,
    meet,
    one_breath,
    plans,
    quantity,
    updates,
    words,
)

_SEVERAL = 2
_SAME_WHEN_PLANNED = frozenset({"amount", "length", "area"})


def by_question(question: Question, accounts: Sequence[Account], world: World) -> Contradiction | None:
    """All claims of a question that exclude another one, as one contradiction: who is right about the dead?

    What is planned excludes other plans only, but for sums and sizes: what a plant costs, as one article knows and another
    has it planned no earlier. A question that names neither whom or what it counts nor an event is no
    question ("how much money?") within one article. Numbers of a place and of a part of it are no rivals, so long as the
    part has less. Nor are two of which the article of one also has what meets the other: of its two numbers that one
    answers ("43 hurt, nine of them critically" beside "more than 40").

    Block: one question. Members: the claims that answer it.
    """
    told_by = {document for account in accounts for document in account.documents}
    if not (question.population or question.event or question.place) and len(told_by) < _SEVERAL:
        return None
    rivals = {
        account.claim.key: account
        for told in (_sorted(filter(counts, accounts)), _sorted(filter(plans, accounts)))
        for a, b in combinations(told, 2)
        if _exclude(a, b, question, world) and not any(_answered(x, y, told, question) for x, y in ((a, b), (b, a)))
        for account in (a, b)
    }
    if question.measure in _SAME_WHEN_PLANNED:
        rivals |= {
            account.claim.key: account
            for told in filter(counts, accounts)
            for plan in filter(plans, accounts)
            if _exclude(told, plan, question, world) and apart([told], [plan]) and not before(plan.known, told.known)
            for account in (told, plan)
        }
    if not rivals:
        return None
    sides = tuple(sorted(rivals, key=lambda key: (rivals[key].known or ("9999",), key)))
    numbers = words(rivals[key] for key in sides)
    return Contradiction(
        content_hash("contradiction", "value", question.key), "value", "question", question.key, sides, numbers
    )


def _sorted(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda a: a.claim.key)


def _unnamed(question: Question) -> bool:
    """Whether nobody says what things are counted: they may be houses here and boats there."""
    return question.population is None and question.unit is None


def _answered(one: Account, other: Account, told: Sequence[Account], question: Question) -> bool:
    """Whether the articles of `one`, which are not those of `other`, count two things, of which another meets `other`."""
    return not one.documents & other.documents and any(
        meet(quantity(a), quantity(other)) and (one_breath(one, a) or _unnamed(question))
        for a in told
        if a is not one and one.documents <= a.documents
    )


def _exclude(a: Account, b: Account, question: Question, world: World) -> bool:
    if meet(quantity(a), quantity(b)) or one_breath(a, b) or updates(a, b, question.measure):
        return False
    if _unnamed(question) and a.documents & b.documents:
        return False
    for whole, part in ((a, b), (b, a)):
        if part.places and any(part.places < places for places in whole.together):
            return False  # of two ports, and of one of them
    less, more = sorted((a, b), key=lambda account: quantity(account).stated)
    return not any(
        is_part(x, y, question, world) or is_within_country(x, y, question, world)
        for x in less.places
        for y in more.places
    )
