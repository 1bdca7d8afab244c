"""Group numbers by the question that they answer: one measure of one population, at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from kg.model import Entity, Question, content_hash
from kg.resolving.events import Contains, Told

_SAME_NEWS = 30  # days between articles about people of no named country that may still tell of one happening
Published = Callable[[str], str | None]


def resolve(
    told: Iterable[Told], entities: Mapping[str, Entity], contains: Contains, published: Published
) -> tuple[tuple[Question, ...], dict[str, str]]:
    """The questions, and for each statement id the key of the question that it answers.

    "binh sĩ Ethiopia" in Tigray is one population wherever it is counted. "12 người" with no more said are other
    people in every article, unless the articles name one place within a month.
    """
    groups: dict[tuple[str, str, str | None, bool], list[Told]] = defaultdict(list)
    for one in told:
        quantity = one.statement.quantity
        if quantity and quantity.measure:
            people = entities.get(_population(one) or "")
            specific = people is not None and bool(people.belongs_to)
            who = "" if people is None else people.key if specific else people.label("vi")
            groups[quantity.measure, who, quantity.unit, specific].append(one)
    questions: dict[str, Question] = {}
    answers: dict[str, str] = {}
    for (measure, _, unit, specific), members in sorted(groups.items(), key=lambda g: tuple(map(str, g[0]))):
        for part in _parts(members, contains, published, specific=specific):
            place = _finest(part, contains)
            population = min((key for t in part if (key := _population(t))), default=None)
            scope = None if specific or place else sorted(t.statement.document for t in part)
            window = None if specific else min((published(t.statement.document) or "" for t in part), default="")
            key = content_hash("question", measure, population, unit, place, scope, window)
            questions[key] = Question(key, measure, population, place, None, unit)
            answers.update({t.statement.id: key for t in part})
    return tuple(questions[key] for key in sorted(questions)), answers


def _population(told: Told) -> str | None:
    return next(iter(told.roles.get("ofPopulation", ())), None)


def _place(told: Told) -> str | None:
    return next(iter(told.roles.get("atPlace", ())), None)


def _parts(members: Sequence[Told], contains: Contains, published: Published, *, specific: bool) -> list[list[Told]]:
    """Statements that may count the same: places that contain each other; for unnamed people also one month."""

    def order(told: Told) -> tuple[bool, str, str, str]:
        return (
            _place(told) is None,
            published(told.statement.document) or "9999",
            _place(told) or "",
            told.statement.id,
        )

    parts: list[list[Told]] = []
    for told in sorted(members, key=order):
        for part in parts:
            if _together(part[-1], told, contains, published, specific=specific):
                part.append(told)
                break
        else:
            parts.append([told])
    return parts


def _together(a: Told, b: Told, contains: Contains, published: Published, *, specific: bool) -> bool:
    if a.statement.document == b.statement.document and not specific:
        return _place(a) == _place(b)
    x, y = _place(a), _place(b)
    near = x == y or (x is not None and y is not None and (contains(x, y) or contains(y, x)))
    if specific:
        return near or x is None or y is None
    return near and x is not None and _within_days(published(a.statement.document), published(b.statement.document))


def _within_days(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return False
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= _SAME_NEWS


def _finest(part: Sequence[Told], contains: Contains) -> str | None:
    """The place named that lies in all the others."""
    places = sorted({place for told in part if (place := _place(told))})
    inner = [p for p in places if not any(contains(p, q) for q in places if q != p)]
    return next(iter(inner or places), None)
