"""Choose who plays which part in an event that a trained model found: a trained choice over the references around."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extractors.statements.clause import Clause
from kg.extractors.statements.reading import Item, Reference
from kg.nlp import stems
from kg.nlp.classifier import NONE, Classifier

_LIKELY = 0.35  # the part itself must be as probable as this
_FAR = 9  # items: farther counts as far
_GOVERNING = 3  # items before a reference among which its preposition is looked for


def candidates(clause: Clause) -> Iterator[Reference]:
    """The references of the sentence that may take part in the event told by the clause's trigger."""
    for reference in clause.sentence.references():
        if reference.chains and not (reference.start < clause.end and clause.start < reference.end):
            yield reference


@dataclass(frozen=True)
class Spot:
    """A trigger in its clause, for an event of class `term`; `others` are the tokens at which other events begin, sorted."""

    term: str
    clause: Clause
    others: Sequence[int]

    @cached_property
    def seats(self) -> tuple[tuple[str, frozenset[int]], ...]:
        """Where the references in each place of the clause begin."""
        return tuple((seat, frozenset(r.start for r in who)) for seat, who in self.clause.seats().items())

    @cached_property
    def voice(self) -> str:
        """Active, passive or a noun."""
        return self.clause.manner()

    @cached_property
    def trigger(self) -> str:
        """The stems of the trigger's words."""
        reading = self.clause.reading
        words = reading.words[self.clause.start : self.clause.end]
        return stems.load(reading.document.language).phrase(words).replace(" ", "_")


def features(spot: Spot, reference: Reference) -> list[str]:
    """What the model sees of a reference beside a trigger."""
    term, clause, others = spot.term, spot.clause, spot.others
    behind = reference.start >= clause.end
    side = "after" if behind else "before"
    between = _between(clause, reference)
    passed = sum(1 for item in between if item.reference)
    first, last = (clause.end, reference.start) if behind else (reference.end, clause.start)
    crossed = max(bisect_left(others, last) - bisect_left(others, first), 0)
    kind = reference.type if reference.type != "group" else f"group:{reference.category}"
    governor = _governor(clause, reference)
    distance = min(len(between), _FAR)
    voice, trigger = spot.voice, spot.trigger
    same = [i.reference for i in between if i.reference and i.reference.type == reference.type]
    where = f"{side}{distance}"
    place = "|".join([side, *(f"{seat}{int(reference.start in starts)}" for seat, starts in spot.seats)])
    quoted = clause.sentence.quoted(clause.start) != clause.sentence.quoted(reference.start)
    seen = [
        f"k={kind}",
        f"d={where}",
        f"g={side}|{governor}",
        f"p={place}|v{voice}",
        f"p={place}|v{voice}|k={kind}",
        f"n={passed}|{side}",
        f"x={crossed}|{side}",
        f"f={reference.form}",
        f"first={int(not same)}|{side}",
        f"gk={governor}|{kind}|{side}",
        f"q={quoted}",
    ]
    by_class = [
        "",
        f"k={kind}",
        f"g={side}|{governor}",
        f"g={side}|{governor}|k={reference.type}",
        f"p={place}|v{voice}",
        f"p={place}|v{voice}|k={reference.type}",
        f"p={place}|v{voice}|k={reference.type}|n={min(passed, 2)}",
        f"d={where}|k={reference.type}",
        f"n={passed}|{side}|k={reference.type}",
        f"x={crossed}|{side}|k={reference.type}",
        f"first={int(not same)}|{side}|k={reference.type}",
    ]
    seen += [f"{term}:{feature}" for feature in by_class]
    if way := clause.way(between):
        seen += [f"w={side}|{way}", f"w={side}|{way}|k={kind}", f"{term}:w={side}|{way}|k={reference.type}"]
        seen += [f"w={side}|{way}|v{voice}|k={reference.type}"]
    seen += [f"t={trigger}|{place}|v{voice}|k={reference.type}", f"t={trigger}|g={side}|{governor}"]
    return seen


def _between(clause: Clause, reference: Reference) -> list[Item]:
    """The items between the trigger and a reference, in the order of the text."""
    if reference.start >= clause.end:
        return [item for item in clause.after if item.end <= reference.start]
    return [item for item in reversed(clause.before) if item.start >= reference.end]


def _governor(clause: Clause, reference: Reference) -> str:
    """The nearest word before a reference, classifiers left out: its preposition where it has one."""
    items = clause.sentence.until(reference.start)[-_GOVERNING:]
    for item in reversed(items):
        if item.start < clause.end and clause.start < item.end:
            return "TRIGGER"
        if item.kind != "word":
            return item.kind
        if not item.kinds & {"place_words", "determiners", "modifier"}:
            return clause.word(item)
    return "-"


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
        for reference in candidates(spot.clause):
            label, chance = self._model.decide(features(spot, reference), bar=self._bar)
            if label != NONE and chance >= _LIKELY:
                yield label, reference
