"""The reading side of the command line: query, show, why, stats, export, doctor, and how they fail."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import pytest
from click.testing import CliRunner, Result

from kg import plugins, questions
from kg.cli import main
from kg.rdf import iris

PEOPLE = "SELECT ?x ?l { ?x a nk:Person ; rdfs:label ?l FILTER(LANG(?l) = 'vi') } ORDER BY ?l"


def kg(*arguments: object, **options: Any) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


def test_a_table_goes_to_stdout_and_its_length_to_stderr(small_graph: Path) -> None:
    done = kg("query", small_graph, PEOPLE)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["x", "l"]
    assert lines[2].rstrip().split(maxsplit=1) == [iris.node("entity", "mori").value, "Mori Kenji"]
    assert done.stderr == "2 rows\n"
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("json", lambda text: [b["l"]["value"] for b in json.loads(text)["results"]["bindings"]]),
        ("csv", lambda text: [row["l"] for row in csv.DictReader(io.StringIO(text))]),
        ("tsv", lambda text: [line.split("\t")[1].split('"')[1] for line in text.splitlines()[1:]]),
        ("xml", lambda text: [part.split("<")[0] for part in text.split('xml:lang="vi">')[1:]]),
    ],
)
def test_rows_in_formats_for_programs(small_graph: Path, form: str, read: Callable[[str], list[str]]) -> None:
    done = kg("query", small_graph, PEOPLE, "--format", form)
    assert read(done.stdout) == ["Mori Kenji", "Trần Văn Lựu"]


def test_ask_says_yes_or_no(small_graph: Path) -> None:
    assert kg("query", small_graph, "ASK { ?x a nk:PhoneCall }").stdout == "yes\n"
    assert kg("query", small_graph, "ASK { ?x a nk:Sanction }").stdout == "no\n"
    assert json.loads(kg("query", small_graph, "ASK {}", "--format", "json").stdout)["boolean"] is True


def test_triples_are_turtle_unless_asked_otherwise(small_graph: Path) -> None:
    text = "CONSTRUCT WHERE { ?x a nk:Person }"
    assert "a nk:Person" in kg("query", small_graph, text).stdout
    assert kg("query", small_graph, text, "--format", "nt").stdout.count("\n") == 2
    assert kg("query", small_graph, "DESCRIBE nk:x", "--format", "nt").stdout == ""


@pytest.mark.parametrize(
    ("text", "form"), [(PEOPLE, "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"), ("DESCRIBE <a:b>", "table")]
)
def test_a_format_of_the_other_kind_is_a_wrong_call_with_a_hint(small_graph: Path, text: str, form: str) -> None:
    done = kg("query", small_graph, text, "--format", form)
    assert done.exit_code == 2
    assert "choose one of" in done.stderr


def test_a_query_comes_from_a_file_or_stdin_or_by_name(small_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK {}", encoding="utf-8")
    assert kg("query", small_graph, "--file", tmp_path / "q.rq").stdout == "yes\n"
    assert kg("query", small_graph, "-f", "-", input="ASK {}").stdout == "yes\n"
    assert kg("query", small_graph, "--saved", questions.saved()[0].name).exit_code == 0


def test_a_saved_question_is_narrowed_by_values(small_graph: Path) -> None:
    whole = kg("query", small_graph, "--saved", "participants", "--format", "csv").stdout.splitlines()
    first = whole[1].rsplit(",", 1)[1]
    narrowed = kg("query", small_graph, "--saved", "participants", "--with", f"who={first}", "--format", "csv").stdout
    assert [row for row in whole if row.endswith(f",{first}")] == narrowed.splitlines()[1:]
    assert len(narrowed.splitlines()) < len(whole)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give one query"),
        (("ASK {}", "--saved", "x"), "give one query"),
        (("--saved", "no-such"), "there is no saved question"),
        (("--saved", "participants", "--with", "whom=x"), "who: part of a name"),
        (("--saved", "participants", "--with", "who"), "NAME=VALUE"),
        (("ASK {}", "--with", "who=x"), "add --saved"),
        (("--file", "/no/such.rq"), "No such file"),
        (("SELECT * {",), "cannot be read"),
        (("SELECT * { ?s no:p ?o }",), "does not declare the prefix no:"),
        (("CLEAR ALL",), "read-only"),
        (("ASK { SERVICE <http://127.0.0.1:9/> {} }",), "SERVICE"),
        (("ASK " + "{" * 2300,), "nested"),
    ],
)
def test_a_wrong_query_is_a_wrong_call(small_graph: Path, arguments: tuple[str, ...], message: str) -> None:
    done = kg("query", small_graph, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "command", [("query", "ASK {}"), ("show", "x"), ("why", "x:y"), ("stats",), ("export", "--format", "nq")]
)
def test_without_a_graph_the_store_cannot_be_used(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = kg(command[0], tmp_path / "none", *command[1:])
    assert done.exit_code == 4
    assert "there is no such graph folder" in done.stderr


def test_text_from_articles_does_not_steer_the_terminal(small_graph: Path) -> None:
    done = kg("query", small_graph, r"SELECT ('\u001b[31mred\n[bold]x' AS ?x) ('<script>' AS ?y) {}")
    assert "\x1b" not in done.stdout
    assert r"\x1b[31mred [bold]x" in done.stdout
    assert "<script>" in done.stdout


def test_show_prints_a_card(small_graph: Path) -> None:
    done = kg("show", small_graph, "tran van luu", "--lang", "vi")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Trần Văn Lựu (Người)\n{iris.node('entity', 'luu').value}\n")
    assert "Điện đàm: Trần Văn Lựu, Mori Kenji (2025-09-05)" in done.stdout
    assert iris.node("event", "call").value in done.stdout


def test_show_as_json_has_everything(small_graph: Path) -> None:
    card = json.loads(kg("show", small_graph, "Japan", "--json", "--lang", "en").stdout)
    assert card["links"] == ["http://www.wikidata.org/entity/Q17"]
    assert card["parts"]["situation"][0]["value"]["iri"] == iris.node("event", "office").value


def test_show_lists_things_that_share_a_name(small_graph: Path) -> None:
    done = kg("show", small_graph, "tho lam", "--lang", "en")
    assert done.exit_code == 0
    assert iris.node("entity", "station").value in done.stdout
    assert "3 things" in done.stderr
    assert len(json.loads(kg("show", small_graph, "tho lam", "--json").stdout)) == 3


def test_show_suggests_names_for_an_unknown_one(small_graph: Path) -> None:
    done = kg("show", small_graph, "Trần Văn Lừu X")
    assert done.exit_code == 1
    assert "Trần Văn Lựu" in done.stderr
    assert done.stdout == ""
    assert kg("show", small_graph, iris.node("entity", "none").value).exit_code == 1


def test_why_quotes_the_article_with_its_offsets(small_graph: Path) -> None:
    done = kg("why", small_graph, iris.node("event", "call").value, "--lang", "en")
    assert done.exit_code == 0
    assert "lu-song-ma.txt 133-199: “Chủ tịch tỉnh Trần Văn Lựu điện đàm với Đại sứ Nhật Bản Mori Kenji”" in done.stdout
    assert "rule: frames/test" in done.stdout
    found = json.loads(kg("why", small_graph, iris.node("question", "dead").value, "--json").stdout)
    assert [claim["evidence"][0]["source"] for claim in found["claims"]] == ["cuu-tro.txt", "lu-song-ma.txt"]


def test_why_takes_a_name_and_says_why_that_is_an_organization(small_graph: Path) -> None:
    done = kg("why", small_graph, "bo nong nghiep", "--lang", "vi")
    assert done.exit_code == 0
    assert "vì sao là Tổ chức (2 trên 2 tên):\n  2 × danh từ chỉ loại: Bộ\n    cuu-tro.txt " in done.stdout
    found = json.loads(kg("why", small_graph, "bo nong nghiep", "--lang", "en", "--json").stdout)
    assert [ground["code"] for ground in found["type"]["grounds"]] == ["head", "model"]
    assert "3 things" in kg("why", small_graph, "tho lam").stderr
    assert "Trần Văn Lựu" in kg("why", small_graph, "Trần Văn Lừu X").stderr


def test_why_says_when_there_is_more_than_the_limit(small_graph: Path) -> None:
    done = kg("why", small_graph, iris.node("entity", "radio").value, "--limit", "1")
    assert done.stdout.count("claim:") == 1
    assert "3 claims, 2 mentions" in done.stderr
    assert kg("why", small_graph, "x:none").exit_code == 1


def test_stats_count_by_class_language_and_source(small_graph: Path) -> None:
    found = json.loads(kg("stats", small_graph, "--json", "--lang", "en").stdout)
    assert (found["articles"], found["languages"], found["set_aside"]) == (2, {"vi": 2}, 1)
    numbers = {entry["label"]: entry["number"] for entry in found["classes"]}
    assert numbers["Person"] == 2
    assert {entry["label"]: entry["claims"] for entry in found["sources"]}["Miền Xanh Radio"] == 3
    done = kg("stats", small_graph, "--lang", "vi")
    assert done.stdout.startswith("2 articles (2 vi), 1 set aside\n")
    assert "Người" in done.stdout


def test_doctor_is_content_with_a_sound_graph_and_not_with_another(small_graph: Path, tmp_path: Path) -> None:
    graph = shutil.copytree(small_graph, tmp_path / "graph")
    checks = json.loads(kg("doctor", graph, "--json").stdout)
    assert all(check["sound"] for check in checks if check["name"] in ("manifest", "files", "quads"))
    shutil.rmtree(graph / "articles")
    (graph / "articles").mkdir()
    done = kg("doctor", graph)
    assert done.exit_code == 1
    assert "NOT SOUND" in done.stdout


@pytest.mark.parametrize("name", [name for name in plugins.names("kg.exporters") if name != "owl"])
def test_a_file_holds_what_stdout_gets(small_graph: Path, tmp_path: Path, name: str) -> None:
    form = plugins.find("kg.exporters", name).FORMAT
    needed = [part for need in form.needs for part in (f"--{need}", "2026-11-23")]
    output = tmp_path / f"graph{form.suffix}"
    printed = kg("export", small_graph, "--format", name, *needed)
    assert printed.exit_code == 0
    assert kg("export", small_graph, "-o", output, *needed).exit_code == 0
    assert output.read_bytes() == printed.stdout_bytes
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_options_may_stand_before_the_graph_and_a_dash_is_stdout(small_graph: Path) -> None:
    after = kg("export", small_graph, "--format", "jsonl").stdout
    assert kg("export", "--format", "jsonl", small_graph).stdout == after
    assert kg("export", "--format", "jsonl", small_graph, "-o", "-").stdout == after


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give --format"),
        (("-o", "graph.docx"), "give --format"),
        (("--format", "docx"), "there is no kg.exporters called"),
        (("--format", "nq", "-o", "/no/such/folder/x.nq"), "there is no folder"),
    ],
)
def test_an_export_that_cannot_be_is_a_wrong_call(small_graph: Path, arguments: tuple[str, ...], message: str) -> None:
    done = kg("export", small_graph, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_an_export_that_fails_leaves_the_old_file(
    small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "graph.nq"
    output.write_text("old", encoding="utf-8")
    output.chmod(0o640)

    def failing(_graph: Path, out: BinaryIO) -> NoReturn:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.exporters.nq.export", failing)
    done = kg("export", small_graph, "-o", output)
    assert done.exit_code == 4
    assert "No space left" in done.stderr
    assert output.read_text(encoding="utf-8") == "old"
    monkeypatch.undo()
    assert kg("export", small_graph, "-o", output).exit_code == 0
    assert output.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]
