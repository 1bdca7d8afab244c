"""Tell which accounts in articles of one story tell one event differently: on another day, or as a plan and as done."""

from __future__ import annotations

from collections.abc import Sequence

from kg import edtf, gazetteer
from kg.resolving.contradictions.occasions import is_of_two, is_seldom
from kg.resolving.contradictions.occasions import near as beside
from kg.resolving.event_accounts import Account, Classes, clash, fit, fit_in_story
from kg.resolving.told import may_be_near, near

_WEEK = 7  # days
_PARTIES = 2  # who meet, or call each other


def tell_otherwise(
    one: Account,
    own: Sequence[Account],
    other: Account,
    there: Sequence[Account],
    published: tuple[str | None, str | None],
    classes: Classes,
) -> bool:
    """Whether two articles of one story tell one event differently by the accounts `one` and `other`.

    `own` is what the article of `one` tells, `there` what that of the other does, published on these days. Whoever tells
    two events that may be meant knows of two: of a call on Monday and of one on Tuesday, of the swap that was and of the
    next that is planned. Where what it happened to is named, only that is meant.
    """
    known = set(one.things) & set(other.things)

    def is_meant(a: Account, b: Account) -> bool:
        if known and not set(a.things) & set(b.things):
            return False
        return _differ(a, b, classes) or fit_in_story(a, b, published, classes)

    if not _differ(one, other, classes):
        return False
    return all(_agree(x, other, classes) for x in there if is_meant(one, x)) and all(
        _agree(x, one, classes) for x in own if is_meant(x, other)
    )


def _differ(one: Account, other: Account, classes: Classes) -> bool:
    return on_other_days(one, other, classes) or as_planned(one, other, classes)


def _agree(one: Account, other: Account, classes: Classes) -> bool:
    """Whether two accounts of one article tell the same event."""
    return one == other or fit_in_story(one, other, (None, None), classes)


def may_be_one(one: Account, other: Account, classes: Classes) -> bool:
    """Whether two accounts which a third may tell otherwise are of one event: they fit, or tell it on two days."""
    return fit(one, other) or on_other_days(one, other, classes)


def on_other_days(one: Account, other: Account, classes: Classes) -> bool:
    """Whether two accounts may tell one event on two days beside each other, one of which must be wrong.

    It must be of what seldom happens twice in two days, or of what a story has one of, and the accounts must share what
    shows that it is the same: the treaty that is signed; all whom the shorter one names, of those who meet both, or one
    and the place; where one names nobody, a place smaller than a country.
    """
    if one.planned != other.planned or one.time is None or other.time is None:
        return False
    if not _comparable(one, other, classes) or not beside(one.time, other.time):
        return False
    if set(one.things) & set(other.things):
        return True
    first, second = one.named, other.named
    if not (first <= second or second <= first):
        return False
    if not first & second:
        return not (first and second) and (_at_one_place(one, other) or _is_the_one(one, other, classes))
    return len(first & second) + _at_one_place(one, other) >= (_PARTIES if is_of_two(one.type) else 1)


def as_planned(one: Account, other: Account, classes: Classes) -> bool:
    """Whether one account may tell as planned, for whatever day, what the other tells as done.

    They share a thing, a participant or a place smaller than a country, or one of them names nobody and the class is a
    narrow one; where that is known by two parties, as a signing is, both must say when, not more than a week apart. That two of one meeting name others who were there is no matter only where one names all of the other's.
    """
    if one.planned == other.planned or not _comparable(one, other, classes) or clash(one, other, near):
        return False
    if set(one.things) & set(other.things):
        return True
    first, second = one.named, other.named
    if not (first <= second or second <= first):
        return False
    narrow = not classes.is_wide(one.type) and (not is_of_two(one.type) or _in_one_week(one, other))
    return bool(first and second) or _at_one_place(one, other) or narrow


def _in_one_week(one: Account, other: Account) -> bool:
    days = edtf.days_between(one.time, other.time) if one.time and other.time else None
    return days is not None and days <= _WEEK


def _comparable(one: Account, other: Account, classes: Classes) -> bool:
    if one.position != other.position or not classes.meet(one.type, other.type):
        return False
    if not all(is_seldom(kind) or classes.is_one_in_a_story(kind) for kind in (one.type, other.type)):
        return False
    return not clash(one, other, may_be_near)


def _is_the_one(one: Account, other: Account, classes: Classes) -> bool:
    """Whether a story has one event of the class, and both say that it was there, more or less closely."""
    around = dict((*one.around, *other.around))
    return classes.is_one_in_a_story(one.type) and near(one.places, other.places, around)


def _at_one_place(one: Account, other: Account) -> bool:
    """Whether both are told of one place that is no country."""
    return any(not _is_state(place) for place in set(one.places) & set(other.places))


def _is_state(place: str) -> bool:
    entry = gazetteer.find(place)
    return entry is not None and entry.subtype == "State"
