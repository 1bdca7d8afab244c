"""Keep up when undated articles were published, and which years that gives to what they tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import reduce
from itertools import combinations

from kg import edtf
from kg.ledger import CopiedPassage, InferredDate, InferredYear, Passage
from kg.model import Claim, Event, Span, Time
from kg.resolving import dating, years
from kg.resolving.accounts import Days
from kg.resolving.copying import Copying, moved
from kg.resolving.passages import Article
from kg.resolving.resolved import Renewed, Resolved
from kg.resolving.stages import Changes, Stage, touched
from kg.resolving.told import Told
from kg.tables import Tables

_HAPPENED = frozenset({"asserted", "reported", "estimated", "confirmed"})
_HAPPENING = frozenset({"EventClaim", "SituationClaim"})
_SURE = 2
_FIRST, _LAST = "0001-01-01", "9999-12-31"


class Undated:
    """From what dated articles know to the days of undated ones, and the years of what only these tell."""

    def __init__(self, tables: Tables, resolved: Resolved, copying: Copying) -> None:
        self._resolved, self._copying = resolved, copying
        self.dates: Stage[InferredDate] = Stage(
            tables.table("inferred_date", InferredDate),
            lambda date: [f"shown in:{reason.passage.document}" for reason in date.reasons],
        )
        self.years: Stage[InferredYear] = Stage(tables.table("inferred_year", InferredYear), lambda _year: ())

    def days(self, document: str) -> Days | None:
        """When an article may have been published: on its day, or in the interval that was inferred."""
        if day := self._resolved.days.table.get(document):
            return day, day
        if inferred := self.dates.table.get(document):
            first, last = edtf.bounds(inferred.edtf)
            return (first or _FIRST)[:10], (last or _LAST)[:10]
        return None

    def date(
        self, renewed: Renewed, articles: Changes[Article], copied: Changes[CopiedPassage]
    ) -> Changes[InferredDate]:
        """Date anew the undated articles of which something changed."""
        whole = all(change.old is None for change in articles.values()) and not any(
            identity not in articles for identity, _ in self._copying.articles.table.items()
        )
        dirty = {*articles}
        if not whole:
            dirty.update(self._doubtful(renewed, copied))
        return self.dates.apply({document: self._date(document) for document in dirty})

    def _doubtful(self, renewed: Renewed, copied: Changes[CopiedPassage]) -> Iterator[str]:
        """The articles that share a passage or an event with one that came, went or has another day.

        Of an event they need to know its time and who dates it: an undated article that tells it too is nothing to them.
        """
        yield from renewed.days
        yield from (one.statement.document for one in touched(renewed.told))
        yield from self._sharing({*renewed.days, *(passage.document for passage in moved(copied))}, copied)
        events = {
            *renewed.parted,
            *(key for key, change in renewed.events.items() if _time(change.old) != _time(change.new)),
        }
        told = self._resolved.told.table
        for document in renewed.days:
            for identity, one in told.under(f"document:{document}").items():
                if one.kind in _HAPPENING and identity not in renewed.told:
                    events.add(self._resolved.event_of(one))
        for event in events:
            yield from (teller.statement.document for teller in self._tellers(event))
        yield from self._newly_witnessed(renewed, events)

    def _sharing(self, documents: Iterable[str], copied: Changes[CopiedPassage]) -> Iterator[str]:
        """`documents`, and the articles that share, or shared, so much with one of them that it may date them."""
        for document in documents:
            yield document
            before = [change.old for change in copied.values() if change.old and change.old.within(document)]
            now = self._copying.copied.table.under(f"document:{document}").values()
            shared = Counter(passage.document for one in {*before, *now} for passage in one.passages)
            yield from (other for other, count in shared.items() if count >= dating.MANY)

    def _newly_witnessed(self, renewed: Renewed, but: Container[str]) -> Iterator[str]:
        """The undated articles that tell an event of which a dated one now says, or said, first when it was."""
        came: dict[str, list[Told]] = {}
        went: dict[str, list[Told]] = {}
        for change in renewed.told.values():
            for one, found, is_dated in ((change.old, went, self._was_dated), (change.new, came, self._is_dated)):
                if one and one.kind in _HAPPENING and is_dated(one.statement.document, renewed):
                    for event in renewed.events_of(one):
                        if event not in but:
                            found.setdefault(event, []).append(one)
        for event in {*came, *went}:
            dated = list(self._dated(event))
            fresh = {one.statement.id for one in came.get(event, ())}
            before = [one for one in dated if one.statement.id not in fresh]
            before += [one for one in went.get(event, ()) if _is_witness(one)]
            undated = (t for t in self._tellers(event) if not self._is_dated(t.statement.document, renewed))
            yield from (one.statement.document for one in undated if _witness(one, before) != _witness(one, dated))

    def _tellers(self, event: str) -> Iterator[Told]:
        found = map(self._resolved.told.table.get, self._resolved.told_of(event))
        return (one for one in found if one)

    def _is_dated(self, document: str, _renewed: Renewed) -> bool:
        return self._resolved.days.table.get(document) is not None

    def _was_dated(self, document: str, renewed: Renewed) -> bool:
        change = renewed.days.get(document)
        return (change.old is not None) if change else self._resolved.days.table.get(document) is not None

    def _date(self, document: str) -> InferredDate | None:
        article = self._copying.articles.table.get(document)
        if article is None or self._resolved.days.table.get(document):
            return None
        told = self._events_told(document)
        return dating.infer(document, len(article.sentences), told, self._shared(document))

    def _shared(self, document: str) -> list[dating.Shared]:
        """What the article shares with dated ones."""
        found = []
        for copied in self._copying.copied.table.under(f"document:{document}").values():
            own = [passage for passage in copied.passages if passage.document == document]
            dated = [(p, day) for p in copied.passages if (day := self._resolved.days.table.get(p.document))]
            found += [dating.Shared(one, other, day) for one in own for other, day in dated]
        return found

    def _events_told(self, document: str) -> list[dating.Told]:
        """The days that the article tells of as past, and how dated articles know them."""
        own = self._resolved.told.table.under(f"document:{document}")
        found = []
        happened: dict[str, list[Told]] = {}
        for one in own.values():
            if (
                one.kind == "EventClaim" and one.statement.modality in _HAPPENED
            ):  # a treaty may come into force tomorrow
                happened.setdefault(self._resolved.event_of(one), []).append(one)
        for key, members in sorted(happened.items()):
            dated = list(self._dated(key))
            for one in members:
                known = _known(one, dated)
                witness = _witness(one, dated) if known else None
                words = passage_of(document, one.statement.evidence)
                found.append(dating.Told(words, one.statement.time, known, witness))
        said = [one.statement for one in own.values() if one.statement.said]
        return [*found, *(dating.Told(passage_of(document, one.evidence), one.said) for one in said)]

    def _dated(self, event: str) -> Iterator[Told]:
        """What dated articles tell of an event, with its time."""
        tellers = (one for one in self._tellers(event) if _is_witness(one))
        return (one for one in tellers if self._resolved.days.table.get(one.statement.document))

    def complete(self, events: Iterable[str], claims: Iterable[str]) -> Changes[InferredYear]:
        """Give years to what is told without: `events` and `claims` are those that may have other ones than before."""
        updates: dict[str, InferredYear | None] = {}
        for key in events:
            year = self._year_of_event(self._resolved.events.table.get(key))
            updates[f"event {key}"] = InferredYear("event", key, year) if year else None
        for key in claims:
            year = self._year_of_claim(self._resolved.claims.table.get(key))
            updates[f"claim {key}"] = InferredYear("claim", key, year) if year else None
        return self.years.apply(updates)

    def _year_of_event(self, event: Event | None) -> str | None:
        if event is None or not years.is_left_out(event.time):
            return None
        published = []
        for told in self._tellers(event.key):
            days = self.days(told.statement.document) if told.statement.modality in _HAPPENED else None
            if days is None:
                return None
            published.append(days)
        return years.complete(event.time, published)

    def _year_of_claim(self, claim: Claim | None) -> str | None:
        if claim is None or not years.is_left_out(claim.said):
            return None
        published = [days for document, _ in claim.evidence if (days := self.days(document))]
        return years.complete(claim.said, published) if len(published) == len(claim.evidence) else None


def passage_of(document: str, span: Span) -> Passage:
    """The words of a span, with their article."""
    return Passage(document, span.start, span.end, span.text)


def _time(event: Event | None) -> Time | None:
    return event.time if event else None


def _is_witness(told: Told) -> bool:
    return told.statement.time is not None and told.statement.modality in _HAPPENED


def _witness(own: Told, dated: Iterable[Told]) -> Passage | None:
    """The first of the words in dated articles that say when it was what `own` tells."""
    found = (passage_of(one.statement.document, one.statement.evidence) for one in dated if _surely_one(own, one))
    return min(found, default=None)


def _known(own: Told, dated: Iterable[Told]) -> Time | None:
    """When it was what `own` tells, as dated articles know it and `own` adds; None where they do not, or disagree."""
    known = {time for one in dated if _surely_one(own, one) and (time := one.statement.time)}
    times = sorted(known | ({own.statement.time} if own.statement.time else set()), key=lambda time: time.edtf)
    if not known or not all(edtf.compatible(a, b) for a, b in combinations(times, 2)):
        return None
    return reduce(edtf.more_precise, times)


def _surely_one(a: Told, b: Told) -> bool:
    """Whether two accounts of an event agree in its time, or, where one is undated, in two who take part.

    Undated accounts join an event on less, which is enough to tell it, but not to date an article by it.
    """
    first, second = a.statement.time, b.statement.time
    if first is None or second is None:
        return len(a.core & b.core) >= _SURE
    return edtf.compatible(first, second)
