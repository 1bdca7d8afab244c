"""The command `kg coverage`: which sentences nothing was taken from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import log
from kg.cli import main
from kg.coverage import coverage


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["coverage", *map(str, arguments)])


@pytest.fixture(scope="module")
def texts(small_graph: Path) -> dict[str, str]:
    lines = log.read_lines(small_graph / "records.db")
    return {line["source"]: line["text"] for line in lines if line["record"] == "document"}


def test_every_sentence_reads_as_it_stands_in_the_article(small_graph: Path, texts: dict[str, str]) -> None:
    for article in coverage(small_graph):
        text = texts[article.source]
        assert [text[s.start : s.end] for s in article.sentences] == [s.words for s in article.sentences]
        assert sum(article.characters.values()) == sum(len(sentence.words) for sentence in article.sentences)


def test_what_was_taken_from_each_sentence(small_graph: Path) -> None:
    flood = {article.source: article for article in coverage(small_graph)}["lu-song-ma.txt"]
    assert [sentence.taken for sentence in flood.sentences] == [
        "nothing",
        "statement",
        "statement",
        "statement",
        "names",
    ]
    assert flood.characters["nothing"] > len("Lũ trên sông Mã làm nhiều người chết")
    assert flood.characters["names"] >= len("Đài Miền Xanh")


def test_silent_sentences_stand_article_by_article_with_offsets(small_graph: Path) -> None:
    done = run(small_graph)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert "  0-36 nothing: “Lũ trên sông Mã làm nhiều người chết”" in lines
    assert lines[lines.index("lu-song-ma.txt") + 2].endswith("only names: “(Ảnh: Đài Miền Xanh)”")
    table = [line.split() for line in lines[-4:]]
    assert [row[0] for row in table] == ["a", "only", "nothing", "all"]
    assert done.stderr == ""


def test_more_than_the_limit_is_said(small_graph: Path) -> None:
    done = run(small_graph, "--limit", 1)
    assert done.stdout.count("“") == 1
    assert "more than --limit 1: " in done.stderr
    assert run(small_graph, "--limit", 0).stdout.startswith("taken from it")


def test_json_has_all_sentences_and_the_same_counts(small_graph: Path) -> None:
    found = json.loads(run(small_graph, "--json", "--limit", 1).stdout)
    silent = [sentence for article in found["articles"] for sentence in article["silent"]]
    assert len(silent) == found["sentences"]["names"] + found["sentences"]["nothing"] > 1
    for what in ("sentences", "characters"):
        for taken, number in found[what].items():
            assert number == sum(article[what][taken] for article in found["articles"])


def test_without_a_graph_the_store_cannot_be_used(tmp_path: Path) -> None:
    done = run(tmp_path / "none")
    assert done.exit_code == 4
    assert "there is no such graph folder" in done.stderr
