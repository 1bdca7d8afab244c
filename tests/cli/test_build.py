from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg import building, cli
from kg.building import BuildReport, Duplicate
from kg.building.proposals import Failure
from kg.cli import _progress
from kg.errors import EvidenceError
from kg.readers import Rejected

GOOD = BuildReport(articles=2, statements=1_234, entities=5, claims=6, quads=7, sha256="ab" * 32, written=True)
SET_ASIDE = (Rejected("a.txt", "empty", "there is no text", 0),)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["build", *arguments])


class Call:
    """A build that notes how it was called and reports what it is told."""

    def __init__(self, report: BuildReport | Exception) -> None:
        self.report = report
        self.options: dict[str, Any] = {}

    def __call__(self, paths: Any, output: Any, **options: Any) -> BuildReport:
        self.options = {"paths": paths, "output": output, **options}
        if isinstance(self.report, Exception):
            raise self.report
        return self.report


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    call = Call(GOOD)
    monkeypatch.setattr(building, "build", call)
    return call


def test_options_reach_the_build(call: Call) -> None:
    done = run("x", "-", "-o", "out", "--jobs", "3", "--deadline", "5", "--strict", "--keep-invalid")
    assert done.exit_code == 0
    assert (call.options["paths"], call.options["output"]) == (("x", "-"), Path("out"))
    assert (call.options["jobs"], call.options["deadline"]) == (3, 5.0)
    assert call.options["fail_fast"] is call.options["keep_invalid"] is True
    assert call.options["propose"] == ()


def test_judgements_reach_the_build(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("", encoding="utf-8")
    assert run("x", "-o", "out", "--judgements", str(file)).exit_code == 0
    assert call.options["judgements"] == file
    assert run("x", "-o", "out", "--judgements", str(tmp_path / "none.tsv")).exit_code == 2


def test_a_judgement_in_vain_is_named(call: Call) -> None:
    call.report = replace(GOOD, idle_judgements=(("An", "Ân"),))
    assert "judged in vain: 'An' and 'Ân'" in run("x", "-o", "out").stderr


def test_proposers_reach_the_build(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PROPOSE_SECONDS", "7")
    done = run("x", "-o", "out", "--propose", "llm:http://127.0.0.1:8080/v1/", "--propose-model", "small")
    assert done.exit_code == 0
    (asked,) = call.options["propose"]
    assert (asked.name, asked.kind, asked.settings.propose_seconds) == ("llm:small", "llm", 7.0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--propose", "llm:http://127.0.0.1/v1"],
        ["--propose-model", "small"],
        ["--propose", "gliner:/nowhere"],
        ["--propose", "oracle:delphi"],
    ],
)
def test_wrong_proposer_exits_with_2(call: Call, arguments: list[str]) -> None:
    done = run("x", "-o", "out", *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("kg: ")
    assert call.options == {}


def test_failed_proposals_are_counted_and_said(call: Call) -> None:
    failures = (
        Failure("a.txt", "llm:m", "http-500", "the server answers with status 500"),
        Failure("b.txt", "llm:m", "timeout", "no answer after 60 seconds"),
        Failure("c.txt", "llm:m", "timeout", "no answer after 60 seconds"),
    )
    call.report = BuildReport(articles=3, written=True, proposed=4, proposals_failed=failures)
    done = run("x", "-o", "out", "--json")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[:3] == [
        "no proposals of llm:m for 1 articles (http-500), such as a.txt: the server answers with status 500",
        "no proposals of llm:m for 2 articles (timeout), such as b.txt: no answer after 60 seconds",
        "3 articles, 0 statements, 0 entities, 0 claims; 0 set aside; 4 mentions and statements were proposed",
    ]
    assert len(json.loads(done.stdout)["proposals_failed"]) == 3


def test_counts_stand_on_stderr_and_nothing_on_stdout(call: Call) -> None:
    done = run("x", "-o", "out")
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "2 articles, 1,234 statements, 5 entities, 6 claims; 0 set aside",
        f"7 quads in out, sha256 {'ab' * 32}",
    ]


@pytest.mark.parametrize(
    ("report", "code", "line"),
    [
        (BuildReport(articles=1, written=True, set_aside=SET_ASIDE), 5, "set aside (empty): a.txt: there is no text"),
        (BuildReport(set_aside=SET_ASIDE), 3, "no graph was written"),
        (BuildReport(set_aside=SET_ASIDE, stopped=True), 5, "no graph was written"),
        (BuildReport(articles=1, violations=("no label",)), 1, "does not conform: no label"),
        (BuildReport(articles=1, duplicates=(Duplicate("b", "a"),)), 0, "same text as a: b"),
        (EvidenceError("a.txt, characters 0 to 3"), 1, "kg: a.txt, characters 0 to 3"),
    ],
)
def test_exit_code_and_what_is_said(call: Call, report: BuildReport | Exception, code: int, line: str) -> None:
    call.report = report
    done = run("x", "-o", "out")
    assert done.exit_code == code
    assert line in done.stderr.splitlines()


def test_quiet_says_only_what_went_wrong(call: Call) -> None:
    call.report = BuildReport(articles=1, written=True, set_aside=SET_ASIDE)
    assert run("x", "-o", "out", "-q").stderr == "set aside (empty): a.txt: there is no text\n"


def test_json_is_the_report(call: Call) -> None:
    call.report = BuildReport(articles=1, written=True, set_aside=SET_ASIDE)
    done = run("x", "-o", "out", "--json")
    assert done.exit_code == 5
    report = json.loads(done.stdout)
    assert (report["articles"], report["exit_code"]) == (1, 5)
    assert report["set_aside"] == [
        {"source": "a.txt", "reason": "empty", "message": "there is no text", "size": 0, "sha256": ""}
    ]


@pytest.mark.parametrize(
    "arguments",
    [["-o", "out"], ["x"], ["x", "-o", "out", "--jobs", "0"], ["x", "-o", "out", "--deadline", "0"]],
)
def test_wrong_call_exits_with_2(call: Call, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_missing_path_exits_with_3(tmp_path: Path) -> None:
    done = run(str(tmp_path / "gone.txt"), "-o", str(tmp_path / "graph"))
    assert done.exit_code == 3
    assert "gone.txt: no such file or folder" in done.stderr


def test_folder_with_something_else_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert run(str(tmp_path), "-o", str(tmp_path)).exit_code == 2


def test_line_every_ten_seconds_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 4.0, 11.0, 11.0, 15.0, 22.0, 22.0])
    progress = _progress._lines(lambda: next(clock))
    for done in range(1, 5):
        progress("reading", done)
    assert capsys.readouterr().err == "reading: 2 articles\nreading: 4 articles\n"


def test_bar_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, expected in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        with _progress.shown(quiet=False) as progress:
            progress("reading", 3)
        assert bool(re.search("reading", stream.getvalue())) is expected
