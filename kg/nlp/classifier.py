"""A trained choice between labels, by named features: maximum entropy, as CRFsuite trains it for sequences of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg import resources
from kg.errors import LanguageDataError

NONE = "none"
"""The label of what is none of the others."""


class Classifier:
    """A model file read once. Features are strings; those that training never saw count nothing."""

    def __init__(self, path: Path) -> None:
        import pycrfsuite  # noqa: PLC0415 - a C extension that only those load who annotate

        if not path.is_file():
            raise LanguageDataError(f"{path}: the model is missing; run `make model`, or reinstall the package")
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except ValueError as error:
            raise LanguageDataError(f"{path}: {error}; run `make model`, or reinstall the package") from error
        self._labels: tuple[str, ...] = tuple(sorted(self._tagger.labels()))

    def labels(self) -> tuple[str, ...]:
        """All labels, sorted."""
        return self._labels

    def decide(self, features: Sequence[str], *, bar: float = 0.5) -> tuple[str, float]:
        """The likeliest label but `NONE`, and its probability; (`NONE`, its probability) where that is over `bar`."""
        tagger = self._tagger
        best: str = tagger.tag([features])[0]
        nothing = tagger.marginal(NONE, 0) if NONE in self._labels else 0.0
        if nothing > bar:
            return NONE, nothing
        if best != NONE:
            return best, tagger.marginal(best, 0)
        chances = ((tagger.marginal(label, 0), label) for label in self._labels if label != NONE)
        chance, label = max(chances)
        return label, chance

    def best(self, features: Sequence[str]) -> str:
        """The likeliest label."""
        return str(self._tagger.tag([features])[0])

    def chance(self, features: Sequence[str], label: str) -> float:
        """The probability of one label."""
        self._tagger.set([features])
        return float(self._tagger.marginal(label, 0)) if label in self._labels else 0.0

    def chances(self, features: Sequence[str]) -> dict[str, float]:
        """The probability of every label."""
        self._tagger.set([features])
        return {label: self._tagger.marginal(label, 0) for label in self._labels}


def train(
    examples: Iterable[tuple[Sequence[str], str]], path: Path, *, l1: float = 0.1, l2: float = 0.05, rounds: int = 100
) -> None:
    """Train a model from (features, label) pairs and write it to `path`, whole; equal examples make equal bytes.

    `l1` makes small weights vanish, `l2` keeps large ones small.
    """
    import pycrfsuite  # noqa: PLC0415 - see above

    trainer = pycrfsuite.Trainer(verbose=False)
    for features, label in examples:
        trainer.append([list(features)], [label])
    trainer.set_params({"c1": l1, "c2": l2, "max_iterations": rounds})
    unfinished = path.with_name(f"{path.name}.new")
    trainer.train(str(unfinished))
    unfinished.replace(path)


def models(language: str) -> Path:
    """The folder of a language's models, and of what belongs to them."""
    return resources.language(language) / "models"


def model(language: str, name: str) -> Path:
    """Where the model `name` of a language lies."""
    return models(language) / f"{name}.crfsuite"
