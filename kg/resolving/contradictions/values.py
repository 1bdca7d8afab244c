"""Numbers that answer one question and exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from kg.ledger import Contradiction
from kg.model import Question, content_hash
from kg.resolving.accounts import Account, World
from kg.resolving.contradictions.numbers import counts, is_part, meet, one_breath, quantity, updates


def by_question(question: Question, accounts: Sequence[Account], world: World) -> Contradiction | None:
    """All claims of a question that exclude another one, as one contradiction: who is right about the dead?

    A question that names neither whom or what it counts nor an event is no question ("how much money?"). Numbers of a
    place and of a part of it are no rivals, so long as the part has less.

    Block: one question. Members: the claims that answer it.
    """
    if not (question.population or question.event or question.place):
        return None
    rivals = {
        account.claim.key: account
        for pair in combinations(sorted(filter(counts, accounts), key=lambda a: a.claim.key), 2)
        if _exclude(*pair, question, world)
        for account in pair
    }
    if not rivals:
        return None
    sides = tuple(sorted(rivals, key=lambda key: (rivals[key].known or ("9999",), key)))
    words = tuple(dict.fromkeys(f"{quantity(rivals[key]).stated.normalize():f}" for key in sides))
    return Contradiction(
        content_hash("contradiction", "value", question.key), "value", "question", question.key, sides, words
    )


def _exclude(a: Account, b: Account, question: Question, world: World) -> bool:
    if meet(quantity(a), quantity(b)) or one_breath(a, b) or updates(a, b, question.measure):
        return False
    less, more = sorted((a, b), key=lambda account: quantity(account).stated)
    return not any(is_part(x, y, question, world) for x in less.places for y in more.places)
