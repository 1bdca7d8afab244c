"""Choose who plays which part in an event that is told: a trained choice over the references around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg.extractors.statements.reading import Item, Reference
from kg.extractors.statements.role_features import Spot, features
from kg.nlp.classifier import NONE, Classifier

_LIKELY = 0.35  # the part itself must be as probable as this
_WITHIN = 16  # references on each side of a trigger; in the corpus nobody farther than the ninth takes part


def candidates(spot: Spot) -> Iterator[tuple[Reference, list[str]]]:
    """The references that may take part in the event told at `spot`, with what the model sees of each.

    Those are the nearest on both sides, in the order of the text: a list without end is no list of those who take part.
    """
    ahead = islice(_referring(spot.clause.before), _WITHIN)
    behind = islice(_referring(spot.clause.after), _WITHIN)
    for reference in (*reversed(tuple(ahead)), *behind):
        yield reference, features(spot, reference)


def _referring(items: Iterable[Item]) -> Iterator[Reference]:
    return (item.reference for item in items if item.reference and item.reference.chains)


class RoleFinder:
    """Fills the roles of events by a trained model: a reference takes part unless it is surer than `bar` that it does not.

    An event in which nobody takes part is believed from the probability `alone` on.
    """

    def __init__(self, model: Classifier, *, bar: float, alone: float) -> None:
        self._model = model
        self._bar = bar
        self.alone = alone

    def find(self, spot: Spot) -> Iterator[tuple[str, Reference]]:
        """Property and reference for each part that somebody of the sentence plays."""
        for reference, seen in candidates(spot):
            label, chance = self._model.decide(seen, bar=self._bar)
            if label != NONE and chance >= _LIKELY:
                yield label, reference
