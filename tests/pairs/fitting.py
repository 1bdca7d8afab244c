"""Fit what the features of events in two articles of one story count for, to the pairs for development.

The weights maximize the likelihood of which accounts are of one event, less a penalty for leaving what was thought right
before any pair was read: `expected.toml`. So few pairs cannot carry a feature to absurdity,
and what was thought to speak against never comes to speak for. Pairs are easier to weights that
were fitted to them: what `left_out` gives was fitted to the other pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg import lexicon
from kg.model import Extraction
from kg.resolving import Resolver, event_likeness
from kg.resolving.event_accounts import account
from kg.resolving.event_likeness import Side
from kg.resolving.event_pages import Happening, Page, happenings
from tests.pairs.measuring import tells
from tests.pairs.reading import LANGUAGES, Pair

EXPECTED = Path(__file__).with_name("expected.toml")
_PENALTY = 1.0
_STEPS = 400
_FOLDS = 8

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """Two accounts of a pair of articles that may be of one event: what speaks for and against it, and whether they are."""

    pair: str
    features: Mapping[str, float]
    same: bool


def examples(pairs: Sequence[Pair], extractions: Sequence[Extraction]) -> list[Example]:
    """The accounts of one class in both articles of each pair, as far as the annotation says whether they are of one event.

    It does where each tells an annotated event, or one of them an event that the other article does not tell.
    """
    read = {extraction.document.source: extraction for extraction in extractions}
    return [example for pair in pairs for example in _examples(pair, [read[pair.source(code)] for code in LANGUAGES])]


def _examples(pair: Pair, read: Sequence[Extraction]) -> Iterator[Example]:
    resolver = Resolver()
    resolver.update(read)
    told = [resolver.told.table.under(f"document:{extraction.document.id}") for extraction in read]
    own, there = (
        Page(happenings(found.values()), resolver.days.table.get(one.document.id))
        for one, found in zip(read, told, strict=True)
    )
    events = _events(pair)
    listed = {events[fact] for both in pair.expected["same_events"] for fact in both}
    known = {
        account(told[at][statement.id]).key: set[str]() for at, one in enumerate(read) for statement in one.statements
    }
    for at, (code, one) in enumerate(zip(LANGUAGES, read, strict=True)):
        for fact, (language, annotated) in pair.facts().items():
            if language == code and annotated["type"] != "QuantityClaim":
                for statement in one.statements:
                    if tells(annotated, statement):
                        known[account(told[at][statement.id]).key].add(events[fact])
    for mine in own.happenings:
        for theirs in there.happenings:
            found = event_likeness.features(Side(mine, own), Side(theirs, there), resolver.classes)
            same = _same(mine, theirs, known, listed)
            if found and same is not None:
                yield Example(pair.name, found, same)


def _events(pair: Pair) -> dict[str, str]:
    """The event of each annotated fact, by the first fact that tells it."""
    events = {fact: fact for fact in pair.facts()}
    for first, second in pair.expected["same_events"]:
        one, other = sorted((events[first], events[second]))
        events = {fact: one if event == other else event for fact, event in events.items()}
    return events


def _same(
    one: Happening, other: Happening, known: Mapping[str, Collection[str]], listed: Collection[str]
) -> bool | None:
    first, second = (set(known[h.key]) for h in (one, other))
    if first and second:
        return bool(first & second)
    alone = (first and not first & set(listed)) or (second and not second & set(listed))
    return False if alone else None


def fit(found: Sequence[Example]) -> dict[str, float]:
    """The best weights for the examples."""
    expected = lexicon.read_toml(EXPECTED)["weights"]
    names = list(expected)
    prior = np.array([float(expected[name]) for name in names])
    measured = np.array([[example.features.get(name, 0.0) for name in names] for example in found])
    right = np.array([float(example.same) for example in found])
    bent = measured.T @ measured / 4 + _PENALTY * np.eye(len(names))  # the curve bends nowhere more than this
    weights = prior.copy()
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-measured @ weights))
        weights = weights - np.linalg.solve(bent, measured.T @ (sure - right) + _PENALTY * (weights - prior))
        weights = np.where(weights * prior < 0, 0.0, weights)
    return dict(zip(names, np.round(weights, 2).tolist(), strict=True))


def left_out(found: Sequence[Example], least: float) -> tuple[float, float]:
    """Precision and recall of accounts that weights fitted to other pairs hold to be of one event."""
    names = sorted({example.pair for example in found})
    counts = np.zeros(3)
    for fold in range(_FOLDS):
        aside = set(names[fold::_FOLDS])
        weights = fit([example for example in found if example.pair not in aside])
        for example in (example for example in found if example.pair in aside):
            held = event_likeness.probability(example.features, weights) >= least
            counts += (held and example.same, held, example.same)
    return counts[0] / counts[1], counts[0] / counts[2]
