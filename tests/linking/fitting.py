"""Fit the weights of linking to the annotated names that are for tuning.

The weights maximize the likelihood of the right answers, NIL among them, less a penalty for leaving what was thought right
before any name was seen: `expected.toml`. So few names cannot carry a feature to absurdity. Names are easier to those who
fitted to them: theme by theme the weights are fitted to the other themes, and the one temperature by which the answers
to the left out themes are as sure as they are right divides the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg import lexicon
from kg.linking import features
from kg.linking.deciding import Weighed

EXPECTED = Path(__file__).with_name("expected.toml")
_PENALTY = 1.0
_STEPS, _RATE = 3000, 0.02
_FORGET, _FORGET_SQUARE, _LITTLE = 0.9, 0.999, 1e-8
_TEMPERATURES = np.arange(1.0, 2.01, 0.05)
_FOLDS = 5
_LEAST = 1e-12

Floats = NDArray[np.float64]
Example = tuple[str, str, Sequence[Weighed]]
"""A theme, the right answer there, an item or NIL, and the options."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights, the temperature that is in them already, and how sure and how right the answers to left out themes were."""

    weights: dict[str, float]
    temperature: float
    accuracy: float
    error: float


@dataclass(frozen=True, slots=True)
class _Table:
    """Examples as numbers: features of each option, which options there are, and which is right, -1 for none of them."""

    measured: Floats
    there: NDArray[np.bool_]
    right: NDArray[np.int_]

    def some(self, kept: NDArray[np.bool_]) -> _Table:
        return _Table(self.measured[kept], self.there[kept], self.right[kept])

    def shares(self, weights: Floats) -> tuple[Floats, Floats]:
        """The probability of each option, and that of none."""
        sums = np.where(self.there, self.measured @ weights, -np.inf)
        top = np.maximum(0.0, sums.max(axis=1))
        parts = np.exp(sums - top[:, None])
        total = parts.sum(axis=1) + np.exp(-top)
        return parts / total[:, None], np.exp(-top) / total

    def likelihood(self, weights: Floats) -> float:
        shares, none = self.shares(weights)
        told = np.where(self.right >= 0, shares[np.arange(len(shares)), self.right], none)
        return float(np.log(np.maximum(told, _LEAST)).sum())


def fit(examples: Sequence[Example]) -> Fitted:
    """The weights for examples; those without an option tell nothing of weights, and are left out."""
    table, themes = _table(examples), _folds([theme for theme, _, options in examples if options])
    apart = {theme: themes != theme for theme in sorted(set(themes.tolist()))}
    found = {theme: _weights(table.some(kept)) for theme, kept in apart.items()}
    temperature = max(
        _TEMPERATURES.tolist(),
        key=lambda one: sum(table.some(~kept).likelihood(found[theme] / one) for theme, kept in apart.items()),
    )
    sure, right = _judged(table, {theme: (~kept, found[theme] / temperature) for theme, kept in apart.items()})
    weights = np.round(_weights(table) / temperature, 3).tolist()
    return Fitted(
        dict(zip(features.NAMES, weights, strict=True)), temperature, float(right.mean()), _error(sure, right)
    )


def _table(examples: Sequence[Example]) -> _Table:
    kept = [(answer, options) for _, answer, options in examples if options]
    widest = max(len(options) for _, options in kept)
    measured = np.zeros((len(kept), widest, len(features.NAMES)))
    there = np.zeros((len(kept), widest), dtype=bool)
    right = np.full(len(kept), -1)
    for row, (answer, options) in enumerate(kept):
        there[row, : len(options)] = True
        for column, one in enumerate(options):
            measured[row, column] = [one.measured.get(name, 0.0) for name in features.NAMES]
            if one.option.item.qid == answer:
                right[row] = column
    return _Table(measured, there, right)


def _folds(themes: Sequence[str]) -> NDArray[np.str_]:
    """The themes, those without a name in as many parts."""
    return np.array([theme or f"part {place % _FOLDS}" for place, theme in enumerate(themes)])


def _weights(table: _Table) -> Floats:
    """The best weights, by steps that are long where the slope was even (Adam)."""
    expected = lexicon.read_toml(EXPECTED)["weights"]
    prior = np.array([float(expected[name]) for name in features.NAMES])
    rows = np.arange(len(table.right))
    truths = np.where(
        (table.right >= 0)[:, None], table.measured[rows, np.maximum(table.right, 0)], np.zeros(len(prior))
    ).sum(axis=0)
    weights, mean, square = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, _STEPS + 1):
        shares, _ = table.shares(weights)
        slope = truths - np.einsum("ij,ijk->k", shares, table.measured) - _PENALTY * (weights - prior)
        mean = _FORGET * mean + (1 - _FORGET) * slope
        square = _FORGET_SQUARE * square + (1 - _FORGET_SQUARE) * slope**2
        size = _RATE / (1 + step / 500) / (np.sqrt(square / (1 - _FORGET_SQUARE**step)) + _LITTLE)
        weights = weights + size * mean / (1 - _FORGET**step)
    return weights


def _judged(table: _Table, parts: dict[str, tuple[NDArray[np.bool_], Floats]]) -> tuple[Floats, NDArray[np.bool_]]:
    """How sure the answers to each part are, and which are right."""
    sure, right = np.zeros(len(table.right)), np.zeros(len(table.right), dtype=bool)
    for kept, weights in parts.values():
        part = table.some(kept)
        shares, _ = part.shares(weights)
        best, linked = shares.argmax(axis=1), shares.max(axis=1) >= 1 / 2
        sure[kept] = np.where(linked, shares.max(axis=1), 1 - shares.max(axis=1))
        right[kept] = np.where(linked, best == part.right, part.right < 0)
    return sure, right


def _error(sure: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    places = np.minimum((sure * bins).astype(int), bins - 1)
    parts = [places == place for place in range(bins) if (places == place).any()]
    return float(sum(part.sum() * abs(sure[part].mean() - right[part].mean()) for part in parts) / len(sure))
