"""What one article tells of its events, as far as it helps to know them again in another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.resolving import units
from kg.resolving.event_accounts import Account, account
from kg.resolving.told import PLACE_ROLES, Told

Number = tuple[str, Decimal]
"""A measure, and how much of it."""
HAPPENING = frozenset({"EventClaim", "SituationClaim"})


@dataclass(frozen=True, slots=True)
class Happening:
    """An account as one article gives it.

    `key` is that of the account; `numbers` are those that the same words tell; `owners` whose people those who take part are; `roles` who or what has a
    name, by the part that it takes; `people` are the persons among them; `start` is where it is first told.
    """

    key: str
    account: Account
    numbers: frozenset[Number]
    owners: frozenset[str]
    roles: tuple[tuple[str, frozenset[str]], ...]
    people: frozenset[str]
    start: int

    @property
    def whole(self) -> frozenset[str]:
        """Those who take part and have a name, and whose people they are."""
        return self.account.named | self.owners | self.people


def happenings(told: Iterable[Told]) -> tuple[Happening, ...]:
    """What the statements of one article tell as events and situations, by the keys of the accounts."""
    statements = list(told)
    by_account: defaultdict[str, list[Told]] = defaultdict(list)
    for one in statements:
        if one.kind in HAPPENING:
            by_account[account(one).key].append(one)
    numbers = [one for one in statements if one.statement.quantity is not None]
    return tuple(_happening(found, numbers) for _, found in sorted(by_account.items()))


def _happening(found: list[Told], numbers: list[Told]) -> Happening:
    head = account(found[0])
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for one in found:
        for role, entities in one.roles.items():
            if role not in PLACE_ROLES:
                roles[role].update(set(entities) & (head.named | set(one.people)))
    return Happening(
        head.key,
        head,
        frozenset(number for one in found for other in numbers if (number := _number(one, other))),
        frozenset(owner for one in found for _, owner in one.owners),
        tuple((role, frozenset(entities)) for role, entities in sorted(roles.items()) if entities),
        frozenset(person for one in found for person in one.people),
        min(one.statement.evidence.start for one in found),
    )


def _number(one: Told, other: Told) -> Number | None:
    """What a statement counts, if the words of the event tell it."""
    here, there, quantity = one.statement.evidence, other.statement.evidence, other.statement.quantity
    if quantity is None or not (here.start < there.end and there.start < here.end):
        return None
    known = units.converted(quantity)
    return f"{quantity.measure} {known.unit}", known.stated


def shared_numbers(one: Happening, other: Happening) -> Mapping[str, bool]:
    """The measures that both tell a number of, and whether one number is the same."""
    first, second = ({m: {n for k, n in side.numbers if k == m} for m, _ in side.numbers} for side in (one, other))
    return {measure: not first[measure].isdisjoint(second[measure]) for measure in sorted(first.keys() & second.keys())}
