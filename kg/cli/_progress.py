"""Show how far a build is: a bar on a terminal, a line every ten seconds elsewhere, always on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_EVERY = 10.0
"""Seconds between two lines."""


@contextmanager
def shown(*, quiet: bool, unit: str = "articles") -> Iterator[Callable[[str, int], None]]:
    """A function to tell the stage and how many articles, or whatever `unit` says, are done."""
    if quiet:
        yield lambda _stage, _done: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines(time.monotonic, unit)


def _lines(clock: Callable[[], float], unit: str = "articles") -> Callable[[str, int], None]:
    last = clock()

    def progress(stage: str, done: int) -> None:
        nonlocal last
        if clock() - last >= _EVERY:
            last = clock()
            click.echo(f"{stage}: {done:,} {unit}", err=True)

    return progress


@contextmanager
def _bar() -> Iterator[Callable[[str, int], None]]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda stage, done: bar.update(task, description=stage, completed=done)
