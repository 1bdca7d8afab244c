"""Weigh what speaks for and against two accounts, in two articles of one story, being of one event."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from math import inf
from pathlib import Path
from typing import NamedTuple

from kg import edtf, gazetteer
from kg.model import Time
from kg.resolving.calendar_slots import DAY, day_of, length
from kg.resolving.contradictions.occasions import is_of_two, is_seldom, role_of_one
from kg.resolving.event_accounts import Account, Classes, clash, fit, fit_in_story
from kg.resolving.event_pages import Happening, Page, shared_numbers
from kg.resolving.told import may_be_near, near

_Days = tuple[str | None, str | None]
_NEAR, _FAR = 1, 4  # days
_PARTIES = 2  # who meet, or call each other
_AGAINST = frozenset({"contradicting", "other thing", "elsewhere", "far", "planned"})
"""What nothing here can outweigh; what was planned and what was done, `differing` compares."""
_ITS_ACCIDENT = frozenset({"one in a story", "theirs alone"})
"""What makes it the same wherever the accounts say that it was."""
_ITS_OCCASION = frozenset({"seldom", "next day", "theirs alone", "more beside", "beside alone"})
"""What makes it the same though one of two days is wrong."""
_SAME = frozenset(
    {"one in a story", "thing", "the one", "shared", "owners", "beside", "number", "one kind", "one place", "within"}
)
_SAME_TIME = frozenset({"one day", "compatible", "next day"})
"""Without any of these, nothing that both say is the same; of a wide class, a day tells too little."""
_OTHER_DAYS = frozenset({"next day", "other day"})
_LONG = 62  # days of a time that says little more than the year


class Side(NamedTuple):
    """An account in one article, with all that the article tells."""

    happening: Happening
    page: Page


def likeness(one: Side, other: Side, classes: Classes) -> float:
    """How probable it is that two accounts are of one event.

    0 where one class is not the other or above it, the offices differ, or days, people, places or plan and deed exclude
    each other.
    """
    found = features(one, other, classes)
    against = _AGAINST & found.keys()
    if "one day" in found and ("thing" in found or found.keys() >= _ITS_ACCIDENT):
        against -= {"elsewhere"}  # a ship sank on the lake, and within sight of the town
    known = not _OTHER_DAYS & found.keys() or _is_known(one.happening, other.happening, found)
    same = _SAME | _SAME_TIME if "narrow" in found else _SAME
    if not found or against or not known or same.isdisjoint(found):
        return 0.0
    return probability(found, table()["weights"])


def may_be_retold(one: Happening, other: Happening, classes: Classes) -> bool:
    """Whether two accounts of one article may be of one event: the collision, and the crash that is told of later.

    One is of the class of the other or of one above it, nothing that both say excludes each other, and both name somebody
    of the event or one place, or a story has one event of the class.
    """
    a, b = one.account, other.account
    if (a.position, a.planned) != (b.position, b.planned) or not classes.meet(a.type, b.type):
        return False
    if clash(a, b, may_be_near) or (a.time and b.time and not edtf.compatible(a.time, b.time)):
        return False
    numbers = shared_numbers(one, other)
    if numbers and not any(numbers.values()):
        return False
    found = {*_of_things(a, b), *_of_parts(one, other), *_of_names(one, other), *_of_kind(one, other), *_of_place(a, b)}
    if found.isdisjoint({"thing", "shared", "owners", "one place"}) and not classes.is_one_in_a_story(a.type):
        return False
    return found.isdisjoint({"other kind", "other thing", "contradicting", "other people", "unmatched", "described"})


def _is_known(one: Happening, other: Happening, found: Mapping[str, float]) -> bool:
    """Whether accounts of two days are known to be of one event all the same.

    Neither article tells of another one of the class, and both name the one or the two to whom it seldom happens; or both
    name somebody of whom neither tells another, with others beside, and the days stand beside each other.
    """
    parties = is_of_two(one.account.type) and len(one.whole & other.whole) >= _PARTIES
    return found.keys() >= _ITS_OCCASION or ("alone" in found and ("the one" in found or parties))


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How probable the features `found` make it."""
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in found.items())))


def least() -> float:
    """How probable it must be."""
    return float(table()["bounds"]["least"])


@cache
def table() -> Mapping[str, Mapping[str, float]]:
    """The weights of the features, and the least probability."""
    return tomllib.loads((Path(__file__).parent / "event_weights.toml").read_text(encoding="utf-8"))


def features(one: Side, other: Side, classes: Classes) -> dict[str, float]:
    """What speaks for and against, as numbers; empty where the classes or offices differ, or one is told too early."""
    a, b = one.happening.account, other.happening.account
    published = (one.page.published, other.page.published)
    if a.position != b.position or not classes.meet(a.type, b.type):
        return {}
    if _is_still_to_come(a, b, published[0]) or _is_still_to_come(b, a, published[1]):
        return {}
    found = {"any": 1.0}
    found.update(dict.fromkeys(_of_class(one, other, classes), 1.0))
    found.update(dict.fromkeys(_of_things(a, b), 1.0))
    found.update(dict.fromkeys(_of_parts(one.happening, other.happening), 1.0))
    found.update(dict.fromkeys(_of_names(one.happening, other.happening), 1.0))
    found.update(dict.fromkeys(_of_those_beside(one, other, classes), 1.0))
    found.update(dict.fromkeys(_of_time(a, b, published), 1.0))
    found.update(dict.fromkeys(_of_place(a, b), 1.0))
    found.update(dict.fromkeys(_of_kind(one.happening, other.happening), 1.0))
    numbers = shared_numbers(one.happening, other.happening)
    if any(numbers.values()):
        found["number"] = 1.0
    elif numbers:
        found["other number"] = 1.0
    if a.planned != b.planned:
        found["planned"] = 1.0
        if not found.keys().isdisjoint({"perhaps there", "elsewhere"}):
            found["planned elsewhere"] = 1.0
    if "contradicting" in found and not found.keys().isdisjoint(
        {"next day", "other day", "far", "elsewhere", "planned"}
    ):
        found["other occasion"] = 1.0
    alike = (a.type, a.planned) == (b.type, b.planned)
    if (alike and fit(a, b)) or fit_in_story(a, b, published, classes):
        found["fits"] = 1.0
    return found


def _of_class(a: Side, b: Side, classes: Classes) -> Iterator[str]:
    one, other = a.happening.account, b.happening.account
    if one.type == other.type:
        yield "one class"
    if not (classes.is_wide(one.type) or classes.is_wide(other.type)):
        yield "narrow"
    if classes.is_one_in_a_story(one.type) or classes.is_one_in_a_story(other.type):
        yield "one in a story"
    if is_seldom(one.type):
        yield "seldom"
    alike = [
        [h for h in side.page.happenings if classes.meet(h.account.type, kind)]
        for side, kind in ((a, other.type), (b, one.type))
    ]
    sides = [len(found) for found in alike]
    if max(sides) == 1:
        yield "alone"
    elif min(sides) == 1:
        yield "alone here"
    elif max(sides) > 3:  # noqa: PLR2004
        yield "crowded"
    if all(side.happening.start == min(h.start for h in found) for side, found in zip((a, b), alike, strict=True)):
        yield "first"


def _of_parts(one: Happening, other: Happening) -> Iterator[str]:
    a, b = one.account, other.account
    shared = a.named & b.named
    if shared:
        yield "shared"
        if len(shared) > 1:
            yield "shared more"
    elif one.whole & other.whole:
        yield "owners"
    roles = (dict(one.roles), dict(other.roles))
    one_of = role_of_one(a.type)
    if a.type == b.type and roles[0].get(one_of, frozenset()) & roles[1].get(one_of, frozenset()):
        yield "the one"
    both = [(roles[0][role] & one.people, roles[1][role] & other.people) for role in roles[0].keys() & roles[1].keys()]
    if any(mine and theirs and not mine & theirs for mine, theirs in both):
        yield "contradicting"
    if is_of_two(a.type) and len(one.whole & other.whole) < _PARTIES and not set(a.things) & set(b.things):
        yield "one party"


def _of_those_beside(one: Side, other: Side, classes: Classes) -> Iterator[str]:
    """What those named with both say, but for those whom an article names with many events."""
    first, second = one.happening, other.happening
    others = [
        h
        for side, against in ((one, second), (other, first))
        for h in side.page.happenings
        if h is not side.happening and classes.meet(h.account.type, against.account.type)
    ]
    if any(all(name not in h.whole for h in others) for name in first.account.named & second.account.named):
        yield "theirs alone"
    common = one.page.common | other.page.common
    mine, theirs = first.beside - common, second.beside - common
    beside = mine & theirs
    if beside:
        yield "beside"
        if len(beside) > 1:
            yield "more beside"
        if any(all(name not in h.beside for h in others) for name in beside):
            yield "beside alone"
    elif mine and theirs:
        yield "others beside"


def _of_kind(one: Happening, other: Happening) -> Iterator[str]:
    if one.kinds and other.kinds:
        yield "one kind" if one.kinds & other.kinds else "other kind"


def _of_things(a: Account, b: Account) -> Iterator[str]:
    things = (set(a.things), set(b.things))
    if things[0] & things[1]:
        yield "thing"
    elif things[0] and things[1]:
        yield "other thing"


def _of_names(one: Happening, other: Happening) -> Iterator[str]:
    a, b = one.account, other.account
    rest = (a.named - other.whole, b.named - one.whole)
    if rest[0] and rest[1]:
        yield "unmatched" if one.whole & other.whole else "other people"
    elif a.named and b.named:
        yield "matched"
    if not a.named and not b.named:
        yield "both say nobody" if not (a.core or b.core) else "described"
    elif not (a.named and b.named):
        yield "nobody"


def _of_time(one: Account, other: Account, published: _Days) -> Iterator[str]:
    first, second = one.time, other.time
    if first is None or second is None:
        known = first or second
        yield "undated" if known else "undated both"
        if known and not _about(known, published):
            yield "outside"
    elif edtf.compatible(first, second):
        yield "one day" if length(first.edtf) <= DAY and length(second.edtf) <= DAY else "compatible"
    else:
        days = edtf.days_between(first, second)
        if days is None or days > _FAR:
            yield "far"
        else:
            yield "next day" if days <= _NEAR else "other day"
    if any(_is_past(time, published) for time in (first, second)) and not (
        first and second and _is_long(first, second)
    ):
        yield "bare year"


def _is_still_to_come(told: Account, other: Account, published: str | None) -> bool:
    """Whether an article tells without a day, as done, what is said to have happened after the article was published."""
    time = other.time
    if told.planned or told.time or published is None or time is None or time.earliest is None:
        return False
    return day_of(time.earliest) > date.fromisoformat(published)


def _is_long(*times: Time) -> bool:
    return all(_LONG < length(time.edtf) < inf for time in times)


def _is_past(time: Time | None, published: _Days) -> bool:
    """Whether a time is a year, or more than a season, in which the articles are not known to have been written."""
    return time is not None and _is_long(time) and not (any(published) and _about(time, published))


def _about(time: Time, published: _Days) -> bool:
    """Whether a time is not far from the days of the articles, as far as is known."""
    days = [date.fromisoformat(day) for day in published if day]
    if not days or time.earliest is None or time.latest is None:
        return True
    gap = max((min(days) - day_of(time.latest)).days, (day_of(time.earliest) - max(days)).days)
    return gap <= 2 * _FAR


def _of_place(one: Account, other: Account) -> Iterator[str]:
    if not (one.places and other.places):
        yield "no place"
        return
    around = dict((*one.around, *other.around))
    if any(not _is_state(place) for place in set(one.places) & set(other.places)):
        yield "one place"
    elif near(one.places, other.places, around):
        yield "within"
    else:
        yield "perhaps there" if may_be_near(one.places, other.places, around) else "elsewhere"


def _is_state(place: str) -> bool:
    entry = gazetteer.find(place)
    return entry is not None and entry.subtype == "State"
