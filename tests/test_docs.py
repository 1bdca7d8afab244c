"""The words keep up with the code: commands, questions and files are described, and what the README shows runs."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from kg import plugins, resources
from kg.cli import main
from kg.readers import formats
from kg.settings import Settings

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(sh|python) run\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def commands() -> list[str]:
    context = click.Context(main)
    found = ((name, main.get_command(context, name)) for name in main.list_commands(context))
    return [name for name, command in found if command is not None and not command.hidden]


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"<code>kg {command}</code>" in README


@pytest.mark.parametrize("name", [*plugins.names("kg.exporters"), "table", "json", "xml", "tsv"])
def test_every_output_format_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("suffix", formats.suffixes())
def test_every_input_format_is_in_the_readme(suffix: str) -> None:
    assert f"`{suffix}`" in README


@pytest.mark.parametrize("setting", [f"KG_{field.name.upper()}" for field in fields(Settings)])
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert setting in README


@pytest.mark.parametrize("path", sorted(resources.queries().glob("*.rq")), ids=lambda path: path.stem)
def test_every_saved_question_is_in_the_readme(path: Path) -> None:
    assert f"`{path.name}`" in README


def test_what_is_generated_in_the_readme_is_up_to_date() -> None:
    filled = runpy.run_path(str(CHECKOUT / "docs" / "readme.py"))["filled"]
    assert filled(README) == README, "run `make docs`"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "examples/README.md"])
def test_links_between_files_lead_somewhere(name: str) -> None:
    path = CHECKOUT / name
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_module_has_its_line_in_the_layout() -> None:
    contributing = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    modules = {path.stem for path in (CHECKOUT / "kg").glob("*.py")} | {
        path.parent.name for path in (CHECKOUT / "kg").glob("*/__init__.py")
    }
    layers = set(re.findall(r"`(\w+)`", contributing))
    assert modules - {"__init__", "__main__"} <= layers


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, demo_graph: Path) -> Path:
    """A folder that looks like a checkout in which `make demo` has run."""
    place = tmp_path_factory.mktemp("readme")
    for name in ("examples", "queries"):
        shutil.copytree(CHECKOUT / name, place / name)
    shutil.copytree(demo_graph, place / "out" / "demo")
    return place


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "block", "shown"), BLOCK.findall(README), ids=lambda text: text.split("\n", 1)[0][:40]
)
def test_what_the_readme_shows_runs(language: str, block: str, shown: str, workplace: Path) -> None:
    command = ["bash", "-euc", block] if language == "sh" else [sys.executable, "-c", block]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=workplace,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(shown.splitlines()) <= set(done.stdout.splitlines())
