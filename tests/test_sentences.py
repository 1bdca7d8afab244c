"""A text falls into sentences, and the sentences together are the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sentences import split


@given(st.text(alphabet="aB. !…\n”9", max_size=40))
def test_sentences_together_are_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in split(text)) == text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mưa to. Gió lớn!", ["Mưa to.", "Gió lớn!"]),
        ("“Đi thôi.” Ông nói.", ["“Đi thôi.”", "Ông nói."]),
        ("“Đi đâu?” ông hỏi.", ["“Đi đâu?” ông hỏi."]),
        ("Tại TP. Vinh, ThS. Lê V. An kể. Bà về.", ["Tại TP. Vinh, ThS. Lê V. An kể.", "Bà về."]),
        ("1. Phà mới. Giá 3.500 đồng.", ["1. Phà mới.", "Giá 3.500 đồng."]),
        ("Tựa không có dấu chấm\nThân bài", ["Tựa không có dấu chấm", "Thân bài"]),
        ("Ảnh: TP.\nVinh", ["Ảnh: TP.", "Vinh"]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    found = split(text, abbreviations={"TP", "ThS"})
    assert [text[start:end].strip() for start, end in found] == sentences
