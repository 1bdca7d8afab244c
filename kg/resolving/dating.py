"""Infer when an undated article was published, from what it tells and from the passages that it shares with dated ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg import edtf
from kg.ledger import DateReason, InferredDate, Passage
from kg.model import Time

_FRESH = timedelta(days=7)
"""News is told within a week: so far behind an article's last day may one stand that prints the same passages."""
_MARGIN = timedelta(days=3)
"""Reprints follow each other within days, in either order."""
_YEAR, _HALF_YEAR = timedelta(days=365), timedelta(days=183)
MANY = 3
"""Fewer shared passages than these say nothing: a background paragraph alone is reprinted for months."""
_SHARE = 0.2  # of all passages of the article


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A day that the undated article tells of as past, in the words `own`.

    `known` is the day as other articles know it, in the words `witness`; `stated` the article's own form of it.
    """

    own: Passage
    stated: Time | None = None
    known: Time | None = None
    witness: Passage | None = None


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """A passage `own` of the undated article that stands, as `other`, in an article published on the day `published`."""

    own: Passage
    other: Passage
    published: str


def infer(document: str, passages: int, told: Sequence[Told], shared: Sequence[Shared]) -> InferredDate | None:
    """When the article was published, or None where no dated article shows it; `passages` is how many it has.

    It was not published before the last day that it tells of. A day without a year is the one nearest to the last day
    that is known: news leaves out the year of what is near. It was published within a few days of the dated articles
    that share many passages with it, if these follow its last day within a week; else within a year of a day whose year
    it leaves out. What it does not know yet is no evidence.

    Block: one undated article. Members: the events that it tells, as dated articles date them; the passages that it
    shares with dated articles.
    """
    lower = _last_known(told)
    if lower is None:
        return None
    lower = max((lower, *_own_days(told, date.fromisoformat(lower.day))), key=lambda reason: reason.day)
    last = date.fromisoformat(lower.day)
    near = _near(passages, shared, last)
    witnessed = any(one.witness and one.known for one in told)
    if not near and not witnessed:
        return None
    upper = _until(near, last) or _within_a_year(told, last)
    reasons = [lower, *upper]
    if lower.kind == "own day":  # the year of the day rests on what dated articles know
        reasons += [known for known in (_last_known(told),) if known]
    until = upper[0].day if upper else edtf.OPEN
    return InferredDate(document, f"{lower.day}/{until}", tuple(sorted(set(reasons))))


def _day(time: Time | None) -> date | None:
    """The day that a time is; None for what is longer, vaguer or without a year."""
    value = edtf.parse(time.edtf) if time and edtf.is_valid(time.edtf) else None
    if isinstance(value, edtf.Moment) and value.year and value.month and value.day and not value.approximate:
        return date(value.year, value.month, value.day)
    return None


def _last_known(told: Iterable[Told]) -> DateReason | None:
    """The last day that the article tells of and whose year is known, from other articles or from its own words."""
    found = []
    for one in told:
        if one.witness and (day := _day(one.known)):
            found.append(DateReason("from", day.isoformat(), "told event", one.witness))
        elif day := _day(one.stated):
            found.append(DateReason("from", day.isoformat(), "own day", one.own))
    return max(found, key=lambda reason: (reason.day, reason.kind, reason.passage), default=None)


def _own_days(told: Iterable[Told], known: date) -> list[DateReason]:
    """Days whose year the article leaves out and nobody knows: each in the year that brings it nearest to `known`."""
    found = []
    for one in told:
        if one.stated and one.stated.edtf.startswith("XXXX-") and not _day(one.known):
            years = (
                edtf.to_time(f"{known.year + more}{one.stated.edtf[4:]}")
                for more in (-1, 0, 1)
                if _exists(one, known.year + more)
            )
            days = [day for time in years if (day := _day(time)) and abs(day - known) <= _HALF_YEAR]
            found += [DateReason("from", day.isoformat(), "own day", one.own) for day in days]
    return found


def _exists(one: Told, year: int) -> bool:
    return one.stated is not None and edtf.is_valid(f"{year}{one.stated.edtf[4:]}")


def _near(passages: int, shared: Sequence[Shared], last: date) -> list[list[Shared]]:
    """What is shared with each article that shares much and stands near the last day told."""
    by_article: dict[str, list[Shared]] = {}
    for one in sorted(shared):
        by_article.setdefault(one.other.document, []).append(one)
    near = []
    for group in by_article.values():
        much = len({one.own for one in group}) >= max(MANY, _SHARE * passages)
        if much and last - _MARGIN <= date.fromisoformat(group[0].published) <= last + _FRESH:
            near.append(group)
    return near


def _until(near: Sequence[Sequence[Shared]], last: date) -> list[DateReason]:
    """A few days after the last of the near articles, and not before the last day told; with all shared passages."""
    if not near:
        return []
    day = max(last, *(date.fromisoformat(group[0].published) for group in near)) + _MARGIN
    return [DateReason("until", day.isoformat(), "copied passage", one.other) for group in near for one in group]


def _within_a_year(told: Iterable[Told], last: date) -> list[DateReason]:
    """A year after a day whose year the article leaves out: later it would be another day."""
    days = [
        (day, one.own)
        for one in told
        if one.stated and one.stated.edtf.startswith("XXXX-") and (day := _day(one.known)) and day + _YEAR > last
    ]
    if not days:
        return []
    day, own = min(days)
    return [DateReason("until", (day + _YEAR).isoformat(), "year left out", own)]
