"""The doctor finds what is unsound, and says what it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import checkup, resources


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
    assert {check.name for check in checkup.graph(graph)} == {"manifest", "files", "quads"}


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    assert "no such graph" in unsound(tmp_path / "none")["manifest"]


def test_files_that_are_missing_too_many_or_of_another_size_are_seen_at_a_glance(graph: Path) -> None:
    first, second = sorted((graph / "articles").iterdir())
    first.unlink()
    second.write_bytes(b"shorter")
    (graph / "store" / "notes.txt").write_text("mine", encoding="utf-8")
    assert unsound(graph)["files"].startswith("1 missing, 1 too many, 1 of another size: articles/")


def test_a_table_that_is_gone(graph: Path) -> None:
    for table in (graph / "store").glob("*.sst"):
        table.unlink()
    assert "quads" in unsound(graph)
