"""Spellings of one word are one, of two words two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.spelling import bare, fold, squash


@pytest.mark.parametrize(
    ("old", "new"), [("hoà", "hòa"), ("Uỷ ban", "ủy ban"), ("khoẻ", "khỏe"), ("Thuỵ Sĩ", "thụy sĩ")]
)
def test_both_ways_to_place_tone_marks_fold_to_one(old: str, new: str) -> None:
    assert fold(old) == new == fold(new)


@pytest.mark.parametrize("text", ["quý", "hoàn", "toán", "tuyết"])
def test_other_words_stay(text: str) -> None:
    assert fold(text) == text


def test_squash_forgets_hyphens_and_bare_forgets_marks() -> None:
    assert squash("Min-jun") == squash("Min Jun") == "minjun"
    assert bare("Zürich Đ") == "zurichd"
    assert squash("Hùng") != squash("Hưng")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
