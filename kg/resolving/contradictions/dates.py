"""One event, or one occasion of which two events are told, with times which exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kg import edtf
from kg.ledger import Contradiction
from kg.model import Time, content_hash
from kg.resolving.accounts import Account, apart
from kg.resolving.beginnings import first_day
from kg.resolving.contradictions.occasions import Occasion, is_seldom, near

Dated = Sequence[tuple[str, Time]]
"""Times that are told, each with the article that says so."""


def by_event_pair(key: str, occasions: Sequence[Occasion]) -> Iterator[Contradiction]:
    """Pairs of events of one class and the same parties, or of one thing, that different articles date differently.

    What happens once to a thing contradicts itself at any distance; an article that tells both, one of them vaguely ("this
    week"), speaks against the others with the day that it names. Where the parties alone agree, two days beside each other
    are one occasion told twice, unless an article tells of both: calls come in series, and so do meetings.

    Block: one key of `occasions.block_keys` that begins with `once` or `near`. Members: the occasions that have it.
    """
    once = key.startswith("once ")
    for a, b in combinations(sorted(occasions, key=lambda o: o.event.key), 2):
        first, second = a.event.time, b.event.time
        if first is None or second is None or edtf.compatible(first, second):
            continue
        if a.event.position != b.event.position or not (once or near(first, second)):
            continue
        told = _told(a, b) if once else {o.event.key: o.happened for o in (a, b) if apart(a.happened, b.happened)}
        if len(told) == 2 and all(told.values()):  # noqa: PLR2004 - both
            sides = tuple(account.claim.key for one in _in_time(a, b) for account in told[one.event.key])
            found = content_hash("contradiction", "date", *sorted(told))
            days = tuple(one.event.time.edtf for one in _in_time(a, b) if one.event.time)
            yield Contradiction(found, "date", "event", _in_time(a, b)[0].event.key, sides, days)


def by_event(one: Occasion) -> Contradiction | None:
    """The claims that place one event at times which exclude each other, in articles of which none tells both.

    Of what goes on for days one article tells the first day and another the third: there only days that are both told as
    the first exclude each other.

    Block: one event. Members: the claims that assert it.
    """
    seldom = is_seldom(one.event.type)
    told = [[(account, *_days(account, seldom=seldom)) for account in side] for side in (one.happened, one.planned)]
    odd = {
        account.claim.key: account
        for side in told
        for (a, first, _), (b, second, _) in combinations(side, 2)
        if first and second and not edtf.compatible(first, second)
        if not any(
            _tells(document, first, second, [dated for *_, dated in side]) for document in a.documents | b.documents
        )
        for account in (a, b)
    }
    if not odd:
        return None
    sides = tuple(sorted(odd, key=lambda key: (_when(odd[key]), key)))
    days = tuple(dict.fromkeys(_when(odd[key]) for key in sides))
    return Contradiction(
        content_hash("contradiction", "date", one.event.key), "date", "event", one.event.key, sides, days
    )


def _days(account: Account, *, seldom: bool) -> tuple[Time | None, Dated]:
    """The time at which a claim places an event, and those of its articles; of what goes on, those of its first day."""
    if seldom:
        return account.claim.happened, account.dated
    begun = [(document, edtf.to_time(first_day(time))) for document, time in account.begun]
    return (begun[0][1] if begun else None), begun


def _tells(document: str, first: Time, second: Time, told: Sequence[Dated]) -> bool:
    """Whether an article places the event at either of two times: at one that fits the first alone, and at one that fits the second."""
    times = [time for dated in told for d, time in dated if d == document]
    alone = [(edtf.compatible(time, first), edtf.compatible(time, second)) for time in times]
    return (True, False) in alone and (False, True) in alone


def _when(account: Account) -> str:
    return account.claim.happened.edtf if account.claim.happened else ""


def _told(a: Occasion, b: Occasion) -> dict[str, tuple[Account, ...]]:
    """The claims of each of two events on different days, less those of articles that tell the other as well.

    Where one event is told by such articles only, its claims stay, beside those of other articles.
    """
    documents = {one.event.key: {d for account in one.happened for d in account.documents} for one in (a, b)}
    own = {
        one.event.key: tuple(x for x in one.happened if x.documents - documents[other.event.key])
        for one, other in ((a, b), (b, a))
    }
    if not any(own.values()):
        return {}
    return {one.event.key: own[one.event.key] or one.happened for one in (a, b)}


def _in_time(a: Occasion, b: Occasion) -> list[Occasion]:
    return sorted((a, b), key=lambda o: (o.event.time.edtf if o.event.time else "", o.event.key))
