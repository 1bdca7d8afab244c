"""What stands in several articles is one passage with one origin, unless it is short, differs in a number, or is told anew."""

from __future__ import annotations

import random

import pytest

from kg import ledger
from kg.ledger import CopiedPassage, Copies, Passage
from kg.model import Document, Extraction, Mention
from kg.resolving import copies, copying, resolve
from kg.resolving.passages import article_of
from kg.resolving.stages import Change

FERRY = "Phà Sông Lam ngừng chạy từ sáng thứ Hai vì nước lên nhanh, bến tàu phía bắc được dùng làm nơi tạm trú."
EDITED = "Phà Sông Lam đã ngừng chạy từ sáng thứ Hai vì nước lên nhanh, bến tàu phía bắc được dùng làm nơi tạm trú."
CUT = "Phà Sông Lam ngừng chạy từ sáng thứ Hai vì nước lên nhanh, bến tàu phía bắc."
RETOLD = "Do mực nước dâng cao, từ đầu tuần hành khách không còn qua lại được bằng phà ở khúc sông này nữa."
DAYS = {"a": "2025-03-04", "b": "2025-03-02"}


def article(name: str, *sentences: str, credited: str = "") -> Extraction:
    document = Document(f"{name}.txt", "\n".join(sentences), "vi", published=DAYS.get(name))
    mentions: tuple[Mention, ...] = ()
    if credited:
        at = document.text.index(credited)
        span = document.span(at, at + len(credited))
        mentions = (Mention(document.id, span, "organization", credited, credit=True),)
    return Extraction(document, mentions)


def found(*articles: Extraction) -> list[list[str]]:
    """The files of each copied passage."""
    sources = {e.document.id: e.document.source for e in articles}
    return sorted(sorted(sources[p.document] for p in passage.passages) for passage in resolve(articles).copies)


def test_word_for_word_whatever_the_marks_and_the_case() -> None:
    assert found(article("a", FERRY), article("b", FERRY.upper().replace(",", " –"))) == [["a.txt", "b.txt"]]


def test_lightly_edited_or_cut_off() -> None:
    assert found(article("a", FERRY), article("b", EDITED)) == [["a.txt", "b.txt"]]
    assert found(article("a", FERRY), article("b", CUT)) == [["a.txt", "b.txt"]]


def test_told_in_other_words_is_no_copy() -> None:
    assert found(article("a", FERRY), article("b", RETOLD)) == []


def test_a_number_makes_another_report() -> None:
    price = "Giá cà phê tại Đắk Lắk sáng nay tăng nhẹ, thương lái mua vào với giá {} nghìn đồng một cân tại vườn."
    assert found(article("a", price.format(98)), article("b", price.format(101))) == []


def test_a_stock_phrase_is_no_copy() -> None:
    assert found(article("a", "Ông không nói gì thêm."), article("b", "Ông không nói gì thêm.")) == []


def test_a_caption_is_no_copy() -> None:
    caption = "Người dân chờ phà trên bến phía bắc sáng thứ Hai vừa qua (Ảnh: Reuters)."
    pair = [article(name, caption, f"Bài {name}.", credited="Reuters") for name in "ab"]
    assert found(*pair) == []


def test_one_article_copies_nothing_from_itself() -> None:
    assert found(article("a", FERRY, FERRY), article("b", RETOLD)) == []


def test_the_earliest_dated_article_is_the_first_known_place() -> None:
    articles = [article(name, FERRY, f"Tin {name}.") for name in "abc"]
    [passage] = resolve(articles).copies
    assert passage.origin == articles[1].document.id
    [undated] = resolve([article(name, FERRY, f"Tin {name}.") for name in "cd"]).copies
    assert undated.origin is None


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_articles_never_matters(seed: int) -> None:
    articles = [
        article(str(number), text, f"Bản tin số {number}.") for number, text in enumerate([FERRY, EDITED, CUT, RETOLD])
    ]
    shuffled = random.Random(seed).sample(articles, len(articles))  # noqa: S311 - no secret
    assert resolve(shuffled).copies == resolve(articles).copies


@pytest.mark.parametrize("seed", range(20))
def test_what_is_alike_meets_in_a_band(seed: int) -> None:
    """The blocks find what the exact comparison would: a word replaced or left out in each of twenty long sentences."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = tuple(chance.choice(("ba", "be", "bi", "ca", "ce", "ci", "da", "de", "di", "do")) for _ in range(30))
    at = chance.randrange(30)
    other = (*words[:at], *(("xa",) if seed % 2 else ()), *words[at + 1 :])
    assert copies.is_edited(words, other)
    assert set(copies.band_keys(words)) & set(copies.band_keys(other))


def test_words_stand_in_a_copied_passage_of_which_they_are_a_part() -> None:
    articles = [article(name, FERRY, f"Tin {name}.") for name in "ab"]
    passages = resolve(articles).copies
    index, document = Copies.of(passages), articles[0].document
    assert index.copied(document.id, 4, 20) == (passages[0].key,)
    assert index.copied(document.id, len(FERRY) + 1, len(document.text)) == ()


def test_support_counts_origins_not_articles() -> None:
    def count(*evidence: tuple[str, str]) -> int:
        return len(ledger.origins(evidence, lambda e: e[0], lambda e: [e[1]] if e[1] else []))

    assert count(("a", "wire"), ("b", "wire"), ("c", "wire")) == 1
    assert count(("a", "wire"), ("b", "wire"), ("c", "")) == 2
    assert count(("a", ""), ("b", "")) == 2
    assert count(("a", ""), ("a", "")) == 1
    assert count(("a", "wire"), ("b", ""), ("b", "wire")) == 1, "whoever prints the copy knew it"


def test_passages_keep_their_words() -> None:
    extraction = article("a", f"  {FERRY}  ", RETOLD)
    text = extraction.document.text
    sentences = article_of(extraction).sentences
    assert len(sentences) == 2
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in sentences)


def test_a_passage_that_wins_a_copy_leaves_the_others_as_they_were() -> None:
    def passages(names: str, start: int = 0) -> tuple[Passage, ...]:
        return tuple(Passage(name, start, start + 1, "x") for name in names)

    def change(old: str, new: str) -> Change[CopiedPassage]:
        return Change(*(CopiedPassage(names, passages(names)) if names else None for names in (old, new)))

    won = {"ab": change("ab", ""), "abc": change("", "abc")}
    assert copying.moved(won) == {*passages("c")}
    joined = {"ab": change("ab", ""), "cd": change("cd", ""), "abcd": change("", "abcd")}
    assert copying.moved(joined) == {*passages("abcd")}
    parted = {"abcd": change("abcd", ""), "ab": change("", "ab"), "cd": change("", "cd")}
    assert copying.moved(parted) == {*passages("abcd")}
    assert copying.moved({"ab": change("ab", "ab")}) == set()
