from __future__ import annotations

import pytest

from kg.building.evidence import check_extraction, check_resolution
from kg.errors import EvidenceError
from kg.model import Claim, Document, Extraction, Mention, Resolution, Span, Statement

DOCUMENT = Document(source="a.txt", text="Bà Trịnh Thu Hà mở lớp dạy bơi.", language="vi")
NAME = DOCUMENT.span(3, 15)


def extraction(span: Span, *, document: str = DOCUMENT.id) -> Extraction:
    return Extraction(DOCUMENT, mentions=(Mention(document, span, "person", span.text),))


def test_words_that_stand_where_they_should_pass() -> None:
    assert NAME.text == "Trịnh Thu Hà"
    check_extraction(extraction(NAME))


@pytest.mark.parametrize(
    "span",
    [
        Span(4, 16, NAME.text),
        Span(3, 15, "Trịnh Thu Hằng"),
        Span(3, 14, NAME.text),
        Span(-28, -16, NAME.text),
        Span(3, 3, ""),
        Span(15, 3, ""),
        Span(200, 212, NAME.text),
    ],
)
def test_span_that_does_not_reread_is_named(span: Span) -> None:
    with pytest.raises(EvidenceError, match=rf"a\.txt, characters {span.start} to {span.end}: a person quotes"):
        check_extraction(extraction(span))


def test_statement_is_checked_like_a_mention() -> None:
    statement = Statement(DOCUMENT.id, "Inauguration", Span(0, 5, "Ông T"))
    with pytest.raises(EvidenceError, match="Inauguration quotes 'Ông T'; there stands 'Bà Tr'"):
        check_extraction(Extraction(DOCUMENT, statements=(statement,)))


def test_record_of_another_article_is_refused() -> None:
    with pytest.raises(EvidenceError, match="names another article"):
        check_extraction(extraction(NAME, document="0" * 64))


def test_evidence_of_claims_is_reread_too() -> None:
    right = Claim("c", "EventClaim", evidence=((DOCUMENT.id, NAME),))
    check_resolution(Resolution(claims=(right,)), {DOCUMENT.id: DOCUMENT})
    with pytest.raises(EvidenceError, match="claim c has evidence in an article that was not built"):
        check_resolution(Resolution(claims=(right,)), {})
    wrong = Claim("c", "EventClaim", evidence=((DOCUMENT.id, Span(0, 2, "Cô")),))
    with pytest.raises(EvidenceError, match="there stands 'Bà'"):
        check_resolution(Resolution(claims=(wrong,)), {DOCUMENT.id: DOCUMENT})
