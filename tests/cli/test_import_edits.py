"""`kg import-edits` lists what a person changed, takes it when agreed to, and drops it again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import folder, ns
from kg.cli import main
from kg.rdf import iris
from tests.editing.editors import by_triples

PERSON = iris.node("entity", "luu").value


def kg(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    shutil.copytree(small_graph, tmp_path / "graph")
    return tmp_path / "graph"


@pytest.fixture
def edited(graph: Path, tmp_path: Path) -> Path:
    kg("export", graph, "-o", tmp_path / "export.owl")
    steps = [("label", PERSON, "vi", "Ông Lựu"), ("type", PERSON, ns.Award.value)]
    return by_triples(tmp_path / "export.owl", steps, tmp_path / "edited.ttl")


def test_a_dry_run_lists_and_changes_nothing(graph: Path, edited: Path) -> None:
    done = kg("import-edits", graph, edited, "--dry-run", "--lang", "en")
    assert done.exit_code == 0
    assert "renamed “Trần Văn Lựu”: Trần Văn Lựu (vi) → Ông Lựu (vi)" in done.stdout
    assert "class of “Trần Văn Lựu”: Person → Award" in done.stdout
    assert "shape: the graph would not conform" in done.stdout
    assert not (graph / folder.OVERLAY).exists()


def test_it_speaks_vietnamese(graph: Path, edited: Path) -> None:
    done = kg("import-edits", graph, edited, "--dry-run", "--lang", "vi")
    assert "đổi tên “Trần Văn Lựu”: Trần Văn Lựu (vi) → Ông Lựu (vi)" in done.stdout
    assert "chỉnh sửa không có hiệu lực" in done.stdout


@pytest.mark.parametrize(("answer", "taken"), [("y\n", True), ("n\n", False)])
def test_it_asks_before_it_takes(graph: Path, edited: Path, answer: str, taken: bool) -> None:  # noqa: FBT001
    done = kg("import-edits", graph, edited, "--why", "asked him", "--by", "the desk", "--lang", "en", stdin=answer)
    assert done.exit_code == 0
    assert "Take these edits?" in done.stderr
    assert (graph / folder.OVERLAY).exists() is taken


@pytest.mark.parametrize(("options", "taken"), [([], False), (["--yes"], True)])
def test_json_takes_only_what_was_agreed_to(graph: Path, edited: Path, options: list[str], taken: bool) -> None:  # noqa: FBT001
    done = kg("import-edits", graph, edited, "--json", "--why", "asked him", *options)
    found = json.loads(done.stdout)
    assert sorted(edit["kind"] for edit in found["edits"]) == ["rename", "retype"]
    assert [conflict["reason"] for conflict in found["conflicts"]] == ["shape"]
    assert (found["taken"], (graph / folder.OVERLAY).exists()) == (taken, taken)


def test_taken_edits_are_listed_shown_and_dropped(graph: Path, edited: Path) -> None:
    before = (graph / folder.MANIFEST).read_bytes()
    done = kg("import-edits", graph, edited, "--yes", "--why", "asked\nhim", "--by", "the desk", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    assert done.stderr == "edits taken: 2; there already: 0\n"
    listed = json.loads(kg("import-edits", graph, "--list", "--json").stdout)
    assert sorted((one["kind"], one["by"], one["why"]) for one in listed) == [
        ("rename", "the desk", "asked him"),
        ("retype", "the desk", "asked him"),
    ]
    [conflict] = json.loads(kg("import-edits", graph, "--conflicts", "--json").stdout)
    assert (conflict["reason"], conflict["in_force"], conflict["edit"]["kind"]) == ("shape", False, "retype")
    assert "shape: the graph would not conform" in kg("import-edits", graph, "--conflicts", "--lang", "en").stdout
    shown = kg("show", graph, PERSON, "--lang", "en").stdout
    assert "edited by hand:\n  Edit: renamed" in shown
    assert "the desk" in kg("why", graph, PERSON, "--lang", "en").stdout
    key = conflict["edit"]["key"]
    assert kg("import-edits", graph, "--drop", key, "--lang", "en").stderr == "edits dropped: 1\n"
    assert kg("import-edits", graph, "--drop", "all", "--lang", "en").stderr == "edits dropped: 1\n"
    assert (graph / folder.MANIFEST).read_bytes() == before
    assert not (graph / folder.OVERLAY).exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give one of FILE"),
        (["--list", "--conflicts"], "give one of FILE"),
        (["{edited}", "--yes"], "say with --why"),
        (["--drop", "0123"], "has no edit 0123"),
    ],
)
def test_a_wrong_call_is_refused(graph: Path, edited: Path, arguments: list[str], message: str) -> None:
    done = kg("import-edits", graph, *(argument.format(edited=edited) for argument in arguments))
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#">', "OWL/XML"),
        ("Prefix(:=<http://example.org/>)\nOntology(<http://example.org/>)", "OWL functional syntax"),
        ("Prefix: : <http://example.org/>\nOntology: <http://example.org/>", "Manchester syntax"),
        ('{"@context": {}}', "JSON-LD"),
        ("format-version: 1.2", "OBO format"),
    ],
)
def test_another_format_is_refused_with_how_to_save(graph: Path, tmp_path: Path, content: str, name: str) -> None:
    file = tmp_path / "saved"
    file.write_text(content, encoding="utf-8")
    done = kg("import-edits", graph, file, "--dry-run")
    assert done.exit_code == 3
    assert f"is in {name}, which is not read here" in done.stderr
    assert "File, Save as, RDF/XML Syntax" in done.stderr


def test_a_file_of_another_graph_is_refused(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.ttl"
    file.write_text("<http://example.org/a> a <http://example.org/B> .", encoding="utf-8")
    done = kg("import-edits", graph, file, "--dry-run")
    assert (done.exit_code, "does not say which exported graph" in done.stderr) == (2, True)
