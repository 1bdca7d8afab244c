"""What one article tells of its events, as far as it helps to know them again in another one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kg.resolving import units
from kg.resolving.event_accounts import Account, account
from kg.resolving.kinds import kinds
from kg.resolving.told import PLACE_ROLES, Told

Number = tuple[str, Decimal]
"""A measure, and how much of it."""
_FEW, _SHARE = 3, 0.25  # events of an article, and their part of all, beside which one stands who tells them apart
_ROUNDED = Decimal("0.05")  # the share by which a round number may miss the exact one
HAPPENING = frozenset({"EventClaim", "SituationClaim"})
_DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Happening:
    """An account as one article gives it.

    `key` is that of the account; `numbers` are those that the same words tell; `owners` whose people those who take part are; `roles` who or what has a
    name, by the part that it takes; `people` are the persons among them; `start` is where it is first told; `denied` is set
    where the article says no more of it than that it is not so. `kinds` are the sorts of events of its class that its words
    may tell, if they tell any; `beside` are all whom its sentences name.
    """

    key: str
    account: Account
    numbers: frozenset[Number]
    owners: frozenset[str]
    roles: tuple[tuple[str, frozenset[str]], ...]
    people: frozenset[str]
    start: int
    denied: bool = False
    kinds: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    @property
    def whole(self) -> frozenset[str]:
        """Those who take part and have a name, and whose people they are."""
        return self.account.named | self.owners | self.people


@dataclass(frozen=True)
class Page:
    """What one article tells as events and situations, by the keys of the accounts, and the day on which it was published."""

    happenings: Sequence[Happening]
    published: str | None = None

    @cached_property
    def common(self) -> frozenset[str]:
        """Those whom the article names beside many of its events: they tell none from another."""
        counted = Counter(name for first in {h.start: h for h in self.happenings}.values() for name in first.beside)
        most = max(_FEW, _SHARE * len(self.happenings))
        return frozenset(name for name, count in counted.items() if count > most)


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
        all(one.statement.modality == _DENIED for one in found),
        frozenset(kind for one in found for kind in _kinds(one)),
        frozenset(key for one in found for _, key in one.beside),
    )


def _kinds(one: Told) -> frozenset[str]:
    trigger = one.statement.trigger
    return kinds(one.statement.type, trigger.text) if trigger else frozenset()


def _number(one: Told, other: Told) -> Number | None:
    """What a statement counts, if the words of the event tell it."""
    here, there, quantity = one.statement.evidence, other.statement.evidence, other.statement.quantity
    if quantity is None or not (here.start < there.end and there.start < here.end):
        return None
    known = units.converted(quantity)
    return f"{quantity.measure} {known.unit}", known.stated


def shared_numbers(one: Happening, other: Happening) -> Mapping[str, bool]:
    """The measures that both tell a number of, and whether one number is about the same."""
    first, second = ({m: {n for k, n in side.numbers if k == m} for m, _ in side.numbers} for side in (one, other))
    return {
        measure: any(_about(a, b) for a in first[measure] for b in second[measure])
        for measure in sorted(first.keys() & second.keys())
    }


def _about(one: Decimal, other: Decimal) -> bool:
    """Whether a number may be the other one, rounded."""
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))
