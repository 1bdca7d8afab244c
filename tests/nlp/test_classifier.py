"""The trained choice between labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LanguageDataError
from kg.nlp.classifier import NONE, Classifier, train

EXAMPLES = [
    (["animal", "barks"], "dog"),
    (["animal", "meows"], "cat"),
    (["animal", "barks", "small"], "dog"),
    (["animal", "meows", "small"], "cat"),
    (["thing"], NONE),
    (["thing", "small"], NONE),
] * 5


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Classifier:
    path = tmp_path_factory.mktemp("model") / "animals.crfsuite"
    train(EXAMPLES, path)
    return Classifier(path)


def test_it_learns(classifier: Classifier) -> None:
    assert classifier.labels() == ("cat", "dog", NONE)
    assert classifier.best(["animal", "barks"]) == "dog"
    assert classifier.decide(["thing"])[0] == NONE


def test_chances_add_up_to_one(classifier: Classifier) -> None:
    chances = classifier.chances(["animal", "meows", "never seen"])
    assert sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=chances.__getitem__) == "cat"
    assert classifier.chance(["animal", "meows"], "cat") > classifier.chance(["animal", "meows"], "dog")
    assert classifier.chance(["animal"], "no such label") == 0


def test_the_bar_says_how_sure_nothing_must_be(classifier: Classifier) -> None:
    label, chance = classifier.decide(["thing"], bar=1.0)
    assert label in {"cat", "dog"}
    assert 0 < chance < 0.5
    assert classifier.decide(["animal", "barks"], bar=0.99)[0] == "dog"


def test_equal_examples_make_equal_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    train(EXAMPLES, first)
    train(EXAMPLES, second)
    assert first.read_bytes() == second.read_bytes()


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match="make model"):
        Classifier(tmp_path / "none.crfsuite")


@pytest.mark.parametrize("content", [b"", b"no model at all", b"lCRF" + b"\0" * 8])
def test_a_broken_model_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.crfsuite"
    path.write_bytes(content)
    with pytest.raises(LanguageDataError, match="make model"):
        Classifier(path)
