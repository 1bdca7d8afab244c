"""The whole pipeline on odd and hostile texts, and what others may count on."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

Annotate = Callable[..., Doc]

HOSTILE = {
    "nothing": "",
    "white space": " \n\t\n ",
    "brackets": "(" * 5000,
    "one line": "Tổng thống Lào " * 20000,
    "one letter": "X " * 10000,
    "quotes": '" “ ' * 3000,
    "one list": "Nguyễn Văn A, Trần Thị B và " * 1500,
    "many people": " ".join(f"Ông Xa{i}b Ka{i}z nói." for i in range(3000)),
    "heads": "Bộ Công an Bộ " * 3000,
    "dots": "A." * 20000,
    "hyphens": "a-" * 20000,
    "credits": "Ảnh: " * 5000,
    "acronyms": "TASS (TASS) " * 3000,
    "control characters": "\x00\x1f\u200b\ufeff\ud7ff" * 100,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_in_linear_time(annotate: Annotate, text: str) -> None:
    start = time.process_time()
    doc = annotate(text)
    assert doc.text == text
    assert time.process_time() - start < 15


def test_every_key_is_there_even_when_empty(annotate: Annotate) -> None:
    doc = annotate("")
    keys = {"header", "paragraphs", "captions", "credits", "quotes", "words", "names", "titles", "times", "quantities"}
    assert keys <= set(doc.spans)
    assert {"document", "leaders", "media", "subtypes", "credited", "times", "time_anchors", "quantities"} <= set(
        doc.user_data
    )


def test_works_without_a_document(pipeline: Language) -> None:
    doc = pipeline("Mưa ở Huế.")
    assert [span.text for span in doc.spans["names"]] == ["Huế"]


def test_times_count_from_the_day_of_publication(annotate: Annotate) -> None:
    doc = annotate("Vụ cháy hôm 3/5 làm 12 người bị thương.", published="2024-05-04")
    assert [(s.text, t.edtf) for s, t in zip(doc.spans["times"], doc.user_data["times"], strict=True)] == [
        ("hôm 3/5", "2024-05-03")
    ]
    assert doc.user_data["time_anchors"] == ["publication"]
    assert [q.stated for q in doc.user_data["quantities"]] == [12]


def test_words_of_several_syllables_are_marked(annotate: Annotate) -> None:
    doc = annotate("Họ ca ngợi quân đội.")
    assert "quân đội" in [span.text for span in doc.spans["words"]]


def test_names_that_an_earlier_component_found_are_merged(pipeline: Language) -> None:
    doc = pipeline.make_doc("Rồi Zorvex biến mất, còn khu Zed ở lại.")
    right, wrong = doc.char_span(4, 10, label="organization"), doc.char_span(0, 3, label="NORP")
    assert right
    assert wrong
    doc.set_ents([right, wrong])
    found = {span.text: span.label_ for span in pipeline(doc).spans["names"]}
    assert found["Zorvex"] == "organization"
    assert "Rồi" not in found
