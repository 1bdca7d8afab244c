"""Keep up when undated articles were published, and which years that gives to what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import edtf
from kg.ledger import CopiedPassage, InferredDate, InferredYear, Passage
from kg.model import Claim, Event, Span, Time
from kg.resolving import dating, years
from kg.resolving.accounts import Days
from kg.resolving.copying import Copying
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
        passages = [*touched(copied)]
        for document in renewed.days:
            passages += self._copying.copied.table.under(f"document:{document}").values()
        yield from (passage.document for one in passages for passage in one.passages)
        events = {
            *renewed.parted,
            *(key for key, change in renewed.events.items() if _time(change.old) != _time(change.new)),
        }
        for one in touched(renewed.told):
            if one.kind in _HAPPENING and self._is_dated(one, renewed):
                events.update(renewed.events_of(one))
        told = self._resolved.told.table
        for document in renewed.days:
            happened = (one for one in told.under(f"document:{document}").values() if one.kind in _HAPPENING)
            events.update(self._resolved.event_of(one) for one in happened)
        for event in events:
            yield from (teller.statement.document for i in self._resolved.told_of(event) if (teller := told.get(i)))

    def _is_dated(self, told: Told, renewed: Renewed) -> bool:
        document = told.statement.document
        return document in renewed.days or self._resolved.days.table.get(document) is not None

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
            if one.kind in _HAPPENING and one.statement.modality in _HAPPENED:
                happened.setdefault(self._resolved.event_of(one), []).append(one)
        for key, members in sorted(happened.items()):
            dated = list(self._dated(key))
            for one in members:
                witnesses = (
                    passage_of(t.statement.document, t.statement.evidence) for t in dated if _surely_one(one, t)
                )
                witness = min(witnesses, default=None)
                event = self._resolved.events.table.get(key) if witness else None
                words = passage_of(document, one.statement.evidence)
                found.append(dating.Told(words, one.statement.time, event.time if event else None, witness))
        said = [one.statement for one in own.values() if one.statement.said]
        return [*found, *(dating.Told(passage_of(document, one.evidence), one.said) for one in said)]

    def _dated(self, event: str) -> Iterator[Told]:
        """What dated articles tell of an event, with its time."""
        for identity in self._resolved.told_of(event):
            one = self._resolved.told.table.get(identity)
            happened = one is not None and one.statement.time and one.statement.modality in _HAPPENED
            if one and happened and self._resolved.days.table.get(one.statement.document):
                yield one

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
        for identity in self._resolved.told_of(event.key):
            told = self._resolved.told.table.get(identity)
            days = self.days(told.statement.document) if told and told.statement.modality in _HAPPENED else None
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


def _surely_one(a: Told, b: Told) -> bool:
    """Whether two accounts of an event agree in its time, or, where one is undated, in two who take part.

    Undated accounts join an event on less, which is enough to tell it, but not to date an article by it.
    """
    return bool(a.statement.time) or len(a.core & b.core) >= _SURE
