"""The pages on other engines say when they were written, and show commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from kg.cli import main

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "engines"
PAGES = sorted(FOLDER.glob("*.md"))
ENGINES = [page for page in PAGES if page.name != "README.md"]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def calls(page: Path) -> list[list[str]]:
    """The calls of kg that a page shows, as lists of words."""
    text = page.read_text(encoding="utf-8")
    lines = (line for block in BLOCK.findall(text) for line in block.splitlines())
    return [shlex.split(line)[1:] for line in lines if line.startswith("kg ")]


@pytest.mark.parametrize("page", ENGINES, ids=lambda page: page.stem)
def test_a_page_is_dated_and_shows_both_ways(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.search(r"^As of \d{4}-\d\d-\d\d", text, re.MULTILINE)
    assert {call[0] for call in calls(page)} == {"push", "export"}
    assert "## What to set" in text or "union" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_that_a_page_shows_exist(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("token.txt", "user.txt", "dba.txt"):
        (tmp_path / name).write_text("x:y", encoding="utf-8")
    context = click.Context(main, **main.context_settings)
    for name, *arguments in calls(page):
        command = main.get_command(context, name)
        assert command is not None
        command.make_context(name, list(arguments), parent=context)  # a UsageError for an option that there is not


def test_every_engine_has_its_page() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {page.stem for page in ENGINES} == {"graphdb", "neptune", "oxigraph", "qlever", "stardog", "virtuoso"}
    assert set(LINK.findall(index)) == {page.name for page in ENGINES}
