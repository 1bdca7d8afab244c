"""Keep up which accounts of two articles of one story are of one event, so that only a pair of which one is new is weighed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from kg.resolving.differing import tell_otherwise
from kg.resolving.event_accounts import Classes, rank
from kg.resolving.event_matching import matches
from kg.resolving.event_pages import Page, happenings
from kg.resolving.stages import Changes, Stage
from kg.resolving.stories import Stories
from kg.resolving.told import Told
from kg.tables import Tables


@dataclass(frozen=True, slots=True)
class Pairing:
    """What two articles of one story tell of the same events, in accounts by their keys.

    `same` are two accounts of one event, and how probable that is; `otherwise` two that tell an event differently, of which
    the second ranks before the first.
    """

    first: str
    second: str
    same: tuple[tuple[str, str, float], ...]
    otherwise: tuple[tuple[str, str], ...]

    @property
    def accounts(self) -> frozenset[str]:
        """All accounts that it pairs."""
        pairs = ((one, other) for one, other, _ in self.same)
        return frozenset(key for pair in (*pairs, *self.otherwise) for key in pair)

    def companions(self, account: str) -> Iterator[tuple[str, float]]:
        """The accounts of both articles that are of one event with this one, and how probably.

        To one of the same article two matches lead, of which the less probable counts.
        """
        for same in (self.same, [(other, one, probability) for one, other, probability in self.same]):
            theirs = {other: probability for one, other, probability in same if one == account}
            yield from theirs.items()
            yield from ((one, min(p, theirs[other])) for one, other, p in same if one != account and other in theirs)


class Pairings:
    """From what articles tell, and which of them tell one story, to their pairs, kept up as articles come and go.

    A pair depends on the two articles alone: on what they tell and on the days on which they were published.
    """

    def __init__(
        self, tables: Tables, stories: Stories, classes: Classes, told_in: Callable[[str], Iterable[Told]]
    ) -> None:
        self._stories, self._classes, self._told_in = stories, classes, told_in
        self._pairings: Stage[Pairing] = Stage(tables.table("pairing", Pairing), _keys)

    def naming(self, account: str) -> Collection[Pairing]:
        """The pairs of articles that pair an account with others."""
        return self._pairings.table.under(f"account:{account}").values()

    def update(self, renewed: Collection[str], restoried: Collection[str]) -> Changes[Pairing]:
        """Pair anew.

        `renewed` are the articles that came, went, tell something else than before or were published on another day,
        `restoried` those that may tell another story.
        """
        pages: dict[str, Page] = {}
        updates: dict[str, Pairing | None] = {}
        for document in sorted({*renewed, *restoried}):
            known = self._pairings.table.under(f"document:{document}")
            pairs = [sorted((document, other)) for other in self._stories.beside(document)]
            now = {f"{first}\t{second}": (first, second) for first, second in pairs}
            updates.update(dict.fromkeys(known.keys() - now.keys()))
            for identity, (first, second) in now.items():
                if identity not in updates and (document in renewed or identity not in known):
                    updates[identity] = self._pair(first, second, pages)
        return self._pairings.apply(updates)

    def _pair(self, first: str, second: str, pages: dict[str, Page]) -> Pairing:
        own, there = (self._page(document, pages) for document in (first, second))
        same = tuple((m.first.key, m.second.key, m.probability) for m in matches(own, there, self._classes))
        return Pairing(first, second, same, tuple(_otherwise(own, there, self._classes)))

    def _page(self, document: str, pages: dict[str, Page]) -> Page:
        if document not in pages:
            told = happenings(self._told_in(document))
            pages[document] = Page(told, self._stories.published(document))
        return pages[document]


def _otherwise(own: Page, there: Page, classes: Classes) -> Iterator[tuple[str, str]]:
    """The accounts of which an event is told differently, by their keys: of both, the one that ranks later first.

    What an article merely denies, or both articles tell, is told differently by nobody.
    """
    published = (own.published, there.published)
    sides = [{h.key: h.account for h in page.happenings if not h.denied} for page in (own, there)]
    told = [list(side.values()) for side in sides]
    for (key, one), (other_key, other) in product(sides[0].items(), sides[1].items()):
        if key in sides[1] or other_key in sides[0]:
            continue
        if rank(other) < rank(one):
            if tell_otherwise(one, told[0], other, told[1], published, classes):
                yield key, other_key
        elif tell_otherwise(other, told[1], one, told[0], published, classes):
            yield other_key, key


def _keys(pairing: Pairing) -> Iterator[str]:
    yield from (f"document:{document}" for document in (pairing.first, pairing.second))
    yield from (f"account:{key}" for key in sorted(pairing.accounts))
