"""Compare what two claims count: whether the numbers meet, and whether one merely brings the other up to date."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kg import gazetteer
from kg.model import Quantity, Question
from kg.resolving import units
from kg.resolving.accounts import Account, World, before, same_party

# What only grows as an event goes on: later and higher is news, later and lower is a contradiction.
_GROWING = frozenset(
    {"killed", "wounded", "arrested", "evacuated", "displaced", "destroyed", "minesDestroyed", "areaCleared"}
)
_SHRINKING = frozenset({"missing"})
# What is measured once: that it is another figure on the next day is no news of it.
_LASTING = frozenset({"length", "area"})
_HEADS = frozenset({None, "person"})
_ROUND_DIGITS = 2
_FEWEST_DIGITS = 4
_TOLD = frozenset({"asserted", "reported", "estimated", "confirmed"})


def counts(account: Account) -> bool:
    """Whether it says how many there are: no plan, no condition, no denial."""
    return account.claim.quantity is not None and account.claim.modality in _TOLD


def plans(account: Account) -> bool:
    """Whether it says how many there will be."""
    return account.claim.quantity is not None and account.claim.modality == "planned"


def quantity(account: Account) -> Quantity:
    """The number of a claim that has one, in the unit that numbers of its kind are compared in."""
    if account.claim.quantity is None:
        raise ValueError(f"claim {account.claim.key} has no number")
    return units.converted(account.claim.quantity)


def words(accounts: Iterable[Account]) -> tuple[str, ...]:
    """The numbers of claims, each once: as they are stated, if that is in one unit."""
    told = [account.claim.quantity for account in accounts if account.claim.quantity]
    if len({number.unit for number in told}) > 1:
        told = [units.converted(number) for number in told]
    return tuple(dict.fromkeys(f"{number.stated.normalize():f}" for number in told))


def meet(a: Quantity, b: Quantity) -> bool:
    """Whether both can be true: their intervals meet ("about 250" is 225 to 275), or one is the other, rounded."""
    low, high = (a, b) if a.stated <= b.stated else (b, a)
    if low.upper is None or high.lower is None or low.upper >= high.lower:
        return True
    return _rounds_to(a.stated, b.stated) or _rounds_to(b.stated, a.stated)


def _rounds_to(exact: Decimal, round_: Decimal) -> bool:
    """Whether `round_` is a number of four digits or more, all but two of them zeros, that `exact` comes near to."""
    size = round_.adjusted()
    if round_ != round_.to_integral_value() or size + 1 < _FEWEST_DIGITS:
        return False
    step = Decimal(1).scaleb(size - _ROUND_DIGITS + 1)
    return round_ % step == 0 and abs(exact - round_) < step / 2


def updates(a: Account, b: Account, measure: str) -> bool:
    """Whether the later one brings the earlier one up to date, which is no contradiction.

    What grows by nature never shrinks: there one party may only add, and so may those whom nobody names. The missing
    are found, whoever says so. How far or how wide something is does not change. Of anything else one party may change
    its figure.
    """
    if measure in _LASTING:
        return False
    for earlier, later in ((a, b), (b, a)):
        if before(earlier.known, later.known):
            grows = quantity(later).stated >= quantity(earlier).stated
            if measure in _GROWING:
                return grows and (same_party(a, b) or not (a.sources or b.sources))
            return same_party(a, b) or (measure in _SHRINKING and not grows)
    return False


def is_part(inner: str, outer: str, question: Question, world: World) -> bool:
    """Whether what is counted at `inner` is a part of what is counted at `outer`.

    Of foreigners a country is where they are, not the whole that was counted: soldiers "in Gao" and "in Mali".
    """
    if not world.contains(outer, inner) or world.contains(inner, outer):
        return False
    return not _is_abroad(outer, question, world)


def is_within_country(inner: str, outer: str, question: Question, world: World) -> bool:
    """Whether `outer` is a country, and `inner` a place of which no list knows in what country it lies.

    What is told of both in answer to one question is then counted at a part of the country: people or things, no days and
    no money; and who is sent is told of places where nobody counted.
    """
    if question.measure == "deployed" or question.unit not in _HEADS:
        return False
    known = world.entities.get(inner)
    unlisted = known is not None and known.type == "place" and gazetteer.find(inner) is None
    return unlisted and world.is_state(outer) and not _is_abroad(outer, question, world)


def _is_abroad(country: str, question: Question, world: World) -> bool:
    """Whether those who are counted are at home in another country."""
    home = {key for key in world.parts(question.population or "") if world.is_state(key)}
    return world.is_state(country) and bool(home) and country not in home


def one_breath(a: Account, b: Account) -> bool:
    """Whether one article tells both, without setting one party against another: it then counts two things.

    What it says itself beside what a source says sets nobody against that source, if it is less than half or more than
    twice as much: "43 were hurt, police said. Nine of them …".
    """
    if not a.documents & b.documents:
        return False
    if bool(a.sources) != bool(b.sources):
        less, more = sorted((quantity(a).stated, quantity(b).stated))
        return 2 * less < more
    return not a.sources or same_party(a, b)
