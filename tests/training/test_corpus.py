"""Reading and checking `.news` files: the corpus in the checkout, and every mistake that one can make in one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from training import corpus
from training.articles import Article, Span, held_out

GOOD = """\
### crime-001 | published=2025-03-14 | genre=brief
{nom:1|Bộ trưởng} {person:1|Trần Quang Lộc} {ev:e1:Visit|thăm} {place:2|Lào} {time:2025-03-12|hôm 12/3} {dur:P3D|ba ngày}.
{organization:3|TTXVN} nói {qty:40~|khoảng 40} người đi cùng. ({person:4!|Minh Hà})
---
e1 Visit agent=1 destination=2 time=2025-03-12 quantity=40~ modality=reported source=3 cue="nói"
said source=3 cue="nói" about="khoảng 40 người đi cùng"
"""


def news(folder: Path, text: str) -> Path:
    path = folder / "some.news"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    found: list[str] = []
    corpus.read_articles(news(folder, text), found)
    return found


@pytest.fixture(scope="module")
def ours() -> tuple[list[Article], list[str]]:
    return corpus.read([])


@pytest.fixture
def article(tmp_path: Path) -> Article:
    (found,) = corpus.read_articles(news(tmp_path, GOOD), [])
    return found


def spans(article: Article) -> list[Span]:
    found: list[Span] = [*article["mentions"], *article["nominals"], *article["triggers"]]
    return [*found, *article["times"], *article["durations"], *article["quantities"]]


# --- the corpus in the checkout -------------------------------------------------------------------------------------


def test_the_corpus_has_a_folder_for_each_language() -> None:
    assert corpus.languages() == ["en", "vi"]
    assert all(any(corpus.folder(language).glob("*.news")) for language in corpus.languages())


def test_one_id_may_stand_in_two_languages_but_not_twice_in_one(tmp_path: Path) -> None:
    for language in ("en", "vi"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "crime.news").write_text(GOOD, encoding="utf-8")
    folders = [tmp_path / "en", tmp_path / "vi"]
    assert corpus.read(folders)[1] == []
    (tmp_path / "en" / "more.news").write_text(GOOD, encoding="utf-8")
    assert corpus.read(folders)[1] == ["id crime-001 used 2 times"]


def test_our_corpus_has_no_problems(ours: tuple[list[Article], list[str]]) -> None:
    assert ours[1] == []


def test_the_second_reading_has_no_problems_and_the_same_texts() -> None:
    for language in ("vi", "en"):
        again, found = corpus.read([corpus.CORPUS.with_name("second_reading") / language])
        first, _ = corpus.read([corpus.CORPUS / language])
        texts = {article["id"]: article["text"] for article in first}
        assert found == []
        assert again
        assert [article["id"] for article in again if texts.get(article["id"]) != article["text"]] == []


def test_stripping_the_markup_of_our_corpus_gives_the_texts() -> None:
    found: list[str] = []
    for path in corpus.files([]):
        for block in corpus.read_blocks(path, found):
            text = corpus.article_of(block)[0]["text"]
            assert re.sub(r"\{[^|{}]*\||\}", "", block.body) == text


def test_every_span_of_our_corpus_reads_back(ours: tuple[list[Article], list[str]]) -> None:
    for article in ours[0]:
        assert all(article["text"][span["start"] : span["end"]] == span["text"] for span in spans(article))


def test_about_a_tenth_of_every_file_is_held_out() -> None:
    for path in corpus.files([]):
        found = corpus.read_articles(path, [])
        assert 0.05 < sum(map(held_out, found)) / len(found) < 0.15


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    blocks = [block for path in corpus.files([])[:3] for block in corpus.read_blocks(path, [])]
    path = news(tmp_path, "\n".join(corpus.written(block) for block in blocks))
    assert corpus.read_blocks(path, []) == blocks


# --- what an article holds ------------------------------------------------------------------------------------------


def test_an_article_is_a_mapping(article: Article) -> None:
    assert list(article) == [
        *("id", "published", "genre", "text", "mentions", "nominals", "times", "durations"),
        *("quantities", "triggers", "events", "said"),
    ]
    assert article["text"].startswith("Bộ trưởng Trần Quang Lộc thăm Lào hôm 12/3 ba ngày.\nTTXVN nói")
    assert (article["id"], article["published"], article["genre"]) == ("crime-001", "2025-03-14", "brief")


def test_spans_say_what_they_are(article: Article) -> None:
    assert article["mentions"][0] == {
        "start": 10,
        "end": 24,
        "text": "Trần Quang Lộc",
        "type": "person",
        "entity": "1",
    }
    assert article["mentions"][-1].get("credit") is True
    assert article["nominals"][0]["entities"] == ["1"]
    assert article["triggers"][0]["class"] == "Visit"
    assert [article[key][0]["value"] for key in ("times", "durations", "quantities")] == ["2025-03-12", "P3D", "40~"]


def test_lines_say_who_did_what(article: Article) -> None:
    assert article["events"][0]["agent"] == "1"
    assert article["events"][0]["class"] == "Visit"
    assert article["said"] == [{"source": "3", "cue": "nói", "about": "khoảng 40 người đi cùng"}]


def test_letters_are_composed_and_an_undated_article_has_no_date(tmp_path: Path) -> None:
    text = "### a-1 | published=none\nHa\u0300 No\u0323\u0302i\n"
    (found,) = corpus.read_articles(news(tmp_path, text), [])
    assert (found["text"], found["published"], found["genre"]) == ("Hà Nội", None, "article")


# --- mistakes -------------------------------------------------------------------------------------------------------


def test_a_good_article_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("genre=brief", "genre=essay", "unknown genre 'essay'"),
        ("published=2025-03-14 | ", "", "no published="),
        ("published=2025-03-14", "published=14/3/2025", "published=14/3/2025 is no day"),
        ("crime-001", "crime", "id 'crime' should be"),
        ("crime-001", "../x-1", "id '../x-1' should be"),
        ("{place:2|Lào}", "{place:2|}", "empty or padded span ''"),
        ("{place:2|Lào}", "{place:2|Lào }", "empty or padded span 'Lào '"),
        ("{place:2|Lào}", "{country:2|Lào}", "unknown markup 'country:2'"),
        ("{place:2|Lào}", "{place:|Lào}", "entity number missing in {place:|Lào}"),
        ("{place:2|Lào}", "{place:1|Lào}", "entity 1 is person and place (Lào)"),
        ("{place:2|Lào}", "{place:2|Lào", "unclosed {place:2|"),
        ("{place:2|Lào}", "{place|Lào}", "entity number missing"),
        ("{nom:1|", "{nom:x|", "entity number missing in {nom:x|"),
        ("{time:2025-03-12|", "{time:12/3|", "time '12/3' is no such value"),
        ("{dur:P3D|", "{dur:3D|", "duration '3D' is no such value"),
        ("{qty:40~|", "{qty:vài|", "quantity 'vài' is no such value"),
        ("e1:Visit|", "e1:Trip|", "unknown event class 'Trip'"),
        ("e1:Visit|", "e1:Travel|", "event e1 is Travel in the text, Visit below"),
        ("e1:Visit|", "e2:Visit|", "trigger e2 has no event line"),
        ("e1:Visit|", "e2:Visit|", "event e1 has no trigger in the text"),
        ("destination=2", "whither=2", "unknown role 'whither'"),
        ("destination=2", "destination=Lào", "destination='Lào' should be entity numbers"),
        ("destination=2", "destination=1,9", "destination=9 is no entity of the article"),
        ("destination=2", "destination 2", "'destination 2' is no field of the line"),
        ("destination=2", "destination=2 destination=3", "a field stands twice"),
        ("time=2025-03-12", "time=2025-03-32", "time='2025-03-32' is no such value"),
        ("quantity=40~", "quantity=~40", "quantity='~40' is no such value"),
        ("modality=reported", "modality=sure", "modality='sure' is no such value"),
        ("modality=reported", "polarity=positive", "polarity='positive' is no such value"),
        ('source=3 cue="nói"\n', 'source=3 cue="kêu"\n', "cue 'kêu' does not stand in the article"),
        ("said source=3", "said", "said without source"),
        ("said source=3", "said source=8", "source=8 is no entity of the article"),
        ('about="khoảng 40', 'about="hơn 50', 'about="hơn 50 người đi cùng" does not stand in the article'),
        ("said source", "e1 Visit source", "event e1 has 2 lines"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(line.startswith("some.news:") and problem in line for line in found), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "should begin with the heading"),
        ("words\n", "should begin with the heading"),
        ("words\n" + GOOD, "should begin with the heading"),
        ("### ", "no published="),
        ("### a-1 | published=none", "no text"),
        ("### a-1 | published=none\n---\nsaid\n", "no text"),
        ("### a-1 | published=none\n\n---", "no text"),
        ("### a-1 | published=none\n" + "{" * 50_000, "'{' without '|'"),
        ("### a-1 | published=none\n" + "{nom:1|" * 20_000 + "x", "unclosed {nom:1|"),
        ("### a-1 | published=none\nx\n---\ne1 Visit " + '"=' * 50_000, "no field of the line"),
        ("### a-1 | published=none\nx\n---\n" + "w" * 200_000, "has no trigger in the text"),
        ("### a-1 | published=none\n{\x00:1|x}\n", "unknown markup '\\x00:1'"),
    ],
)
def test_a_hostile_file_has_problems_and_no_traceback(tmp_path: Path, text: str, problem: str) -> None:
    assert any(problem in line for line in problems(tmp_path, text))


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "some.news").write_bytes(b"### a-1\n\xff\xfe")
    assert corpus.read([tmp_path])[1][0].startswith("some.news: no UTF-8")


def test_no_id_stands_twice(tmp_path: Path) -> None:
    assert corpus.read([news(tmp_path, GOOD + "\n" + GOOD)])[1] == ["id crime-001 used 2 times"]


def test_training_stops_at_problems(tmp_path: Path) -> None:
    news(tmp_path, GOOD.replace("brief", "essay"))
    with pytest.raises(SystemExit, match="unknown genre 'essay'"):
        corpus.articles(tmp_path)


# --- the command line -----------------------------------------------------------------------------------------------


def test_check_says_that_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus.main(["check", str(news(tmp_path, GOOD))]) == 0
    assert capsys.readouterr().out == "1 articles, no problems\n"


def test_check_lists_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus.main(["check", str(news(tmp_path, GOOD.replace("brief", "essay")))]) == 1
    assert capsys.readouterr().out == "some.news:crime-001: unknown genre 'essay'\n1 articles, 1 problems\n"


def test_gold_writes_text_and_annotations(tmp_path: Path) -> None:
    assert corpus.main(["gold", str(news(tmp_path, GOOD)), "-o", str(tmp_path / "gold")]) == 0
    written = json.loads((tmp_path / "gold" / "crime-001.json").read_text(encoding="utf-8"))
    text = (tmp_path / "gold" / "crime-001.txt").read_text(encoding="utf-8")
    assert (written["doc"], written["language"]) == ("crime-001.txt", "vi")
    assert {"id": "crime-001#2", "type": "place"} in written["entities"]
    assert all(text[m["start"] : m["end"]] == m["text"] for m in written["mentions"])


def test_gold_has_the_language_that_is_asked_for(tmp_path: Path) -> None:
    assert corpus.main(["gold", str(news(tmp_path, GOOD)), "--language", "en", "-o", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "crime-001.json").read_text(encoding="utf-8"))["language"] == "en"


def test_no_gold_is_made_of_a_corpus_with_problems(tmp_path: Path) -> None:
    assert corpus.main(["gold", str(news(tmp_path, GOOD.replace("crime-001", "../x"))), "-o", str(tmp_path / "g")]) == 1
    assert not (tmp_path / "g").exists()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such file"):
        corpus.main(["check", str(tmp_path / "none.news")])
