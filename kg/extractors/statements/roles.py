"""Choose who plays which part in an event that is told: a trained choice over the references around."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors.statements.reading import Reference
from kg.extractors.statements.role_features import Spot, features
from kg.nlp.classifier import NONE, Classifier

_LIKELY = 0.35  # the part itself must be as probable as this


def candidates(spot: Spot) -> Iterator[tuple[Reference, list[str]]]:
    """The references that may take part in the event told at `spot`, with what the model sees of each."""
    clause = spot.clause
    for reference in clause.sentence.references():
        if reference.chains and not (reference.start < clause.end and clause.start < reference.end):
            yield reference, features(spot, reference)


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
