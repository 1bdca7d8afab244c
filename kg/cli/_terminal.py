"""Write for people: tables on stdout, everything else on stderr, and no control characters from articles."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from kg.lookup import Edited, Evidence

_WIDE = 100_000
_LANGUAGE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def spoken() -> str:
    """The language of the person at the terminal: Vietnamese where the locale says so, else English."""
    locale = next((os.environ[name] for name in _LANGUAGE_VARIABLES if os.environ.get(name)), "")
    return "vi" if locale.startswith("vi") else "en"


existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
graph_argument = click.argument("graph", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
jobs_option = click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that extract."
)
deadline_option = click.option(
    "--deadline",
    default=60.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds after which an article is set aside.",
)
lang_option = click.option(
    "--lang", type=click.Choice(["vi", "en"]), default=spoken, help="Language of labels; by the locale."
)


def console() -> Console:
    """A console on stdout; where stdout is no terminal, lines are as long as they need to be and have no colour."""
    from rich.console import Console  # noqa: PLC0415 - a third of the time that `kg --help` may take

    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else _WIDE)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table with a line under its head, on stdout."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console().print(table)


def printable(text: str) -> str:
    """`text` on one line, with escapes for control characters: an article must not steer the terminal."""
    return "".join(
        letter if letter.isprintable() else " " if letter in "\n\t\u00a0" else f"\\x{ord(letter):02x}"
        for letter in text
    )


def quoted(evidence: Evidence) -> str:
    """Words of an article on a line, with the file and the offsets at which they stand."""
    return f"  {printable(evidence.source)} {evidence.start}-{evidence.end}: “{printable(evidence.words)}”"


def print_edits(edits: Iterable[Edited]) -> None:
    """What people changed by hand, each with who, when and why."""
    for one in edits:
        click.echo(f"  {printable(one.edit.label)}\n    {printable(f'{one.by}, {one.when}: {one.why}')}")


def print_json(value: Any) -> None:
    """`value` as JSON on stdout, indented, in UTF-8."""
    import json  # noqa: PLC0415

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end the process while the engine works: it cannot be cancelled, and Python would wait for it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
