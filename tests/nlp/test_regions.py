"""Header, captions, credits, bylines and quotations are told from the story."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Annotate = Callable[..., Doc]


def spans(doc: Doc, key: str) -> list[str]:
    return [span.text for span in doc.spans[key]]


def test_header_is_no_sentence_of_the_story(annotate: Annotate) -> None:
    doc = annotate(" date 2025-03-04 Mưa to ở Huế.", body_start=17)
    assert spans(doc, "header") == [" date 2025-03-04"]
    assert [name.text for name in doc.spans["names"]] == ["Huế"]


def test_a_paragraph_with_a_credit_is_a_caption(annotate: Annotate) -> None:
    doc = annotate("Người dân chèo thuyền ở Huế (Ảnh: Reuters).\n\nNước đã rút.")
    assert spans(doc, "captions") == ["Người dân chèo thuyền ở Huế (Ảnh: Reuters)."]
    assert spans(doc, "credits") == ["(Ảnh: Reuters)"]


@pytest.mark.parametrize("credit", ["(Nguồn: AFP)", "(Video: Hoàng Long)", "Ảnh: Mai Hoa"])
def test_credits_come_in_many_forms(annotate: Annotate, credit: str) -> None:
    assert spans(annotate(f"Chợ đông khách. {credit}\nHàng đắt."), "credits") == [credit]


def test_a_last_line_of_names_is_a_byline(annotate: Annotate) -> None:
    doc = annotate("Chợ đông khách.\nNgọc Lan (theo AFP, Reuters)")
    assert spans(doc, "credits") == ["Ngọc Lan (theo AFP, Reuters)"]
    credited = [doc[start:end].text for start, end in sorted(doc.user_data["credited"])]
    assert credited == ["Ngọc Lan", "AFP", "Reuters"]


def test_a_last_sentence_is_none(annotate: Annotate) -> None:
    assert not spans(annotate("Chợ đông khách.\nBà Lan rất vui."), "credits")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Bà nói: "Tôi đi đây".', ['"Tôi đi đây"']),
        ("Bà nói: “Tôi đi đây”.", ["“Tôi đi đây”"]),
        ('Bà nói: "Tôi đi đây”.', ['"Tôi đi đây”']),
        ('Bà nói: “Tôi đi đây".', ['“Tôi đi đây"']),
        ("« Vâng » là đủ.", ["« Vâng »"]),
        ('Cách " ra " như thế này.', ['" ra "']),
        ("“Ông bảo “thôi” rồi về”.", ["“Ông bảo “thôi” rồi về”", "“thôi”"]),
        ('Màn hình 5" rộng.', []),
    ],
)
def test_finds_quotations(annotate: Annotate, text: str, expected: list[str]) -> None:
    assert spans(annotate(text), "quotes") == expected


def test_an_unclosed_speech_ends_with_its_paragraph(annotate: Annotate) -> None:
    assert spans(annotate("“Câu một. Câu hai.\nĐoạn khác."), "quotes") == ["“Câu một. Câu hai."]
