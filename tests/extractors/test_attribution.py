"""Vietnamese words that stand in front of whoever said them are theirs, with the time of saying kept apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Statement


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Lũ quét khiến 9 người thiệt mạng ở huyện Kỳ Sơn, Công an tỉnh Nghệ An thông báo sáng 4/3.",
            "Công an tỉnh Nghệ An",
        ),
        (
            "Rạng sáng 3/3, lũ quét khiến 9 người thiệt mạng, Công an tỉnh Nghệ An cho biết tại buổi họp báo.",
            "Công an tỉnh Nghệ An",
        ),
        ("Trận động đất khiến 9 người thiệt mạng, Đài NHK đưa tin.", "Đài NHK"),
    ],
)
def test_what_stands_in_front_of_its_source(told: Callable[[str, str], Statement], text: str, source: str) -> None:
    assert told(text, "QuantityClaim").attributed_to == (source,)


def test_the_time_of_saying_is_no_time_of_what_is_told(told: Callable[[str, str], Statement]) -> None:
    text = "Pháp đã điều Lữ đoàn Dù 11 tới Estonia, Bộ Quốc phòng Pháp thông báo hôm 4/3."
    found = told(text, "Deployment")
    assert found.time is None
    assert found.said
    assert found.said.edtf == "2026-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "Trận lũ khiến 9 người thiệt mạng, Bộ trưởng Lê Văn Tám nói sẽ hỗ trợ các gia đình.",
        "Tại nơi 9 người thiệt mạng, ông Lê Văn Tám phát biểu trước báo giới.",
    ],
)
def test_what_only_stands_beside_a_speaker_is_not_his(told: Callable[[str, str], Statement], text: str) -> None:
    assert not told(text, "QuantityClaim").attributed_to
