"""What the forms of a word have in common, and which forms a word may be."""

from __future__ import annotations

import pytest

from kg.nlp import stems

FAMILIES = [
    ["arrive", "arrives", "arrived", "arriving"],
    ["stop", "stops", "stopped", "stopping"],
    ["die", "dies", "died", "dying"],
    ["marry", "marries", "married", "marrying"],
    ["agree", "agrees", "agreed", "agreeing"],
    ["sue", "sues", "sued", "suing"],
    ["leave", "leaves", "left", "leaving"],
    ["shoot", "shot", "shooting", "shootings"],
    ["crash", "crashes", "crashed", "crashing"],
    ["embassy", "embassies"],
    ["man", "men"],
]


@pytest.mark.parametrize("words", FAMILIES, ids=[words[0] for words in FAMILIES])
def test_forms_of_one_word_share_a_stem(words: list[str]) -> None:
    stem = stems.load("en").stem
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(("one", "other"), [("found", "founded"), ("lay", "lie"), ("king", "kill"), ("bring", "break")])
def test_other_words_do_not(one: str, other: str) -> None:
    stem = stems.load("en").stem
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("words", "forms"),
    [
        (["arrested"], {"past", "participle"}),
        (["wounding"], {"gerund"}),
        (["talks"], {"third", "plural"}),
        (["shot", "dead"], {"past", "participle"}),
        (["explosion"], {"noun"}),
        (["explosions"], {"plural"}),
        (["attack"], {"base", "noun"}),
    ],
)
def test_what_a_word_may_be(words: list[str], forms: set[str]) -> None:
    assert stems.load("en").forms(words) == forms


def test_where_words_do_not_change_each_is_its_own() -> None:
    vietnamese = stems.load("vi")
    assert vietnamese.phrase(["bị", "bắt"]) == "bị bắt"
    assert vietnamese.forms(["bắt"]) == frozenset()
