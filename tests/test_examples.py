"""The example articles are our own, are described, and become a graph that answers every saved question."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

import kg
from kg import questions, readers
from kg.model import Document
from kg.questions import SavedQuestion
from kg.store import Rows

CHECKOUT = Path(__file__).resolve().parents[1]
ARTICLES = sorted((CHECKOUT / "examples" / "articles").glob("*.txt"))
HEADER = re.compile(r"^ date \d{4}-\d{2}-\d{2} ")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def answer(graph: Path, query: str) -> Rows:
    found = kg.query(graph, query)
    assert isinstance(found, Rows)
    return found


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def test_there_are_enough_articles_and_one_has_no_date() -> None:
    assert len(ARTICLES) >= 10
    assert sum(not HEADER.match(path.read_text(encoding="utf-8")) for path in ARTICLES) == 1


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_is_short_nfc_and_described(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert 120 <= len(text.split()) <= 350
    assert f"`{path.stem}`" in (CHECKOUT / "examples" / "README.md").read_text(encoding="utf-8")


@pytest.mark.shared
def test_no_sentence_is_taken_from_the_shared_articles(shared: Path) -> None:
    ours = {run for path in ARTICLES for run in runs(path.read_text(encoding="utf-8"), 9)}
    for folder in ("seeds", "eval/bkee-dev"):
        for path in sorted((shared / folder).glob("*.txt")):
            text = path.read_text(encoding="utf-8").replace("_", " ")
            assert not ours & runs(text, 9), f"{path.name} has words in common"


@pytest.mark.parametrize("name", ["tau-dem.html", "tin-ngan.jsonl"])
def test_the_other_formats_are_read(name: str) -> None:
    path = CHECKOUT / "examples" / "formats" / name
    found = list(readers.read([path]))
    assert all(isinstance(item, Document) for item in found)
    assert any(item.published for item in found if isinstance(item, Document))


def test_the_web_page_is_read_without_what_stands_around_the_article() -> None:
    page = next(iter(readers.read([CHECKOUT / "examples" / "formats" / "tau-dem.html"])))
    assert isinstance(page, Document)
    assert "318 khách" in page.text
    assert "Giảm giá" not in page.text
    assert "Bình luận" not in page.text


def test_the_graph_of_the_examples_holds_every_article(demo_graph: Path) -> None:
    found = {name for name, *_ in answer(demo_graph, questions.find("articles").text)}
    assert found == {path.name for path in ARTICLES}


def test_a_contested_number_keeps_every_source(demo_graph: Path) -> None:
    query = """
        PREFIX nk: <https://w3id.org/newskg/ontology#>
        SELECT DISTINCT ?less ?more WHERE {
          ?a nk:competesWith|^nk:competesWith ?b ; nk:quantity/nk:stated ?less ; nk:answers/nk:measure nk:killed .
          ?b nk:quantity/nk:stated ?more . FILTER(?less < ?more)
        }"""
    assert {(24, 37), (24, 41), (3, 5)} <= set(answer(demo_graph, query))


@pytest.mark.parametrize("question", questions.saved(), ids=lambda question: question.name)
def test_a_saved_question_has_a_title_in_both_languages_and_an_answer(
    question: SavedQuestion, demo_graph: Path
) -> None:
    assert all(question.titles[language].endswith("?") for language in ("vi", "en"))
    assert answer(demo_graph, question.text)


def test_every_line_of_json_has_a_name_of_its_own() -> None:
    lines = (CHECKOUT / "examples" / "formats" / "tin-ngan.jsonl").read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["source"] for line in lines]
    assert len(set(names)) == len(names)
