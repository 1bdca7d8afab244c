"""Find the number in another article of a story that a number repeats or contradicts: what both tell is one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.resolving import units
from kg.resolving.stages import Stage
from kg.resolving.told import Told, may_be_near
from kg.tables import Tables

_FEW = 10  # so small a number is told of many things
_NEAR = 2  # numbers of one thing differ by less than this factor


@dataclass(frozen=True, slots=True)
class Counted:
    """A statement's number, as far as it can be known again: `event` is what it was counted in, if anything."""

    identity: str
    told: Told
    event: str | None

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
        """Whether it says what one of the number is: a person, a kilometre."""
        quantity = self.told.statement.quantity
        return quantity is not None and quantity.unit is not None

    @property
    def who(self) -> object:
        """What sort of people it counts, or which."""
        return self.told.category or self.told.roles.get("ofPopulation", ())

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

    The same number of the same measure, if it is not small; else, of what was not counted in two events, one not far from
    it, where none of the two articles has another that comes near; in two events, and of things that nobody names, houses
    or boats, only where one party counts them in both.
    """
    alike = [other for other in there.values() if other.kind == one.kind and _placed(one, other)]
    equal = [other for other in alike if other.stated == one.stated >= _FEW]
    if equal:
        yield from equal
        return
    ours, theirs = ([c for c in side.values() if c.kind == one.kind] for side in (own, there))
    both = {c.stated for c in ours} & {c.stated for c in theirs}
    for other in alike:
        one_party = not set(one.told.attributed_to).isdisjoint(other.told.attributed_to)
        if other.who != one.who or {one.stated, other.stated} & both:
            continue
        if not one_party and ((one.event and other.event) or not one.is_named):
            continue
        if not one.is_named and min(one.stated, other.stated) < _FEW:
            continue
        near = ({c.stated for c in ours if _near(c, other)} - both, {c.stated for c in theirs if _near(c, one)} - both)
        if near == ({one.stated}, {other.stated}):
            yield other


def _near(one: Counted, other: Counted) -> bool:
    less, more = sorted((one.stated, other.stated))
    return less > 0 and more < _NEAR * less


def _placed(one: Counted, other: Counted) -> bool:
    here, there = (counted.told.roles.get("atPlace", ()) for counted in (one, other))
    return not (here and there) or may_be_near(here, there, dict((*one.told.around, *other.told.around)))
