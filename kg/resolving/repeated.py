"""Find the number in another article of a story that a number repeats or contradicts: what both tell is one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg import edtf
from kg.resolving import units
from kg.resolving.contradictions.occasions import near as near_in_time
from kg.resolving.stages import Stage
from kg.resolving.told import Told, may_be_near
from kg.tables import Tables

_FEW = 10  # so small a number is told of many things
_NEAR = 2  # numbers of one thing differ by less than this factor
_PAID = frozenset({"MoneyTransfer", "OwnershipTransfer", "Transfer", "Merger", "Signing"})
"""One deal, as what is bought, what is paid for it, and what is signed."""
_IN_SERIES = frozenset({"Attack", "MilitaryOperation"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A statement's number, as far as it can be known again.

    `event` is what it was counted in, if anything, and `occasion` a statement that tells it.
    """

    identity: str
    told: Told
    event: str | None
    occasion: Told | None = None

    @property
    def stated(self) -> Decimal:
        """The number, in the unit that numbers of its kind are compared in."""
        quantity = self.told.statement.quantity
        return units.converted(quantity).stated if quantity else Decimal(0)

    @property
    def kind(self) -> tuple[object, ...]:
        """What numbers must agree in to be compared at all."""
        quantity = self.told.statement.quantity
        return (quantity.measure, units.base(quantity.unit)) if quantity else ()

    @property
    def is_named(self) -> bool:
        """Whether it says what one of the number is: a person, a kilometre, a house."""
        quantity = self.told.statement.quantity
        return quantity is not None and (quantity.unit is not None or bool(self.told.sort))

    @property
    def who(self) -> object:
        """What sort of people it counts, or which."""
        return self.told.category or self.told.roles.get("ofPopulation", ())

    def counts_like(self, other: Counted) -> bool:
        """Whether both count one sort of people or things, as far as is known, and not of two owners that are known."""
        if self.who == other.who:
            return self.told.sort == other.told.sort
        return (
            bool(self.told.sort) and self.told.sort == other.told.sort and not (self.told.listed and other.told.listed)
        )

    @property
    def rank(self) -> tuple[object, ...]:
        """Whoever ranks first is repeated by the others: a number of an event before one of nothing known."""
        return self.event is None, self.identity


class Repeated:
    """Which number each number repeats, "" for none, kept up as articles come and go."""

    def __init__(self, tables: Tables) -> None:
        self._repeats: Stage[str] = Stage(tables.table("repeats", str), lambda other: [f"repeats:{other}"])

    def root(self, identity: str) -> str:
        """The first number that `identity` repeats, at whatever distance: itself where it repeats none."""
        while earlier := self._repeats.table.get(identity):
            identity = earlier
        return identity

    def update(
        self,
        gone: Iterable[str],
        documents: Iterable[str],
        numbers: Callable[[str], Mapping[str, Counted]],
        beside: Callable[[str], Sequence[str]],
    ) -> set[str]:
        """Look anew at the numbers of `documents`; returns the numbers that another root may now be known by.

        `numbers` gives those of an article, `beside` the articles that tell its story.
        """
        updates: dict[str, str | None] = dict.fromkeys(gone)
        read: dict[str, Mapping[str, Counted]] = {}

        def numbers_of(document: str) -> Mapping[str, Counted]:
            if document not in read:
                read[document] = numbers(document)
            return read[document]

        for document in sorted(documents):
            own = numbers_of(document)
            others = [numbers_of(other) for other in beside(document)] if own else []
            for identity, one in own.items():
                updates[identity] = _repeated(one, own, others)
        return self.below(self._repeats.apply(updates))

    def below(self, numbers: Iterable[str]) -> set[str]:
        """The numbers themselves, and all that repeat one of them at whatever distance."""
        found = dict.fromkeys(numbers)
        open_ = list(found)
        for identity in open_:
            fresh = [i for i in self._repeats.table.under(f"repeats:{identity}") if i not in found]
            found.update(dict.fromkeys(fresh))
            open_ += fresh
        return set(found)


def _repeated(one: Counted, own: Mapping[str, Counted], others: Sequence[Mapping[str, Counted]]) -> str:
    """The number that `one` repeats: of those that may be meant the first.

    Block: the numbers of an article, and those of each article of its story.
    """
    found = [other for there in others for other in _meant(one, own, there) if other.rank < one.rank]
    return min(found, key=lambda other: (other.stated != one.stated, other.rank)).identity if found else ""


def _meant(one: Counted, own: Mapping[str, Counted], there: Mapping[str, Counted]) -> Iterator[Counted]:
    """The numbers of another article that tell what `one` tells.

    The same number of the same measure, if it is not small, and not of two sorts of things; else, of what was not counted
    in two events that may be told of twice, one not far from it, where none of the two articles has another that comes
    near; in two such events, and of what nobody names, only where one party counts them in both.
    """
    alike = [other for other in there.values() if other.kind == one.kind and _placed(one, other)]
    equal = [other for other in alike if other.stated == one.stated >= _FEW and not _of_two_sorts(one, other)]
    if equal:
        yield from equal
        return
    ours, theirs = (
        [c for c in side.values() if c.kind == one.kind and not _of_two_sorts(c, one)] for side in (own, there)
    )
    both = {c.stated for c in ours} & {c.stated for c in theirs}
    for other in alike:
        one_party = not set(one.told.attributed_to).isdisjoint(other.told.attributed_to)
        if not one.counts_like(other) or {one.stated, other.stated} & both:
            continue
        if not one_party and (_in_two_events(one, other) or not one.is_named):
            continue
        if not one.is_named and min(one.stated, other.stated) < _FEW:
            continue
        near = ({c.stated for c in ours if _near(c, other)} - both, {c.stated for c in theirs if _near(c, one)} - both)
        if near == ({one.stated}, {other.stated}):
            yield other


def _near(one: Counted, other: Counted) -> bool:
    less, more = sorted((one.stated, other.stated))
    return less > 0 and more < _NEAR * less


def _of_two_sorts(one: Counted, other: Counted) -> bool:
    """Whether they count two sorts of things: houses and boats. Of people one article may know more than another."""
    people = one.told.roles.get("ofPopulation") or other.told.roles.get("ofPopulation")
    return not people and bool(one.told.sort and other.told.sort) and one.told.sort != other.told.sort


def _in_two_events(one: Counted, other: Counted) -> bool:
    """Whether they were counted in two events, which are not told so alike that one may be meant.

    Of one class, or of what one deal is told as, days and places that do not clash; attacks follow each other for days.
    """
    if not one.event or not other.event:
        return False
    first, second = one.occasion, other.occasion
    if first is None or second is None:
        return True
    kinds = {first.statement.type, second.statement.type}
    if len(kinds) > 1 and not kinds <= _PAID:
        return True
    if first.statement.type in _IN_SERIES:
        return True
    days = first.statement.time, second.statement.time
    apart = days[0] and days[1] and not (edtf.compatible(days[0], days[1]) or near_in_time(days[0], days[1]))
    where = first.places, second.places
    around = dict((*first.around, *second.around))
    return bool(apart) or (bool(where[0] and where[1]) and not may_be_near(*where, around))


def _placed(one: Counted, other: Counted) -> bool:
    here, there = (counted.told.roles.get("atPlace", ()) for counted in (one, other))
    return not (here and there) or may_be_near(here, there, dict((*one.told.around, *other.told.around)))
