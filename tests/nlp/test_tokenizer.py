"""Tokens are syllables, numbers, dates and whole hyphenated names; the text stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.tokenizer import LONGEST, SyllableTokenizer, make_tokenizer

TOKENIZER = make_tokenizer("vi")(
    spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
)


def tokens(text: str) -> list[str]:
    return [token.text for token in TOKENIZER(text) if not token.is_space]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giá tăng 15.200 đồng, tức 1,5%.", ["Giá", "tăng", "15.200", "đồng", ",", "tức", "1,5", "%", "."]),
        ("hôm 17/12 và 6/2024", ["hôm", "17/12", "và", "6/2024"]),
        ("2025-08-23", ["2025-08-23"]),
        ("bà Moon Jae-in", ["bà", "Moon", "Jae-in"]),
        ("chiếc Su-30MK2", ["chiếc", "Su-30MK2"]),
        ("TP.HCM và TP.Vinh", ["TP.HCM", "và", "TP", ".", "Vinh"]),
        ("bị cáo N.V.A khai", ["bị", "cáo", "N.V.A", "khai"]),
        ("trang vidu.com đăng", ["trang", "vidu.com", "đăng"]),
        ("xong.Sau đó", ["xong", ".", "Sau", "đó"]),
        ("H'Mông, Côte d'Ivoire", ["H'Mông", ",", "Côte", "d'Ivoire"]),
        ("chờ... rồi đi", ["chờ", "...", "rồi", "đi"]),
    ],
)
def test_cuts_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["Nga-Ukraine", "Mỹ-Trung Quốc", "Bà Rịa-Vũng Tàu"])
def test_parts_two_known_names_at_their_hyphen(text: str) -> None:
    assert "-" in tokens(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_keeps_every_code_point(text: str) -> None:
    assert TOKENIZER(text).text == text


def test_cuts_endless_runs() -> None:
    assert {len(token) for token in TOKENIZER("x" * (3 * LONGEST))} == {LONGEST}


def test_needs_no_files_of_its_own(tmp_path: Path) -> None:
    fresh = SyllableTokenizer(TOKENIZER.vocab)
    fresh.to_disk(tmp_path)
    assert fresh.from_disk(tmp_path).from_bytes(fresh.to_bytes()) is fresh
