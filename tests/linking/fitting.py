"""Fit the weights of linking to the annotated names that are for tuning.

The weights maximize the likelihood of the right answers, NIL among them, less a penalty for leaving what was thought right
before any name was seen: `expected.toml`. So few names cannot carry a feature to absurdity.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg import lexicon
from kg.linking import features
from kg.linking.deciding import Weighed

EXPECTED = Path(__file__).with_name("expected.toml")
_PENALTY = 0.6
_STEPS, _RATE = 4000, 0.05


def fit(examples: Sequence[tuple[str, Sequence[Weighed]]]) -> dict[str, float]:
    """The weights for pairs of the right answer, an item or NIL, and the options."""
    expected = lexicon.read_toml(EXPECTED)["weights"]
    prior = np.array([float(expected[name]) for name in features.NAMES])
    tables = [
        np.array([[one.measured.get(name, 0.0) for name in features.NAMES] for one in options])
        for _, options in examples
    ]
    truths = [
        next((place for place, one in enumerate(options) if one.option.item.qid == answer), None)
        for answer, options in examples
    ]
    weights = prior.copy()
    for step in range(_STEPS):
        slope = -_PENALTY * (weights - prior)
        for table, truth in zip(tables, truths, strict=True):
            sums = table @ weights
            top = max(0.0, float(sums.max()))
            parts = np.exp(sums - top)
            shares = parts / (parts.sum() + np.exp(-top))
            if truth is not None:
                slope += table[truth]
            slope -= shares @ table
        weights += _RATE / (1 + step / 400) * slope / (1 + np.abs(slope).max() / 10)
    return dict(zip(features.NAMES, np.round(weights, 3).tolist(), strict=True))
