from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.building.duplicates import Duplicate, settle
from kg.model import Document, Extraction

NAMES = st.sampled_from(["a", "b", "c"])
EXTRACTIONS = st.builds(
    lambda source, text, day: Extraction(Document(source=source, text=text, language="vi", published=day)),
    NAMES,
    st.sampled_from(["một", "hai", "ba"]),
    st.sampled_from([None, "2025-01-01"]),
)


def read(source: str, text: str, published: str | None = None) -> Extraction:
    return Extraction(Document(source=source, text=text, language="vi", published=published))


def test_one_text_is_one_article_under_its_smallest_name() -> None:
    kept, duplicates = settle([read("b", "một"), read("a", "một", "2025-01-01"), read("c", "hai")])
    assert [(e.document.source, e.document.published) for e in kept] == [("a", "2025-01-01"), ("c", None)]
    assert duplicates == [Duplicate("b", "a")]


def test_two_texts_of_one_name_are_told_apart() -> None:
    kept, _ = settle([read("a", "một"), read("a", "hai"), read("b", "ba")])
    assert [e.document.source for e in kept if e.document.text == "ba"] == ["b"]
    assert sorted(e.document.source for e in kept if e.document.text != "ba") == sorted(
        f"a#{read('a', text).document.id[:8]}" for text in ("một", "hai")
    )


@given(st.lists(EXTRACTIONS), st.randoms())
def test_order_changes_nothing_and_nothing_is_lost(extractions: list[Extraction], random: Random) -> None:
    kept, duplicates = settle(extractions)
    shuffled = list(extractions)
    random.shuffle(shuffled)
    assert settle(shuffled) == (kept, duplicates)
    assert len(kept) + len(duplicates) == len(extractions)
    assert len({e.document.source for e in kept}) == len({e.document.id for e in kept}) == len(kept)
    assert {e.document.id for e in kept} == {e.document.id for e in extractions}
