"""The form of a name tells people."""

from __future__ import annotations

import pytest

from kg.nlp import people


@pytest.mark.parametrize("syllable", ["Nguyễn", "Bình", "nghiêng", "Quốc", "Giang", "uỷ", "khuya", "Yên", "oanh"])
def test_knows_vietnamese_syllables(syllable: str) -> None:
    assert people.load("vi").native(syllable)


@pytest.mark.parametrize("word", ["Macron", "Trump", "John", "Matos", "Su-30", "TASS", "Zorvex", ""])
def test_knows_what_is_none(word: str) -> None:
    assert not people.load("vi").native(word)


def test_a_full_name_looks_more_like_a_person_than_a_short_one() -> None:
    shape = people.load("vi").shape
    assert shape(["Lê", "Văn", "Tám"]) > shape(["Lê", "Tám"]) > shape(["Xanh", "Tám"]) == 0
    assert shape(["Choi", "Min-jun"]) > shape(["Maria", "Zorvex"]) > shape(["Qorvex", "Zorvex"]) == 0
    assert shape([]) == 0


def test_foreign_words_are_compared_without_marks() -> None:
    key = people.load("vi").key
    assert key("Bogotá") == key("Bogota")
    assert key("Hùng") != key("Hưng")
