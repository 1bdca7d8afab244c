"""The words that tell events."""

from __future__ import annotations

import time

import pytest
from spacy.tokens import Doc

from kg import ns
from kg.nlp import trigger_phrases
from kg.nlp.surroundings import Surroundings
from tests.nlp.conftest import Annotate

CASES = [
    ("Ông Bùi Văn Tám qua đời tại Cần Thơ sáng 3/5.", {"qua đời": "Death"}),
    ("Tòa án nhân dân TP Vinh xét xử ba bị cáo.", {"xét xử": "Trial"}),
    ("Tập đoàn Sông Đà mua lại Công ty Thép An Phú.", {"mua lại": "OwnershipTransfer"}),
    ("Diễn viên Lý Thu Ba ly hôn doanh nhân Phạm Gia Huy.", {"ly hôn": "Divorce"}),
    ("Hai tàu chở dầu rời cảng Piraeus.", {"rời cảng": "Travel"}),
    ("Nghị sĩ Sara Lind đắc cử thị trưởng Malmö.", {"đắc cử": "Election"}),
    ("Vụ nổ làm năm công nhân bị thương.", {"bị thương": "Injury"}),
    ("Chính phủ Chile trả tự do cho 12 tù nhân.", {"trả tự do": "Release"}),
]
SILENT = [
    "Công ty gặp khó khăn về nguyên liệu.",
    "Bầu không khí buổi sáng trong lành.",
    "Khẩu súng trường tấn công được trưng bày.",
    "Giá cà phê đến nay chưa giảm.",
]


def told(doc: Doc) -> dict[str, str]:
    return {span.text.lower(): span.label_ for span in doc.spans["triggers"]}


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_finds(annotate: Annotate, text: str, expected: dict[str, str]) -> None:
    assert expected.items() <= told(annotate(text)).items()


@pytest.mark.parametrize("text", SILENT)
def test_silent(annotate: Annotate, text: str) -> None:
    assert told(annotate(text)) == {}


def test_each_trigger_has_a_chance_and_a_class_of_the_ontology(annotate: Annotate) -> None:
    doc = annotate("\n".join(text for text, _ in CASES))
    chances = doc.user_data["trigger_chances"]
    assert len(chances) == len(doc.spans["triggers"]) >= len(CASES)
    assert all(0 < chance <= 1 for chance in chances)
    assert all(hasattr(ns, span.label_) for span in doc.spans["triggers"])


def test_a_name_holds_no_trigger(annotate: Annotate) -> None:
    doc = annotate("Bảo tàng Chiến tranh Hòa An mở cửa.")
    named = {i for span in doc.spans["names"] for i in range(span.start, span.end)}
    assert not [span for span in doc.spans["triggers"] if span.start in named]


def test_classes_of_the_list_are_in_the_ontology() -> None:
    listed = trigger_phrases.listed("vi")
    assert all(hasattr(ns, name) for phrase in listed.values() for name in phrase.classes)
    assert len(listed) > 1000


def test_phrases_of_the_model_are_folded_sorted_and_told_once() -> None:
    path = trigger_phrases.phrase_file("vi")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    found = [text for text, _ in rows]
    assert found == sorted(set(found))
    assert all(text == trigger_phrases.cut(text, "vi") for text in found)
    assert all(usual in {"", trigger_phrases.NEVER} or hasattr(ns, usual) for _, usual in rows)


def test_the_longest_phrase_wins(annotate: Annotate) -> None:
    table = trigger_phrases.table_of(
        {"gặp": trigger_phrases.Phrase(("Meeting",)), "gặp khó khăn": trigger_phrases.Phrase(never=True)}
    )
    around = Surroundings.of(annotate("Họ gặp nhau khi công ty gặp khó khăn."))
    assert [c.start for c in trigger_phrases.candidates(around, table)] == [1]


@pytest.mark.parametrize("word", ["A", "bắn", "đi", "Á", "("], ids=["capital", "trigger", "verb", "accent", "bracket"])
def test_time_is_linear_in_hostile_text(annotate: Annotate, word: str) -> None:
    def cost(count: int) -> float:
        text = " ".join([word] * count)
        start = time.perf_counter()
        annotate(text)
        return time.perf_counter() - start

    cost(100)
    assert cost(4000) < 40 * cost(400) + 0.5
