"""The `kg` command as a process: it starts at once, ends with the right code, and keeps to its streams."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner

import kg
from kg import cli
from kg.cli import main, summary

KG = [sys.executable, "-m", "kg"]
COMMANDS = main.list_commands(click.Context(main))
Served = tuple[str, subprocess.Popen[str]]


def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KG, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60, **options
    )


def test_help_lists_every_command_with_a_line_and_loads_none() -> None:
    done = run("--help", env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1", "COLUMNS": "120"})
    assert done.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in done.stdout, name
    assert not any(
        module in done.stderr for module in ("spacy", "rdflib", "pyoxigraph", "rich", "starlette", "kg.cli.query")
    )


def test_help_takes_less_than_a_third_of_a_second() -> None:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        run("--help")
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.3


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_that_of_the_command(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert summary(name)
    assert summary(name).rstrip(".") == command.get_short_help_str(limit=1000).rstrip(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_the_version_is_the_packages() -> None:
    assert run("--version").stdout == f"kg, version {kg.__version__}\n"


def test_importing_the_library_imports_nothing_else() -> None:
    code = "import __future__, sys, typing; before = set(sys.modules); import kg; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["kg"]


def test_an_unknown_command_is_a_wrong_call_with_a_hint() -> None:
    done = run("qeury")
    assert done.returncode == 2
    assert "Did you mean query?" in done.stderr
    assert done.stdout == ""


def test_an_error_is_one_line_on_stderr(tmp_path: Path) -> None:
    done = run("stats", tmp_path / "none")
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1


def test_colour_only_on_a_terminal_that_wants_it(small_graph: Path) -> None:
    def printed(**environment: str) -> bytes:
        controlling, terminal = pty.openpty()
        plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        command = [*KG, "query", str(small_graph), "SELECT ?x { ?x a nk:Person }"]
        environment = {**plain, "TERM": "xterm-256color", **environment}
        with subprocess.Popen(command, stdout=terminal, stderr=subprocess.DEVNULL, env=environment):
            os.close(terminal)
            found = b""
            try:
                while chunk := os.read(controlling, 4096):
                    found += chunk
            except OSError:  # the other side has closed
                pass
        os.close(controlling)
        return found

    assert b"\x1b[" in printed()
    colourless = printed(NO_COLOR="1")
    assert b"luu" in colourless
    assert b"\x1b[3" not in colourless
    assert "\x1b" not in run("query", small_graph, "SELECT ?x { ?x a nk:Person }").stdout


def test_a_reader_that_goes_away_is_no_error(small_graph: Path) -> None:
    with subprocess.Popen(
        [*KG, "export", str(small_graph), "--format", "nq"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == cli.PIPE_CLOSED


def test_ctrl_c_ends_a_query_that_the_engine_works_on(small_graph: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with subprocess.Popen([*KG, "query", str(small_graph), slow], stderr=subprocess.PIPE) as process:
        time.sleep(1)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=5)
        assert time.monotonic() - begun < 1
    assert process.returncode in (-signal.SIGINT, cli.INTERRUPTED)


def test_interrupted_elsewhere_is_130(monkeypatch: pytest.MonkeyPatch, small_graph: Path) -> None:
    def interrupted(*_arguments: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.folder.read_only", interrupted)
    monkeypatch.setattr("kg.folder.manifest", interrupted)
    done = CliRunner().invoke(main, ["stats", str(small_graph)])
    assert done.exit_code == 130
    assert done.stderr.endswith("kg: interrupted\n")


@pytest.fixture
def served(small_graph: Path) -> Iterator[Served]:
    """The address of `kg serve` as a process of its own, and the process."""
    command = [*KG, "serve", str(small_graph), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        line = process.stderr.readline()
        yield line.split(" at ")[1].split()[0], process
        if process.poll() is None:
            process.kill()


def fetch(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
        return answer.status, answer.read().decode()


def test_a_server_answers_and_ends_with_ctrl_c(served: Served) -> None:
    address, process = served
    status, page = fetch(address)
    assert (status, "<textarea" in page) == (200, True)
    status, found = fetch(f"{address}sparql?query=ASK%20%7B%20?x%20a%20nk:Person%20%7D")
    assert (status, found) == (200, '{"head":{},"boolean":true}')
    workers = children(process.pid)
    assert workers
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_workers_end_with_a_server_that_is_killed(served: Served) -> None:
    address, process = served
    fetch(f"{address}sparql?query=ASK%20%7B%7D")
    workers = children(process.pid)
    process.kill()
    process.wait(timeout=10)
    ended = time.monotonic() + 5
    while any(running(worker) for worker in workers) and time.monotonic() < ended:
        time.sleep(0.05)
    assert not any(running(worker) for worker in workers)


def children(pid: object) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def running(pid: object) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"


def test_a_port_in_use_is_a_wrong_call(served: Served, small_graph: Path) -> None:
    port = served[0].rstrip("/").rpartition(":")[2]
    done = run("serve", small_graph, "--port", port)
    assert done.returncode == 2
    assert "cannot listen" in done.stderr
