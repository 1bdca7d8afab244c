"""Tell which accounts may be of one event: what they name, when they say it was, and which of them says more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg import edtf
from kg.model import Time, content_hash
from kg.resolving.told import Told, near, plain_words

_ENOUGH = 2  # how much an account must tell to be known beyond its article, where it has no date
_ONCE = frozenset({"Birth", "Death", "Execution"})  # of one person, there is one
_TELLING = 5  # words that are the same account wherever they stand
_MONTHS = 12
_YEARS = 3  # a time of more years is looked for among all


@dataclass(frozen=True, slots=True)
class Account:
    """What statements say that agree in class, core participants, places and time.

    `weight` is how much the core participants tell: a treaty or a unit more than a country. `only` is set where all this
    is too little to be known again elsewhere: the words, if there are enough of them to be somebody's copy, else the
    document.
    """

    type: str
    position: str | None
    planned: bool
    core: tuple[str, ...]
    places: tuple[str, ...]
    around: tuple[tuple[str, tuple[str, ...]], ...]
    time: Time | None
    weight: int
    only: str

    @property
    def key(self) -> str:
        """The hash that names the account, and the event if no other account says more; where places lie is left out."""
        time = self.time.edtf if self.time else None
        return content_hash(
            "event", self.type, self.position, self.planned, self.core, self.places, time, self.only, length=16
        )


def account(told: Told) -> Account:
    """The account that a statement gives."""
    statement, core, places = told.statement, tuple(sorted(told.core)), tuple(sorted(told.places))
    weight = len(core) + (len(core) if statement.type in _ONCE else len(told.core & set(told.specific)))
    only = ""
    if statement.time is None and weight + len(places) < _ENOUGH:
        words = plain_words(statement.evidence.text)
        only = words if len(words.split()) >= _TELLING else statement.document
    return Account(
        statement.type,
        statement.position,
        statement.modality == "planned",
        core,
        places,
        told.around,
        statement.time,
        weight,
        only,
    )


def rank(one: Account) -> tuple[object, ...]:
    """Whoever ranks first is joined by the others: a dated account before an undated, a finer time before a coarser, more names before fewer."""
    time = one.time
    unknown = time is None or time.earliest is None
    precision = -len(time.edtf.replace("XXXX-", "")) if time else 0
    return (unknown, precision, time.edtf if time else "", -len(one.core), -len(one.places), one.core, one.key)


def offers(one: Account) -> Iterator[str]:
    """The keys under which an account is found by those who may join it."""
    yield from (f"{kind}|{slot}" for kind in _kinds(one) for slot in (*_when(one.time)[0], "any"))


def looks(one: Account) -> Iterator[str]:
    """The keys under which an account finds those that it may join."""
    yield from (f"{kind}|{slot}" for kind in _kinds(one) for slot in _when(one.time)[1])


def _kinds(one: Account) -> Iterator[str]:
    if one.only:
        return
    what = f"{one.type}|{one.position or ''}|{'planned' if one.planned else ''}"
    yield from (f"{what}|{entity}" for entity in dict.fromkeys((*one.core, *one.places)))


@lru_cache(maxsize=4096)
def _time_slots(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slots of the calendar that a time stands in, and the one or few in which a finer one may stand."""
    value = edtf.parse(text)
    if isinstance(value, edtf.Interval):
        return _years(text)
    year = "" if value.year is None else f"{value.year:04}"
    if (
        value.years > 1
        or value.approximate
        or (value.month is None and not value.clock)
        or (value.month or 0) > _MONTHS
    ):
        return _years(text)
    if value.month is None:
        return (), ("any",)
    month, day = f"{value.month:02}", "" if value.day is None else f"{value.day:02}"
    slots = [f"{year}-{month}-{day}", f"{year}-{month}", year, f"-{month}-{day}", f"-{month}"]
    known = [
        slot for slot, parts in zip(slots, ((year, day), (year,), (year,), (day,), (True,)), strict=True) if all(parts)
    ]
    if year and day:
        return tuple(known), (known[0],)
    return tuple(known), (f"{year}-{month}",) if year else (f"-{month}",)


def _years(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    earliest, latest = edtf.bounds(text)
    if not earliest or not latest:
        return (), ("any",)
    first, last = int(earliest[:4]), int(latest[:4])
    slots = tuple(f"{year:04}" for year in range(first, last + 1)) if last - first < _YEARS else ()
    return slots, slots or ("any",)


def _when(time: Time | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _time_slots(time.edtf) if time else ((), ("any",))


def fit(late: Account, early: Account) -> bool:
    """Whether the account that ranks later may be of the event of the one that ranks earlier.

    Both are of one class and position, planned or not. Places must not clash. Compatible times need one shared
    participant, unless one names none. Without two times all that the shorter account names must be in the longer, and
    more than one thing, or the same place.
    """
    if early.places and late.places and not near(early.places, late.places, dict((*early.around, *late.around))):
        return False
    first, second = set(early.core), set(late.core)
    if early.time and late.time:
        return edtf.compatible(early.time, late.time) and (bool(first & second) or not (first and second))
    smaller, larger = sorted((first, second), key=len)
    if not smaller or not smaller <= larger:
        return False
    together = bool(set(early.places) & set(late.places))
    weight = min((early, late), key=lambda one: len(one.core)).weight
    return together or smaller == larger or (weight >= _ENOUGH and not (early.places and late.places))


def shared(late: Account, early: Account) -> int:
    """How much two accounts have in common."""
    return 2 * len(set(late.core) & set(early.core)) + len(set(late.places) & set(early.places))


def choose(one: Account, others: list[Account]) -> Account | None:
    """The account that `one` joins, of those that it fits and that rank before it: the one that it shares most with.

    An undated account that fits two which do not fit each other could be either, and joins none.
    """
    fitting = sorted(
        (other for other in others if fit(one, other)), key=lambda other: (-shared(one, other), rank(other))
    )
    if not fitting:
        return None
    best = fitting[0]
    if one.time is None:
        equal = [other for other in fitting if shared(one, other) == shared(one, best)]
        if any(not fit(other, best) for other in equal[1:]):
            return None
    return best
