"""Articles say by the words around a name whether it is that of a place, and where that lies."""

from __future__ import annotations

import pytest

from kg.linking import clues
from kg.linking.shelf import Shelf
from kg.model import Document
from tests.linking import measuring


def said(language: str, text: str, name: str) -> tuple[str, ...]:
    """The clues of a name in a text."""
    extraction = measuring.pipeline(language)(Document("one.txt", text, language))
    gathered = clues.gather(extraction, Shelf.open())
    [chain] = {mention.chain for mention in extraction.mentions if mention.span.text == name}
    return gathered[chain]


@pytest.mark.parametrize(
    ("text", "name", "clue", "there"),
    [
        ("Thủy thủ tàu ngầm Kursk được truy điệu.", "Kursk", "kind Site", True),
        ("Quân đội Ukraine rút khỏi thành phố.", "Ukraine", "kind Organization", False),
        ("Thị trường Trung Quốc khởi sắc.", "Trung Quốc", "kind Site", False),
        ("Mưa lớn ở Kursk suốt đêm.", "Kursk", "located", True),
        ("Kursk thắng đậm trên sân nhà.", "Kursk", "located", False),
    ],
)
def test_words_before_a_name(text: str, name: str, clue: str, there: bool) -> None:  # noqa: FBT001 - a table
    assert (clue in said("vi", text, name)) is there


def test_a_town_lies_in_the_region_behind_it() -> None:
    assert "inside Q1397" in said("en", "Workers in Toledo, Ohio, went on strike.", "Toledo")
    assert not any(clue.startswith("inside") for clue in said("en", "Workers in Toledo and Ohio met.", "Toledo"))


def test_a_name_of_an_enumeration_stands_along_its_neighbour() -> None:
    assert "along Q1509" in said("en", "Peaches from Georgia and Tennessee froze.", "Georgia")


def test_an_indefinite_word_behind_a_name_tells_of_a_private_person() -> None:
    assert "private" in said("en", "Gordon Brown, a potter from Kent, won the prize.", "Gordon Brown")
    assert "private" not in said("en", "Gordon Brown, a former prime minister, spoke.", "Gordon Brown")
