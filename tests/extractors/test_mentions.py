"""Names become mentions that re-read to their words."""

from __future__ import annotations

import pytest

from kg import nlp
from kg.extractors import mentions
from kg.model import Document, Mention

TEXT = "Bộ Quốc phòng Lào cảm ơn bà Trần Thị Mận (Ảnh: Reuters)."


@pytest.fixture(scope="module")
def found() -> list[Mention]:
    pipeline = nlp.load("vi")
    document = Document(source="bai.txt", text=TEXT, language="vi")
    return list(mentions.make(pipeline)(nlp.annotate(pipeline, document), document))


def test_spans_are_code_points_of_the_text(found: list[Mention]) -> None:
    assert all(TEXT[m.span.start : m.span.end] == m.span.text for m in found)


def test_types_keys_and_subtypes_are_carried_over(found: list[Mention]) -> None:
    told = {m.span.text: (m.type, m.kb, m.subtype) for m in found}
    assert told["Bộ Quốc phòng Lào"] == ("organization", "Q819-defence-ministry", "GovernmentBody")
    assert told["Lào"] == ("place", "Q819", "State")
    assert told["Trần Thị Mận"] == ("person", "", "")


def test_credits_are_marked(found: list[Mention]) -> None:
    assert {m.span.text for m in found if m.credit} == {"Reuters"}


def test_known_names_are_surer_than_typed_ones(found: list[Mention]) -> None:
    sure = {m.span.text: m.confidence for m in found}
    assert sure["Lào"] > sure["Trần Thị Mận"] > 0
