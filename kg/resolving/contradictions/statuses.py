"""What came of one thing at one time, told so that both cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from kg import edtf
from kg.ledger import AboutKind, Contradiction
from kg.model import content_hash
from kg.resolving.accounts import Account, PartOf, apart, before, same_party
from kg.resolving.contradictions.occasions import Occasion, table

_SOON = 3  # days


def by_thing(key: str, occasions: Sequence[Occasion]) -> Iterator[Contradiction]:
    """Pairs of events of classes that exclude each other for one thing at one time: opened, and ground broken.

    Block: one key of `occasions.block_keys` that begins with `excluding`. Members: the occasions that have it.
    """
    row = next(row for row in table()["excluding"] if key.startswith(f"excluding {' '.join(row['classes'])} "))
    first, second = ([o for o in occasions if o.event.type == kind and o.happened] for kind in row["classes"])
    for a in sorted(first, key=lambda o: o.event.key):
        for b in sorted(second, key=lambda o: o.event.key):
            excluded = _still_on_the_way if row.get("stage") else _in_course if row["course"] else _one_time
            if excluded(a, b):
                yield _found("entity", key.rpartition(" ")[2], a, b)


def by_plan(occasions: Sequence[Occasion]) -> Iterator[Contradiction]:
    """Pairs of one occasion that happened, and that an article still calls planned when its day is over.

    A plan, told before, and how it went, told afterwards, agree.

    Block: one key of `occasions.block_keys` that begins with `once` or `near`. Members: the occasions that have it.
    """
    for a, b in combinations(sorted(occasions, key=lambda o: o.event.key), 2):
        for done, plan in ((a, b), (b, a)):
            happened, due = done.event.time, plan.event.time
            if not (done.happened and happened and happened.latest and due and edtf.compatible(happened, due)):
                continue
            late = [a for a in plan.planned if a.first and a.first[0] > happened.latest[:10]]
            if late and apart(done.happened, late):
                yield _found("event", done.event.key, done, replace(plan, accounts=tuple(late)))


def by_event(one: Occasion, parts: PartOf) -> Contradiction | None:
    """An event that one party says happened, or an article tells as a fact, and that others deny or call planned.

    Deny it must a party that has a part in it, or whoever says, when its day is over, that it has not happened yet; of what
    is told without a day, an article that says so itself no earlier than others tell it as done. What courts and voters turn down
    is denied by nobody but an article that says it has not happened. An article must still call it planned when its day is
    over, or later than another told it as done.

    Block: one event. Members: the claims that assert it.
    """
    turned_down = one.event.type in table()["denied"]["not"]
    parties = {whole for _, keys in one.event.roles for key in keys for whole in parts(key)}
    against = [
        (told, denial)
        for denial in one.denied
        for told in one.happened
        if not (turned_down and denial.sources)
        if _is_over(told, denial) or _is_no_earlier(told, denial) or any(s & parties for s in denial.sources)
        if (not same_party(denial, told) if told.sources else apart([told], [denial]))
    ]
    against += [(told, plan) for plan in one.planned for told in one.happened if _is_late(told, plan)]
    if not against:
        return None
    sides = tuple(sorted({account.claim.key for pair in against for account in pair}))
    how = tuple(sorted({account.claim.modality for _, account in against}))
    found = content_hash("contradiction", "status", one.event.key, "denied")
    return Contradiction(found, "status", "event", one.event.key, sides, (one.event.type, *how))


def _is_late(told: Account, plan: Account) -> bool:
    return apart([told], [plan]) and _is_over(told, plan)


def _is_over(done: Account, later: Account) -> bool:
    """Whether what is told as done was over, or had been told, when the article of `later` appeared."""
    happened = done.claim.happened
    if happened and happened.latest:
        return later.first is not None and later.first[0] > happened.latest[:10]
    return before(done.first, later.first)


def _is_no_earlier(done: Account, denial: Account) -> bool:
    """Whether an article itself denies what is told as done, of no day, on the day on which it is told, or later."""
    if denial.sources or done.claim.happened or not done.first or not denial.first:
        return False
    return apart([done], [denial]) and not before(denial.first, done.first)


def _one_time(a: Occasion, b: Occasion) -> bool:
    """Whether both are of one time, or, where one has none, one article tells that one person was at both."""
    if a.event.time and b.event.time:
        return edtf.compatible(a.event.time, b.event.time)
    return bool(a.people & b.people) and not apart(a.happened, b.happened)


def _still_on_the_way(first: Occasion, second: Occasion) -> bool:
    """Whether an article tells, without a time, of the first alone, when another has told the second shortly before."""
    if first.event.time or not apart(first.happened, second.happened):
        return False
    told = [(a.first, b.first) for a in first.happened for b in second.happened]
    days = [(date.fromisoformat(a[0]) - date.fromisoformat(b[1])).days for a, b in told if a and b and not before(a, b)]
    return bool(days) and min(days) <= _SOON


def _in_course(first: Occasion, second: Occasion) -> bool:
    """Whether the second did not simply follow the first: both on one day, or the first still told afterwards."""
    if not apart(first.happened, second.happened) or second.event.time is None:
        return False
    if first.event.time:
        return edtf.days_between(first.event.time, second.event.time) == 0
    over = (second.event.time.latest or "9999")[:10]
    return all(account.first and account.first[0] > over for account in first.happened)


def _found(kind: AboutKind, about: str, a: Occasion, b: Occasion) -> Contradiction:
    key = content_hash("contradiction", "status", about, a.event.key, b.event.key)
    sides = tuple(account.claim.key for one in (a, b) for account in one.happened or one.planned)
    return Contradiction(key, "status", kind, about, sides, (a.event.type, b.event.type))
