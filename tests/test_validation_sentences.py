"""A result quotes the sentence that it is about."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.sentences import around

TEXT = "Sáng 3/5, phà rời bến. Chở 40 người! (Ảnh: Lan.)\nPhà dài 12,5 m và mới."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("phà rời", "Sáng 3/5, phà rời bến."),
        ("40 người", "Chở 40 người!"),
        ("12,5 m", "Phà dài 12,5 m và mới."),
        ("bến. Chở", "Sáng 3/5, phà rời bến. Chở 40 người!"),
    ],
)
def test_words_are_widened_to_their_sentence(words: str, sentence: str) -> None:
    start = TEXT.index(words)
    assert around(TEXT, start, start + len(words)) == sentence


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 20))
def test_the_sentence_holds_the_words(text: str, start: int, length: int) -> None:
    words = text[start : start + length].strip()
    assert words in around(text, start, min(start + length, len(text)))


def test_a_graph_quotes_sentences_of_its_articles(demo_graph: Path) -> None:
    answer = CliRunner().invoke(main, ["validate", str(demo_graph), "--format", "json"])
    quotes = [result["quote"] for result in json.loads(answer.stdout)["results"] if result["quote"]]
    assert quotes
    assert all(quote["text"] in quote["sentence"] for quote in quotes)
    assert any(re.search(r"[.!?]$", quote["sentence"]) for quote in quotes)
