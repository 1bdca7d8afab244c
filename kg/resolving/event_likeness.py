"""Weigh what speaks for and against two accounts, in two articles of one story, being of one event."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from math import inf
from pathlib import Path

from kg import edtf, gazetteer
from kg.model import Time
from kg.resolving.calendar_slots import DAY, day_of, length
from kg.resolving.contradictions.occasions import is_of_two, is_seldom, role_of_one
from kg.resolving.event_accounts import Account, Classes, fit, fit_in_story
from kg.resolving.event_pages import Happening, shared_numbers
from kg.resolving.told import may_be_near, near

Days = tuple[str | None, str | None]
NAMES = (
    *("any", "one class", "narrow", "one in a story", "seldom", "alone", "alone here", "crowded", "first"),
    *(
        "thing",
        "other thing",
        "the one",
        "shared",
        "shared more",
        "owners",
        "contradicting",
        "other people",
        "unmatched",
        "matched",
    ),
    *("nobody", "described", "both say nobody", "one party"),
    *("one day", "compatible", "next day", "other day", "far", "undated", "bare year", "undated both", "outside"),
    *("one place", "within", "perhaps there", "elsewhere", "no place"),
    *("planned", "number", "other number", "fits", "other occasion", "planned elsewhere"),
)
"""The features, in the order in which they are fitted."""
_NEAR, _FAR = 1, 4  # days
_PARTIES = 2  # who meet, or call each other
_AGAINST = frozenset({"contradicting", "other thing", "elsewhere", "far", "planned"})
"""What nothing here can outweigh; what was planned and what was done, `differing` compares."""
_OTHER_DAYS = frozenset({"next day", "other day"})
_LONG = 62  # days of a time that says little more than the year


def likeness(
    one: Happening,
    own: Sequence[Happening],
    other: Happening,
    there: Sequence[Happening],
    published: Days,
    classes: Classes,
) -> float:
    """How probable it is that two accounts are of one event; `own` and `there` are all that their articles tell.

    0 where one class is not the other or above it, the offices differ, or days, people, places or plan and deed exclude
    each other.
    """
    found = features(one, own, other, there, published, classes)
    if not found or not _AGAINST.isdisjoint(found) or (_OTHER_DAYS & found.keys() and not _is_known(one, other, found)):
        return 0.0
    return probability(found, table()["weights"])


def _is_known(one: Happening, other: Happening, found: Mapping[str, float]) -> bool:
    """Whether accounts of two days are known to be of one event all the same.

    Neither article tells of another one of the class, and both name the one or the two to whom it seldom happens.
    """
    parties = is_of_two(one.account.type) and len(one.whole & other.whole) >= _PARTIES
    return "alone" in found and ("the one" in found or parties)


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


def features(
    one: Happening,
    own: Sequence[Happening],
    other: Happening,
    there: Sequence[Happening],
    published: Days,
    classes: Classes,
) -> dict[str, float]:
    """What speaks for and against, as numbers; empty where the classes or offices differ."""
    a, b = one.account, other.account
    if a.position != b.position or not classes.meet(a.type, b.type):
        return {}
    found = {"any": 1.0}
    found.update(dict.fromkeys(_of_class(one, own, other, there, classes), 1.0))
    found.update(dict.fromkeys(_of_things(a, b), 1.0))
    found.update(dict.fromkeys(_of_parts(one, other), 1.0))
    found.update(dict.fromkeys(_of_names(one, other), 1.0))
    found.update(dict.fromkeys(_of_time(a, b, published), 1.0))
    found.update(dict.fromkeys(_of_place(a, b), 1.0))
    numbers = shared_numbers(one, other)
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


def _of_class(
    a: Happening, own: Sequence[Happening], b: Happening, there: Sequence[Happening], classes: Classes
) -> Iterator[str]:
    one, other = a.account, b.account
    if one.type == other.type:
        yield "one class"
    if not (classes.is_wide(one.type) or classes.is_wide(other.type)):
        yield "narrow"
    if classes.is_one_in_a_story(one.type) or classes.is_one_in_a_story(other.type):
        yield "one in a story"
    if is_seldom(one.type):
        yield "seldom"
    alike = [
        [h for h in side if classes.meet(h.account.type, kind)] for side, kind in ((own, other.type), (there, one.type))
    ]
    sides = [len(found) for found in alike]
    if max(sides) == 1:
        yield "alone"
    elif min(sides) == 1:
        yield "alone here"
    elif max(sides) > 3:  # noqa: PLR2004
        yield "crowded"
    if all(one.start == min(h.start for h in found) for one, found in ((a, alike[0]), (b, alike[1]))):
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


def _of_time(one: Account, other: Account, published: Days) -> Iterator[str]:
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


def _is_long(*times: Time) -> bool:
    return all(_LONG < length(time.edtf) < inf for time in times)


def _is_past(time: Time | None, published: Days) -> bool:
    """Whether a time is a year, or more than a season, in which the articles are not known to have been written."""
    return time is not None and _is_long(time) and not (any(published) and _about(time, published))


def _about(time: Time, published: Days) -> bool:
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
