"""The example articles are our own, are described, and become a graph that answers every saved question."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

import kg
from kg import readers

CHECKOUT = Path(__file__).resolve().parents[1]
ARTICLES = sorted((CHECKOUT / "examples" / "articles").glob("*.txt"))
QUERIES = sorted((CHECKOUT / "queries").glob("*.rq"))
HEADER = re.compile(r"^ date \d{4}-\d{2}-\d{2} ")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def test_there_are_enough_articles_and_one_has_no_date():
    assert len(ARTICLES) >= 10
    assert sum(not HEADER.match(path.read_text(encoding="utf-8")) for path in ARTICLES) == 1


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_is_short_nfc_and_described(path):
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert 120 <= len(text.split()) <= 350
    assert f"`{path.stem}`" in (CHECKOUT / "examples" / "README.md").read_text(encoding="utf-8")


@pytest.mark.shared
def test_no_sentence_is_taken_from_the_shared_articles(shared):
    ours = {run for path in ARTICLES for run in runs(path.read_text(encoding="utf-8"), 9)}
    for folder in ("seeds", "eval/bkee-dev"):
        for path in sorted((shared / folder).glob("*.txt")):
            text = path.read_text(encoding="utf-8").replace("_", " ")
            assert not ours & runs(text, 9), f"{path.name} has words in common"


@pytest.mark.parametrize("name", ["tau-dem.html", "tin-ngan.jsonl"])
def test_the_other_formats_are_read(name):
    path = CHECKOUT / "examples" / "formats" / name
    found = list(readers.read([path]))
    assert {type(item).__name__ for item in found} == {"Document"}
    assert found[0].published is not None


def test_the_web_page_is_read_without_what_stands_around_the_article():
    page = next(iter(readers.read([CHECKOUT / "examples" / "formats" / "tau-dem.html"])))
    assert "318 khách" in page.text
    assert "Giảm giá" not in page.text
    assert "Bình luận" not in page.text


def test_the_graph_of_the_examples_holds_every_article(demo_graph):
    found = {row[0] for row in kg.query(demo_graph, (CHECKOUT / "queries" / "articles.rq").read_text(encoding="utf-8"))}
    assert found == {path.name for path in ARTICLES}


def test_a_contested_number_keeps_every_source(demo_graph):
    query = """
        PREFIX nk: <https://w3id.org/newskg/ontology#>
        SELECT DISTINCT ?less ?more WHERE {
          ?a nk:competesWith|^nk:competesWith ?b ; nk:quantity/nk:stated ?less ; nk:answers/nk:measure nk:killed .
          ?b nk:quantity/nk:stated ?more . FILTER(?less < ?more)
        }"""
    pairs = {(int(float(less)), int(float(more))) for less, more in kg.query(demo_graph, query)}
    assert {(24, 37), (24, 41), (3, 5)} <= pairs


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_saved_question_has_a_title_in_both_languages_and_an_answer(path, demo_graph):
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# vi: \S.*\?\n# en: \S.*\?\n", text)
    assert list(kg.query(demo_graph, text))


def test_every_line_of_json_has_a_name_of_its_own():
    lines = (CHECKOUT / "examples" / "formats" / "tin-ngan.jsonl").read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["source"] for line in lines]
    assert len(set(names)) == len(names)
