"""Forms of English verbs and nouns, and languages without any."""

from __future__ import annotations

import pytest

from kg.nlp import inflection
from kg.nlp.inflection import Inflection


@pytest.fixture(scope="module")
def english() -> Inflection:
    found = inflection.load("en")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deploy", ["deploy", "deploys", "deployed", "deployed", "deploying"]),
        ("deny", ["deny", "denies", "denied", "denied", "denying"]),
        ("die", ["die", "dies", "died", "died", "dying"]),
        ("acquit", ["acquit", "acquits", "acquitted", "acquitted", "acquitting"]),
        ("launch", ["launch", "launches", "launched", "launched", "launching"]),
        ("agree", ["agree", "agrees", "agreed", "agreed", "agreeing"]),
        ("be held", ["be held", "was held", "been held", "being held", "am held", "is held", "are held", "were held"]),
        ("take over", ["take over", "takes over", "took over", "taken over", "taking over"]),
    ],
)
def test_a_verb_in_its_forms(english: Inflection, verb: str, forms: list[str]) -> None:
    assert [form for form, _ in english.verb(verb)] == forms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("attack", "attacks"), ("embassy", "embassies"), ("serviceman", "servicemen"), ("air strike", "air strikes")],
)
def test_a_noun_in_the_plural(english: Inflection, noun: str, plural: str) -> None:
    assert list(english.noun(noun)) == [(noun, "noun"), (plural, "plural")]


def test_vietnamese_words_do_not_change() -> None:
    assert inflection.load("vi") is None
