"""Numbers of a part that are told of the whole, or exceed those of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from kg.ledger import Contradiction
from kg.model import Claim, Question, content_hash
from kg.resolving import units
from kg.resolving.accounts import Account, World, same_party
from kg.resolving.contradictions.numbers import counts, is_part, is_within_country, quantity, updates

_MANY = 100
_OTHER = 10  # so many times more in a part than in the whole are others: the dead of a quake years ago
_FEW = 10  # so small a number may be told twice by chance


def by_question(question: Question, accounts: Sequence[Account], world: World) -> Iterator[Contradiction]:
    """Pairs of claims, of a place and of one in it: with one number, the wider place a country; or with more in the part.

    That three people died in a village and in its district may be said of the same three. That one number is said of a
    province and of a country may not, in articles that each know only one of them, nor of one province and of two; nor,
    where no event is meant, of a commune and of its province, as what was done there, all in all. A place that no list knows
    lies in the country of which the question is asked. And one party counts one large number at one place.

    Block: one question. Members: the claims that answer it.
    """
    for part, whole in permutations(sorted(filter(counts, accounts), key=lambda a: a.claim.key), 2):
        if part.documents & whole.documents:
            continue
        for inner in sorted(part.places):
            for outer in sorted(whole.places):
                if is_within_country(inner, outer, question, world) and _same(part, whole):
                    yield _found(question.key, part, whole, (inner, outer))
                    continue
                if not is_part(inner, outer, question, world):
                    continue
                wide = world.is_state(outer) or question.event is None
                if (wide and _same(part, whole)) or _more(part, whole, question.measure):
                    yield _found(question.key, part, whole, (inner, outer))
        if part.claim.key < whole.claim.key and _moved(part, whole, world):
            yield _found(question.key, part, whole, (min(part.places), min(whole.places)))
        if _same(part, whole) and (beyond := _beyond(part, whole, world)):
            yield _found(question.key, part, whole, (min(part.places), beyond))


def block_keys(question: Question, claim: Claim, world: World) -> tuple[str, ...]:
    """The blocks in which the number of a claim is set beside that of a body: one for each body that its people are part of."""
    number = claim.quantity
    if number is None or question.population is None:
        return ()
    number = units.converted(number)
    stated = f"{question.measure} {number.stated.normalize():f} {number.unit}"
    return tuple(f"{stated} {whole}" for whole in sorted(world.parts(question.population)) if _is_body(whole, world))


def by_number(accounts: Sequence[tuple[Question, Account]], world: World) -> Iterator[Contradiction]:
    """Pairs of claims with one number, of a group and of the body that it is a part of.

    Block: one key of `block_keys`. Members: the claims that have it, with the questions that they answer.
    """
    for (asked, part), (wider, whole) in permutations(sorted(accounts, key=lambda a: a[1].claim.key), 2):
        inner, outer = asked.population, wider.population
        if not inner or not outer or inner == outer or part.documents & whole.documents:
            continue
        if (
            _is_body(outer, world)
            and outer in world.parts(inner)
            and counts(part)
            and counts(whole)
            and _same(part, whole)
        ):
            yield _found(wider.key, part, whole, (inner, outer))


def _moved(a: Account, b: Account, world: World) -> bool:
    """Whether one party tells one large number of two places, of which nobody knows that one lies in the other."""
    if not (a.places and b.places and a.sources and same_party(a, b) and _same(a, b)):
        return False
    apart = not any(x == y or world.contains(x, y) or world.contains(y, x) for x in a.places for y in b.places)
    return apart and quantity(a).stated >= _MANY


def _beyond(part: Account, whole: Account, world: World) -> str | None:
    """A place that the one number is also told of, beside all those that the other is told of, or where they lie."""

    def covers(outer: str, inner: str) -> bool:
        return outer == inner or world.contains(outer, inner)

    for places in whole.together:
        others = {o for o in places if not any(covers(o, i) or covers(i, o) for i in part.places)}
        if others and part.places and all(any(covers(o, i) for o in places) for i in part.places):
            return min(others)
    return None


def _is_body(key: str, world: World) -> bool:
    return key in world.entities and world.entities[key].type in {"organization", "unit"}


def _same(a: Account, b: Account) -> bool:
    return quantity(a).stated == quantity(b).stated >= _FEW


def _more(part: Account, whole: Account, measure: str) -> bool:
    """Whether there is more in the part than in the whole, and not because the part was counted later."""
    low, high = quantity(part).lower, quantity(whole).upper
    if low is None or high is None or not high < low < _OTHER * high:
        return False
    return not updates(whole, part, measure)


def _found(about: str, part: Account, whole: Account, places: tuple[str, str]) -> Contradiction:
    sides = (part.claim.key, whole.claim.key)
    return Contradiction(content_hash("contradiction", "scope", *sides), "scope", "question", about, sides, places)
