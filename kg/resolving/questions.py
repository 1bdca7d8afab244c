"""Group numbers by the question that they answer: one measure of one population, at a place, in an event.

"binh sĩ Ethiopia" killed in Tigray are one population wherever they are counted. "12 người" with no more said are other
people in every article, unless the articles count them in one event, or at one place on one day or in articles of one
month, or in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Question, content_hash
from kg.resolving import groups, units
from kg.resolving.stages import Changes, Stage, Sum, fold, regroup, touched
from kg.resolving.told import Around, Told, near, plain_words
from kg.tables import Tables

_PERSON = "person"
_TELLING = 5  # words that count the same wherever they stand
_DAY, _MONTH = 10, 7  # characters of a date, and of its month


@dataclass(frozen=True, slots=True)
class Asked:
    """What a number answers, as far as its own words tell: what is counted, of whom, where.

    `who` is the population's key where it is known whose people they are, else what sort of people or things. `scope`
    says where the number is at home if it cannot be known elsewhere: an event, a day, its own words, or its document.
    `beside` are further places that it is told of: "in Nam Định and Thái Bình".
    """

    measure: str
    who: str
    specific: bool
    unit: str | None
    place: str | None
    around: tuple[str, ...]
    scope: str
    event: str | None
    beside: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The hash that names it."""
        known = (self.measure, self.who, self.specific, self.unit, self.place, self.scope)
        return content_hash("asked", *known, *self.beside)

    @property
    def places(self) -> tuple[str, ...]:
        """All places that the number is told of."""
        return (self.place, *self.beside) if self.place else ()

    @property
    def block(self) -> str:
        """Numbers of one block may answer one question, if their places allow it."""
        return content_hash("question", self.measure, self.who, self.specific, self.unit, self.scope)


def _scope(told: Told, place: str | None, event: str | None, published: str | None) -> str:
    if event:
        return f"event {event}"
    if place and published:
        return f"month {published[:_MONTH]}"
    time, words = told.statement.time, plain_words(told.statement.evidence.text)
    if place and time and time.earliest and time.latest and time.earliest[:_DAY] == time.latest[:_DAY]:
        return f"day {time.earliest[:_DAY]}"
    return f"words {words}" if len(words.split()) >= _TELLING else f"document {told.statement.document}"


@dataclass(frozen=True, slots=True)
class Number:
    """What one statement's number answers, the key of the people whom it counts, and the unit that it is told in."""

    asked: Asked
    population: str | None
    unit: str | None = None

    def told_again(self, told: Told) -> Number:
        """The number as another statement repeats it, at the places that that one names.

        A place of which nobody knows where it lies may lie in the one that the number was told of before.
        """
        around = dict(told.around)
        places = told.roles.get("atPlace", ())
        before = self.asked.places
        if before and places and not near(before, places, {**around, before[0]: self.asked.around}):
            places = before
        population = next(iter(told.roles.get("ofPopulation", ())), None)
        asked = _at(self.asked, places, {**dict.fromkeys(before, self.asked.around), **around})
        unit = told.statement.quantity.unit if told.statement.quantity else None
        return Number(asked, population, unit)


class Questions:
    """From numbers to the questions that they answer, kept up as numbers come and go.

    `asked` holds what numbers that ask the same add up to, `answered` the question of each, `questions` the questions.
    """

    def __init__(self, tables: Tables) -> None:
        self.asked: Stage[Sum[Asked]] = Stage(
            tables.table("asked", Sum[Asked]), lambda one: [f"block:{one.head.block}"]
        )
        self.answered: Stage[str] = Stage(tables.table("answered", str), lambda _question: ())
        self.questions: Stage[Question] = Stage(tables.table("question", Question), _keys)

    def update(self, changes: Changes[Number]) -> tuple[Changes[Question], set[str]]:
        """Take in numbers that came, went or changed; returns the questions that did, and what now answers another one."""
        changed = fold(changes, _parts, self.asked)
        blocks = {summed.head.block for summed in touched(changed)}
        moved = regroup(blocks, self._members, _answered, self.answered)
        return regroup(blocks, self._members, _questions, self.questions), set(moved)

    def question_of(self, asked: Asked) -> str | None:
        """The key of the question that `asked` is part of."""
        return self.answered.table.get(asked.key)

    def _members(self, block: str) -> dict[str, Sum[Asked]]:
        return self.asked.table.under(f"block:{block}")


def number(told: Told, event: str | None, published: str | None = None) -> Number | None:
    """What the number of a statement answers; None for one that measures nothing.

    `event` is what it was counted in, `published` the day of its article.
    """
    quantity = told.statement.quantity
    if told.kind != "QuantityClaim" or not quantity or not quantity.measure:
        return None
    population = next(iter(told.roles.get("ofPopulation", ())), None)
    place = next(iter(told.roles.get("atPlace", ())), None)
    specific = bool(population) and not told.category
    asked = Asked(
        measure=quantity.measure,
        who=told.category or population or (groups.people() if quantity.unit == _PERSON else told.sort),
        specific=specific,
        unit=units.base(quantity.unit),
        place=None,
        around=(),
        scope="" if specific else _scope(told, place, event, published),
        event=None if specific else event,
    )
    return Number(_at(asked, told.roles.get("atPlace", ()), dict(told.around)), population, quantity.unit)


def _at(asked: Asked, places: Sequence[str], around: Around) -> Asked:
    """The same, told of places."""
    lies_in = dict.fromkeys(whole for place in places for whole in around.get(place, ()))
    return replace(asked, place=next(iter(places), None), around=tuple(lies_in), beside=tuple(places[1:]))


def _parts(given: Number) -> Iterator[tuple[str, Asked, list[str]]]:
    population = [f"population\t{given.population}"] if given.population else []
    yield given.asked.key, given.asked, [*population, f"unit\t{given.unit or ''}"]


def _keys(question: Question) -> Iterator[str]:
    yield from (f"entity:{key}" for key in (question.population, question.place) if key)
    if question.event:
        yield f"event:{question.event}"


def _groups(members: Sequence[tuple[str, Sum[Asked]]]) -> list[list[tuple[str, Sum[Asked]]]]:
    """Parts of a block of which one place lies in another; what has no place joins the only part there is."""
    placed: list[list[tuple[str, Sum[Asked]]]] = []
    for member in (m for m in members if m[1].head.place):
        close = [part for part in placed if any(_near(member[1].head, other.head) for _, other in part)]
        placed = [part for part in placed if part not in close]
        placed.append([*(m for part in close for m in part), member])
    anywhere = [m for m in members if not m[1].head.place]
    if not anywhere:
        return placed
    return [[*placed[0], *anywhere]] if len(placed) == 1 else [*placed, anywhere]


def _near(a: Asked, b: Asked) -> bool:
    around: Around = {place: one.around for one in (a, b) for place in one.places}
    return near(a.places, b.places, around)


def _answered(block: str, members: Sequence[tuple[str, Sum[Asked]]]) -> Mapping[str, str]:
    return {identity: _key(block, group) for group in _groups(members) for identity, _ in group}


def _questions(block: str, members: Sequence[tuple[str, Sum[Asked]]]) -> Mapping[str, Question]:
    return {_key(block, group): _question(block, group) for group in _groups(members)}


def _key(block: str, group: Sequence[tuple[str, Sum[Asked]]]) -> str:
    return content_hash("question", block, _place(group))


def _question(block: str, group: Sequence[tuple[str, Sum[Asked]]]) -> Question:
    first = group[0][1].head
    population = min((key for _, one in group for key in one.features("population\t")), default=None)
    told_in = {unit for _, one in group for unit in one.features("unit\t")}
    unit = (min(told_in) or None) if len(told_in) == 1 else first.unit
    return Question(_key(block, group), first.measure, population, _place(group), first.event, unit)


def _place(group: Sequence[tuple[str, Sum[Asked]]]) -> str | None:
    """The place named that lies in all the others, or that all name."""
    named = [one.head for _, one in group if one.head.place]
    common = set.intersection(*(set(one.places) for one in named)) if named else set()
    places = {place: one.around for one in named for place in one.places if not common or place in common}
    inner = [place for place in sorted(places) if not any(place in around for around in places.values())]
    return next(iter(inner), None)
