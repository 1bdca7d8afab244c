"""The command `kg eval`: annotations of one's own against a graph, a record export, or a build made for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg import log
from kg.cli import main

FLOOD: dict[str, Any] = {
    "doc": "lu-song-ma.txt",
    "entities": [
        {"id": "luu", "type": "person"},
        {"id": "mori", "type": "person"},
        {"id": "japan", "type": "place", "wikidata": "Q17"},
        {"id": "river", "type": "place"},
    ],
    "mentions": [
        {"start": 13, "end": 15, "text": "Mã", "entity": "river"},
        {"start": 147, "end": 159, "text": "Trần Văn Lựu", "entity": "luu"},
        {"start": 180, "end": 188, "text": "Nhật Bản", "entity": "japan"},
        {"start": 189, "end": 199, "text": "Mori Kenji", "entity": "mori"},
    ],
    "facts": [
        {
            "id": "f1",
            "type": "PhoneCall",
            "roles": {"participant": ["luu", "mori"]},
            "time": "2025-09-05",
            "evidence": {"start": 133, "end": 199},
        }
    ],
}


def run(*arguments: object, **options: Any) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, arguments)], **options)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "lu-song-ma.json").write_text(json.dumps(FLOOD), encoding="utf-8")
    return folder


def test_a_table_of_figures(gold: Path, small_graph: Path) -> None:
    done = run(gold, small_graph)
    assert done.exit_code == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["1", "annotated", "articles"]
    assert lines[2] == ["figure", "precision", "recall", "F1", "right", "found", "annotated"]
    assert ["person", "1.000", "1.000", "1.000", "2", "2", "2"] in lines
    assert ["arguments", "1.000", "2", "2"] in lines
    assert done.stderr == ""


def test_an_export_gives_the_same_figures_as_its_graph(gold: Path, small_graph: Path, tmp_path: Path) -> None:
    exported = CliRunner().invoke(main, ["export", str(small_graph), "--format", "jsonl"]).stdout
    (tmp_path / "records.jsonl").write_text(exported, encoding="utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    for record in log.read_lines(small_graph / "records.db", "document"):
        (articles / record["source"]).write_text(record["text"], encoding="utf-8")
    graph = json.loads(run(gold, small_graph, "--json").stdout)
    assert graph["figures"]["evidence.words"]["precision"] == 1
    assert json.loads(run(gold, tmp_path / "records.jsonl", "--texts", articles, "--json").stdout) == graph
    assert json.loads(run(gold, "-", "--texts", articles, "--json", input=exported).stdout) == graph


def test_misses_are_one_line_each(gold: Path, small_graph: Path) -> None:
    done = run(gold, small_graph, "--misses")
    assert "lu-song-ma.txt\tname missed\tplace\tMã" in done.stdout.splitlines()
    found = json.loads(run(gold, small_graph, "--misses", "--json").stdout)
    assert {"source": "lu-song-ma.txt", "what": "name missed", "which": "place", "words": "Mã"} in found["misses"]


def test_words_of_annotations_do_not_steer_the_terminal(gold: Path, small_graph: Path) -> None:
    changed = {**FLOOD, "mentions": [{"start": 0, "end": 3, "text": "\x1b[31m\t", "entity": "river"}]}
    (gold / "lu-song-ma.json").write_text(json.dumps(changed), encoding="utf-8")
    done = run(gold, small_graph, "--misses")
    assert "\x1b" not in done.stdout
    assert "annotation misplaced\t0-3\t\\x1b[31m " in done.stdout


def test_an_annotated_article_that_was_not_built_is_named(gold: Path, small_graph: Path) -> None:
    (gold / "khac.json").write_text(json.dumps({**FLOOD, "doc": "khac.txt"}), encoding="utf-8")
    done = run(gold, small_graph)
    assert done.exit_code == 0
    assert "khac.txt" in done.stderr


def test_records_without_triggers_are_told(gold: Path, small_graph: Path) -> None:
    events = {
        "triggers": [{"start": 160, "end": 168, "event": "e1"}],
        "events": [{"id": "e1", "class": "PhoneCall", "participant": "luu,mori"}],
    }
    (gold / "lu-song-ma.json").write_text(json.dumps({**FLOOD, **events}), encoding="utf-8")
    found = json.loads(run(gold, small_graph, "--json").stdout)["figures"]["events"]
    assert found["gold"] == 1
    assert found["found"] or "trigger" in run(gold, small_graph).stderr


def test_without_a_graph_the_articles_beside_the_annotations_are_built(tmp_path: Path) -> None:
    text = "Chủ tịch tỉnh Trần Văn Lựu thăm Nhật Bản."
    (tmp_path / "tham.txt").write_text(text, encoding="utf-8")
    start = text.index("Nhật Bản")
    mentions = [{"start": start, "end": start + 8, "text": "Nhật Bản", "entity": "japan"}]
    (tmp_path / "tham.json").write_text(json.dumps({**FLOOD, "doc": "tham.txt", "mentions": mentions, "facts": []}))
    done = run(tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["figures"]["mentions.type.place"]["right"] == 1


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [(None, 3, "tham.txt: no such file"), (b"", 3, "none of the annotated articles could be read")],
)
def test_articles_that_cannot_be_built(tmp_path: Path, content: bytes | None, code: int, message: str) -> None:
    (tmp_path / "tham.json").write_text(json.dumps({**FLOOD, "doc": "tham.txt"}))
    if content is not None:
        (tmp_path / "tham.txt").write_bytes(content)
    done = run(tmp_path)
    assert done.exit_code == code
    assert message in done.stderr


@pytest.mark.parametrize(
    ("records", "code", "message"),
    [("none.jsonl", 3, "no such graph folder or record export"), (".", 4, "is not a graph folder")],
)
def test_records_that_cannot_be_read(gold: Path, tmp_path: Path, records: str, code: int, message: str) -> None:
    done = run(gold, tmp_path / records)
    assert done.exit_code == code
    assert message in done.stderr
    assert done.stdout == ""


def test_wrong_annotations_are_named_with_file_and_field(gold: Path, small_graph: Path) -> None:
    (gold / "x.json").write_text('{"doc": 3}', encoding="utf-8")
    done = run(gold, small_graph)
    assert done.exit_code == 3
    assert "x.json: doc is 3; it must be a text" in done.stderr
