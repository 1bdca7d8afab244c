from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.proposers._passages import _count, is_whole, occurrences, passages, sentences

WORDS = st.sampled_from(["An", "bà", ",", ". ", ".”\n", "\n\n", " ", "…", "12", "TP.", "đi "])


def article(text: str, body_start: int = 0) -> Document:
    return Document(source="a.txt", text=text, language="vi", body_start=body_start)


def test_short_article_is_one_passage_without_its_header() -> None:
    (passage,) = passages(article("date 2025-01-01 Một. Hai.", 16), 100)
    assert (passage.start, passage.text) == (16, "Một. Hai.")


def test_cut_falls_between_sentences() -> None:
    assert [p.text for p in passages(article("Một hai ba. Bốn năm.\n\nSáu bảy."), 8)] == [
        "Một hai ba. Bốn năm.\n\n",
        "Sáu bảy.",
    ]


def test_full_stop_of_an_abbreviation_is_no_end() -> None:
    document = article("TS. Lò Thị Ban ở TP. Huế. Bà dạy học.", 4)
    assert [document.text[start:end] for start, end in sentences(document)] == ["Lò Thị Ban ở TP. Huế. ", "Bà dạy học."]
    assert sentences(Document(source="a.txt", text="One. Two.", language="xx")) == [(0, 5), (5, 9)]


def test_sentence_without_end_is_cut_between_words() -> None:
    assert [p.text for p in passages(article("một hai ba bốn năm"), 2)] == ["một hai ", "ba bốn ", "năm"]


@given(st.lists(WORDS, max_size=60).map("".join), st.integers(1, 12))
def test_passages_are_the_article_and_none_is_too_long(text: str, words: int) -> None:
    found = list(passages(article(text), words))
    assert all(passage.text == text[passage.start : passage.end] for passage in found)
    assert all(_count(text, passage.start, passage.end) <= words for passage in found)
    assert "".join(passage.text for passage in found).split() == text.split()


def test_words_are_found_whole_only() -> None:
    text = "Hoàng An và An Giang, An."
    assert [span.start for span in occurrences(text, "An", 0, len(text))] == [6, 12, 22]
    assert [span.start for span in occurrences("Anh An", "An", 0, 6)] == [4]
    assert list(occurrences(text, " ", 0, len(text))) == []
    assert is_whole(text, 6, 8)
    assert not is_whole(text, 0, 3)
