"""Tell which accounts may be of one event: what they name, when they say it was, and which of them says more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from math import inf

from kg import edtf
from kg.model import Time, content_hash
from kg.resolving.calendar_slots import DAY, FEW, day_of, length, slots
from kg.resolving.contradictions.occasions import once_role
from kg.resolving.told import Told, may_be_near, near, plain_words

_ENOUGH = 2  # how much an account must tell to be known beyond its article, where it has no date
_ONCE = frozenset({"Birth", "Death", "Execution"})  # of one person, there is one
_ONE_IN_A_STORY = frozenset(
    {
        "Emergency",
        "Evacuation",
        "Rescue",
        "Election",
        "Competition",
        "Demonstration",
        "Groundbreaking",
        "MilitaryExercise",
    }
)
_TELLING = 5  # words that are the same account wherever they stand


@dataclass(frozen=True, slots=True)
class Account:
    """What statements say that agree in class, core participants, places and time.

    `unnamed` are those of the core that no other article can know, `things` what events of the class happen to once: the
    treaty that is signed. `weight` is how much the core participants tell: a treaty or a unit more than a country. `only` is set
    where all this is too little to be known again elsewhere: the words, if there are enough of them to be somebody's copy,
    else the document.
    """

    type: str
    position: str | None
    planned: bool
    core: tuple[str, ...]
    unnamed: tuple[str, ...]
    places: tuple[str, ...]
    around: tuple[tuple[str, tuple[str, ...]], ...]
    time: Time | None
    weight: int
    only: str
    things: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """Those of the core who are known beyond their article."""
        return frozenset(self.core) - frozenset(self.unnamed)

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
        told.unnamed,
        places,
        told.around,
        statement.time,
        weight,
        only,
        tuple(sorted(told.roles.get(once_role(statement.type), ()))),
    )


@lru_cache(maxsize=65536)
def rank(one: Account) -> tuple[object, ...]:
    """Whoever ranks first is joined by the others: a dated account before an undated, a finer time before a coarser, more names before fewer."""
    time = one.time
    unknown = time is None or time.earliest is None
    days = length(time.edtf) if time else inf
    return (unknown, days, time.edtf if time else "", -len(one.core), -len(one.places), one.core, one.key)


def offers(one: Account) -> Iterator[str]:
    """The keys under which an account is found by those who may join it."""
    yield from (f"{kind}|{slot}" for kind in _kinds(one) for slot in (*slots(one.time)[0], "any"))


def looks(one: Account) -> Iterator[str]:
    """The keys under which an account finds those that it may join."""
    yield from (f"{kind}|{slot}" for kind in _kinds(one) for slot in slots(one.time)[1])


def _kinds(one: Account) -> Iterator[str]:
    if one.only:
        return
    what = f"{one.type}|{one.position or ''}|{'planned' if one.planned else ''}"
    yield from (f"{what}|{entity}" for entity in dict.fromkeys((*one.core, *one.places)))


def fit(late: Account, early: Account) -> bool:
    """Whether the account that ranks later may be of the event of the one that ranks earlier.

    Both are of one class and position, planned or not. Places must not clash. Compatible times need one shared
    participant, unless one names none. Without two times all that the shorter account names must be in the longer, and
    more than one thing, or the same place. What happens once to a thing is one event, whoever else is named.
    """
    if clash(early, late, may_be_near if _on_a_day(early) and _on_a_day(late) else near):
        return False
    first, second = set(early.core), set(late.core)
    if early.time and late.time:
        return edtf.compatible(early.time, late.time) and (bool(first & second) or not (first and second))
    if set(early.things) & set(late.things):
        return True
    smaller, larger = sorted((first, second), key=len)
    if not smaller or not smaller <= larger:
        return False
    together = bool(set(early.places) & set(late.places))
    weight = min((early, late), key=lambda one: len(one.core)).weight
    return together or smaller == larger or (weight >= _ENOUGH and not (early.places and late.places))


def shared(late: Account, early: Account) -> int:
    """How much two accounts have in common."""
    return 2 * len(set(late.core) & set(early.core)) + len(set(late.places) & set(early.places))


@dataclass(frozen=True, slots=True)
class Classes:
    """How the classes of events lie to each other: `above` gives those above a class; what others lie below is wide."""

    above: Mapping[str, frozenset[str]]
    _wide: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        wide = (name for narrower, wider in self.above.items() for name in wider if name != narrower)
        object.__setattr__(self, "_wide", frozenset(wide))

    def meet(self, one: str, other: str) -> bool:
        """Whether one class is the other or lies below it."""
        return one in self._above(other) or other in self._above(one)

    def is_wide(self, name: str) -> bool:
        """Whether other classes lie below it, so that it says little."""
        return name in self._wide

    def is_one_in_a_story(self, name: str) -> bool:
        """Whether a story has one event of the class: the fire, the rescue."""
        return not _ONE_IN_A_STORY.isdisjoint(self._above(name))

    def _above(self, name: str) -> Collection[str]:
        return self.above.get(name, (name,))


def fit_in_story(late: Account, early: Account, published: tuple[str | None, str | None], classes: Classes) -> bool:
    """Whether two accounts in articles of one story, published on these days, may be of one event.

    One class must be that of the other or above it, nothing must clash, and what one names of those that take part the
    other must name too. They must share a participant or a day, or be of what a story has one of. What has no date is of
    the days of its article.
    """
    if (late.position, late.planned) != (early.position, early.planned) or not classes.meet(late.type, early.type):
        return False
    if clash(early, late, may_be_near) or not _at_one_time(late, early, published):
        return False
    first, second = early.named, late.named
    if set(early.things) & set(late.things):
        return True
    if not (first <= second or second <= first):
        return False
    if first & second or classes.is_one_in_a_story(late.type):
        return True
    return _on_a_day(late) and _on_a_day(early) and _alike(late, early, classes)


def _alike(one: Account, other: Account, classes: Classes) -> bool:
    """Whether two accounts of one day, of which not both name somebody, tell so much alike that one event is meant.

    Neither names anybody, or both say where it was, or what it was is a narrow class: on one day the police do many
    things, and charge somebody once.
    """
    nobody = not (one.named or other.named)
    return nobody or bool(one.places and other.places) or not (classes.is_wide(one.type) or classes.is_wide(other.type))


def clash(
    one: Account, other: Account, close: Callable[[Iterable[str], Iterable[str], Mapping[str, tuple[str, ...]]], bool]
) -> bool:
    """Whether both accounts say where it was, and no place of one is `close` to one of the other."""
    around = dict((*one.around, *other.around))
    return bool(one.places and other.places) and not close(one.places, other.places, around)


def _at_one_time(late: Account, early: Account, published: tuple[str | None, str | None]) -> bool:
    if early.time and late.time:
        return edtf.compatible(early.time, late.time)
    dated = early.time or late.time
    days = [date.fromisoformat(day) for day in published if day]
    if dated is None or not days or dated.earliest is None or dated.latest is None:
        return True
    slack = timedelta(days=FEW)
    return day_of(dated.earliest) <= max(days) + slack and day_of(dated.latest) >= min(days) - slack


def _on_a_day(one: Account) -> bool:
    return one.time is not None and length(one.time.edtf) <= DAY


def choose(
    one: Account,
    fitting: Sequence[Account],
    *,
    alone: bool = False,
    agree: Callable[[Account, Account], bool] = fit,
) -> Account | None:
    """The account that `one` joins, of those that it fits and that rank before it: the one that it shares most with.

    An undated account that fits two which do not `agree` with each other could be either, and joins none. `alone`: that
    goes for a dated one too.
    """
    if not fitting:
        return None
    ordered = sorted(fitting, key=lambda other: (-shared(one, other), rank(other)))
    best = ordered[0]
    if one.time is None or alone:
        equal = [other for other in ordered if shared(one, other) == shared(one, best)]
        if any(not agree(other, best) for other in equal[1:]):
            return None
    return best
