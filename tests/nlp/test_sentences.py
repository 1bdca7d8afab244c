"""Sentences end where a reader sees them end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Annotate = Callable[..., Doc]


def sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mưa to. Đường ngập.", ["Mưa to.", "Đường ngập."]),
        ("Ông ở TP. Vinh từ nhỏ.", ["Ông ở TP. Vinh từ nhỏ."]),
        ("Th.S Hoa dạy toán. Cô rất vui.", ["Th.S Hoa dạy toán.", "Cô rất vui."]),
        ("Tổng thống George W. Bush đến thăm.", ["Tổng thống George W. Bush đến thăm."]),
        ("Ông V. Pu-tin phát biểu.", ["Ông V. Pu-tin phát biểu."]),
        ("Bắt được anh T. Công an đang điều tra.", ["Bắt được anh T.", "Công an đang điều tra."]),
        ("Thiệt hại 15.200 đồng. Không ai đền.", ["Thiệt hại 15.200 đồng.", "Không ai đền."]),
        ('"Tôi không biết." Bà lắc đầu.', ['"Tôi không biết."', "Bà lắc đầu."]),
        ('"Thế à?", ông hỏi.', ['"Thế à?", ông hỏi.']),
        ("Chờ mãi... Rồi xe cũng đến.", ["Chờ mãi...", "Rồi xe cũng đến."]),
        ("1. Trồng cây. 2. Nuôi cá.", ["1. Trồng cây.", "2. Nuôi cá."]),
        ("Tin vắn\nMưa lớn ở Huế", ["Tin vắn", "Mưa lớn ở Huế"]),
        ("Cắt rời : ông nói . Bà im lặng .", ["Cắt rời : ông nói .", "Bà im lặng ."]),
    ],
)
def test_splits(annotate: Annotate, text: str, expected: list[str]) -> None:
    assert sentences(annotate(text)) == expected
