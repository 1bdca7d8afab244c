"""Places act by the words around them, in both languages; where they are only where something is, nothing is found."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from kg import nlp
from kg.model import Document
from kg.nlp import acting

ACTING = [
    ("vi", "Bình Nhưỡng sẽ luôn hỗ trợ những người bạn cũ.", {"Bình Nhưỡng": "Bình Nhưỡng sẽ luôn hỗ trợ"}),
    ("vi", "Quân nổi dậy sống nhờ sự hỗ trợ của Bình Nhưỡng.", {"Bình Nhưỡng": "sự hỗ trợ của Bình Nhưỡng"}),
    ("vi", "Ông nhắc tới chiến dịch quân sự quy mô lớn của Kiev.", {"Kiev": "chiến dịch quân sự quy mô lớn của Kiev"}),
    ("vi", "Ông gọi động thái mới của Washington là vội vã.", {"Washington": "động thái mới của Washington"}),
    ("vi", "Dân quân thề sát cánh cùng Moskva đến cùng.", {"Moskva": "sát cánh cùng Moskva"}),
    ("vi", "Theo Moskva, con tàu chở ngũ cốc.", {"Moskva": "Theo Moskva"}),
    (
        "vi",
        "Bà nói về quan hệ Moskva - Bình Nhưỡng.",
        dict.fromkeys(("Moskva", "Bình Nhưỡng"), "quan hệ Moskva - Bình Nhưỡng"),
    ),
    ("vi", "Đối thoại giữa Seoul và Tokyo bế tắc.", dict.fromkeys(("Seoul", "Tokyo"), "Đối thoại giữa Seoul và Tokyo")),
    ("vi", "Hôm 3/4, Tehran bác bỏ cáo buộc này.", {"Tehran": "Tehran bác bỏ"}),
    (
        "vi",
        "Bà cho hay Ankara và Cairo chưa từng công nhận phe này.",
        dict.fromkeys(("Ankara", "Cairo"), "Ankara và Cairo chưa từng công nhận"),
    ),
    (
        "en",
        "The rebels live on the military support of Paris and on Moscow's secret help.",
        {"Moscow": "Moscow's secret help"},
    ),
    (
        "en",
        "Officials said Pyongyang had repeatedly backed the plan.",
        {"Pyongyang": "Pyongyang had repeatedly backed"},
    ),
    (
        "en",
        "Talks between Seoul and Tokyo stalled.",
        dict.fromkeys(("Seoul", "Tokyo"), "Talks between Seoul and Tokyo"),
    ),
    ("en", "He praised Moscow-Pyongyang ties.", dict.fromkeys(("Moscow", "Pyongyang"), "Moscow-Pyongyang ties")),
    ("en", "According to Moscow, the ship carried grain.", {"Moscow": "According to Moscow"}),
    ("en", "A move by Tehran drew fire.", {"Tehran": "move by Tehran"}),
    ("en", "The militia stood with Moscow.", {"Moscow": "stood with Moscow"}),
]
PLACES = [
    ("vi", "Ông gặp họ ở Moskva."),
    ("vi", "Thủ đô Kiev mất điện."),
    ("vi", "Con sông chảy qua Bình Nhưỡng rồi ra biển."),
    ("vi", "Dân Moskva phản đối dự án."),
    ("vi", "Tàu chạy giữa Moskva và Bình Nhưỡng mất tám ngày."),
    ("vi", "Thỏa thuận mở đường bay giữa Seoul và Paris đã xong."),
    ("vi", "Chiến dịch quảng bá du lịch của Paris kéo dài cả hè."),
    ("vi", "Đoàn quân tiến về phía Moskva."),
    ("vi", "Cuộc gặp tại Tokyo ủng hộ hòa bình."),
    ("en", "The concert took place in Moscow."),
    ("en", "Residents of Kyiv supported the strike."),
    ("en", "Tourists in Paris backed the strike."),
    ("en", "The train between Moscow and Pyongyang takes eight days."),
    ("en", "Seoul's tourism campaign was a success."),
]


@cache
def pipeline(language: str) -> Language:
    return nlp.load(language)


def found(language: str, text: str) -> dict[str, str]:
    """The places that act, with the words that say so."""
    doc = nlp.annotate(pipeline(language), Document("a.txt", text, language))
    return {doc[a:b].text: doc[c:d].text for (a, b), (c, d) in acting.find(doc).items()}


@pytest.mark.parametrize(("language", "text", "expected"), ACTING)
def test_what_acts_is_found_with_the_words_that_say_so(language: str, text: str, expected: dict[str, str]) -> None:
    assert found(language, text) == expected


@pytest.mark.parametrize(("language", "text"), PLACES)
def test_where_something_is_or_happens_nothing_acts(language: str, text: str) -> None:
    assert not found(language, text)


def test_a_language_without_cues_has_no_actors() -> None:
    assert acting.load("xx") is None
