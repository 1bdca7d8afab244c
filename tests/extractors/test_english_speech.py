"""What English sentences leave open of who says what, and what goes on from one sentence to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from kg.extractors import pipeline
from kg.model import Document, Statement


@cache
def _extract() -> Callable[[Document], Any]:
    return pipeline("en")


def said(text: str) -> list[Statement]:
    """What the text says that somebody says."""
    statements: tuple[Statement, ...] = _extract()(Document("a.txt", text, "en", published="2026-03-15")).statements
    return [statement for statement in statements if statement.type == "Statement"]


@pytest.mark.parametrize(
    "text",
    [
        "None of the three banks would say whether the vault was empty.",
        "Neither the mayor nor his deputy said where the money had gone.",
        "The bridge, verified by nobody, stood for a century.",
        "The boat was seen sinking near the pier.",
        "The box was carried by two porters in a red cart.",
        "She has not heard from the captain since May.",
    ],
)
def test_nobody_says_anything(text: str) -> None:
    assert not said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez told Anna Schmidt that the boat had sunk.",
        "Maria Lopez told the city council that the boat had sunk.",
        "Maria Lopez told her lawyer that the boat had sunk.",
        "Maria Lopez said in Port Moresby that the boat had sunk.",
        "Questioned by the committee, Maria Lopez admitted that the boat had sunk.",
        "Maria Lopez wrote on her website that the boat had sunk.",
    ],
)
def test_who_is_only_told_passes_nothing_on(text: str) -> None:
    (statement,) = said(text)
    assert statement.attributed_to == ("Maria Lopez",)
    assert not statement.relayed_by


def test_a_quotation_goes_on_over_sentences() -> None:
    first, second = said('"The boat sank at once," Maria Lopez told Radio Andina. "Nobody was on deck."')
    assert (first.attributed_to, second.attributed_to) == (("Maria Lopez",), ("Maria Lopez",))
    assert second.evidence.text == "Nobody was on deck"
    assert second.relayed_by == ("Radio Andina",)


def test_a_sentence_behind_a_quotation_is_the_writers_own() -> None:
    (statement,) = said('"The boat sank at once," Maria Lopez told Radio Andina. Nobody was on deck.')
    assert statement.evidence.text.startswith("The boat sank at once")


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("Maria Lopez said the boat had sunk. The remarks were carried by the Reuters news agency.", ("Reuters",)),
        ("Maria Lopez said the boat had sunk. She was speaking to Radio Andina.", ("Radio Andina",)),
        ("Maria Lopez said the boat had sunk. The survivors were carried by the coast guard.", ()),
    ],
)
def test_remarks_are_passed_on_by_who_carried_them(text: str, relays: tuple[str, ...]) -> None:
    assert said(text)[0].relayed_by == relays


def test_it_takes_up_the_body_that_spoke_last() -> None:
    text = (
        "Two climbers are missing on Mount Kazbek, the rescue service said. It added that snow had stopped the search."
    )
    assert said(text)[-1].attributed_to == ("rescue service",)


def test_what_and_that_joins_is_said_twice_each_as_firmly_as_it_is_put() -> None:
    text = "Maria Lopez said that the boat had sunk and that the wreck would be raised."
    assert sorted(statement.modality for statement in said(text)) == ["asserted", "planned"]
