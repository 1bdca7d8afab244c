"""Keep up the claims ledger: what was copied, when undated articles appeared, and which claims contradict each other.

Each record is made of one block of others by a function that knows nothing else. What a block reads is found from both
ends: by the block when it is worked out, and here, by what changed, when the block may have to be worked out anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.ledger import Contradiction, CopiedPassage, InferredDate, InferredYear
from kg.model import Extraction
from kg.resolving.copying import Copying
from kg.resolving.disputes import Disputes
from kg.resolving.doubts import Doubts
from kg.resolving.resolved import Renewed, Resolved
from kg.resolving.silences import Silences
from kg.resolving.stages import Changes
from kg.resolving.undated import Undated
from kg.resolving.weighing import Weighing
from kg.resolving.wholes import Wholes
from kg.tables import Tables


@dataclass(frozen=True, slots=True)
class Entries:
    """What an update changed in the ledger: copied passages and contradictions by key, dates by article, years by what has them."""

    copies: Changes[CopiedPassage]
    contradictions: Changes[Contradiction]
    dates: Changes[InferredDate]
    years: Changes[InferredYear]


class Ledger:
    """The ledger of all that is resolved."""

    def __init__(self, tables: Tables, resolved: Resolved) -> None:
        self._resolved = resolved
        self._wholes = Wholes(tables, resolved.entities)
        self.copying = Copying(tables, resolved.days)
        self.undated = Undated(tables, resolved, self.copying)
        self.silences = Silences(tables, resolved, self.copying.articles.table)
        self.disputes = Disputes(tables, resolved, self.copying.copied.table, self.silences)

    def update(self, added: Sequence[Extraction], removed: Sequence[Extraction], renewed: Renewed) -> Entries:
        """Take in what an update of the resolution changed."""
        articles, copied = self.copying.update(added, removed, renewed.days)
        dates = self.undated.date(renewed, articles, copied)
        doubts = Doubts.of(self._resolved, renewed, {*renewed.days, *dates}, copied, self._wholes)
        weighing = Weighing(self._resolved, self.undated.days, self.copying.of, self._wholes.parts)
        parties = self.silences.update(doubts.documents(self.silences) | set(articles), weighing)
        doubtful = doubts.doubtful(self.silences, weighing)
        doubtful.parties.update(parties)
        doubtful.copied.update(copied)
        return Entries(
            copied,
            self.disputes.update(doubtful, weighing),
            dates,
            self.undated.complete(doubts.events(), doubts.claims),
        )
