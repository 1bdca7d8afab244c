"""Titles are found with their modifiers and fields, and known by group and kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Annotate = Callable[..., Doc]

CASES = [
    ("Tổng thống Nga Ivan Sokolov đến.", [("Tổng thống", "office", "head-of-state")]),
    ("Phó Thủ tướng Lê Văn Tám dự.", [("Phó Thủ tướng", "office", "deputy-prime-minister")]),
    ("Cựu tổng thống Jorge Matos bị bắt.", [("Cựu tổng thống", "office", "former-head-of-state")]),
    ("Bộ trưởng Quốc phòng Lào phát biểu.", [("Bộ trưởng Quốc phòng", "office", "minister")]),
    ("Đại sứ Ý tại Hà Nội nói.", [("Đại sứ", "office", "ambassador")]),
    ("Thiếu tá Lò Văn Pánh kể.", [("Thiếu tá", "rank", "officer")]),
    ("Nhà lãnh đạo này im lặng.", [("Nhà lãnh đạo", "role", "leader")]),
    ("Ông Lê Văn Tám cười.", [("Ông", "honorific", "mr")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_finds(annotate: Annotate, text: str, expected: list[tuple[str, str, str]]) -> None:
    doc = annotate(text)
    assert [(s.text, s.label_, s.id_) for s in doc.spans["titles"]] == expected


def test_an_address_without_a_name_is_none(annotate: Annotate) -> None:
    assert not annotate("Rồi ông đi về.").spans["titles"]


def test_capitals_inside_tell_a_name_from_a_title(annotate: Annotate) -> None:
    doc = annotate("Gặp Triệu Phú Hào ở chợ.")
    assert [s.text for s in doc.spans["names"]] == ["Triệu Phú Hào"]


def test_leaders_speak_for_their_country(annotate: Annotate) -> None:
    leaders = annotate("Mưa.").user_data["leaders"]
    assert {"head-of-state", "prime-minister", "leader"} <= leaders
    assert "ambassador" not in leaders
