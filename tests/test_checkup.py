"""The doctor finds what is unsound, and says what it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg import checkup, log, resources


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    """A graph folder that a test may damage."""
    return shutil.copytree(small_graph, tmp_path / "graph")


def unsound(graph: Path) -> dict[str, str]:
    return {check.name: check.found for check in checkup.graph(graph) if not check.sound}


def test_the_installation_is_looked_at() -> None:
    checks = {check.name: check for check in checkup.installation()}
    assert {"Python", "package spacy", "ontology", "shapes", "saved questions", "languages"} <= checks.keys()
    assert checks["Python"].sound
    assert checks["word segmenter (pyvi)"].sound
    assert "classes" in checks["ontology"].found


def test_what_is_missing_is_unsound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "kg")
    (tmp_path / "kg" / "languages").mkdir(parents=True)
    checks = {check.name: check for check in checkup.installation()}
    for name in ("ontology", "shapes", "saved questions", "languages", "kg.ns in step with the ontology"):
        assert not checks[name].sound, name


def test_a_sound_graph_has_no_findings(graph: Path) -> None:
    assert unsound(graph) == {}
    assert {check.name for check in checkup.graph(graph)} == {"manifest", "quads", "articles", "spans"}


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    assert "no such graph" in unsound(tmp_path / "none")["manifest"]


def test_another_hash_in_the_manifest(graph: Path) -> None:
    manifest = json.loads((graph / "manifest.json").read_text(encoding="utf-8"))
    (graph / "manifest.json").write_text(json.dumps({**manifest, "sha256": "0"}), encoding="utf-8")
    assert "not what the manifest says" in unsound(graph)["quads"]


def test_a_kept_article_that_changed_or_went(graph: Path) -> None:
    first, second = sorted((graph / "articles").iterdir())
    first.write_bytes(b"another text")
    second.unlink()
    assert unsound(graph)["articles"].startswith("1 changed, 1 missing")


def test_a_span_that_does_not_read_its_words(graph: Path) -> None:
    extractions, resolution = log.load(graph / "records.db")
    told = log.encode({"lines": list(log.lines(extractions, resolution))}).decode()
    changed = json.loads(told.replace("thiệt mạng trong trận lũ", "thiệt mạng  trong trận lũ"))
    (graph / "records.db").unlink()
    log.write(graph / "records.db", changed["lines"])
    assert "does not read" in unsound(graph)["spans"]


def test_a_damaged_table(graph: Path) -> None:
    for table in (graph / "store").glob("*.sst"):
        content = bytearray(table.read_bytes())
        content[40:200] = bytes(160)
        table.write_bytes(content)
    assert "quads" in unsound(graph)
