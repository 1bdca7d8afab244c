"""The command `kg export`."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from kg import plugins
from kg.cli._terminal import graph_argument

_PACKAGE = "kg.exporters"


@click.command()
@graph_argument
@click.option("--format", "form", metavar="FORMAT", help=f"One of {', '.join(plugins.names(_PACKAGE))}.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="A file; - is stdout."
)
def command(graph: Path, form: str | None, output: Path | None) -> None:
    """Write GRAPH in a format that other tools read.

    Without --format the file's name decides; without -o it is written to stdout. A file is written whole or not at all.

    \b
    Examples:
      kg export out/demo --format jsonl
      kg export out/demo -o demo.ttl
    """  # noqa: D301 - \b is click's mark for lines to keep
    exporter = plugins.find(_PACKAGE, form or _by_name(output))
    if output is None or str(output) == "-":
        exporter.export(graph, sys.stdout.buffer)
        return
    with _whole(output) as out:
        exporter.export(graph, out)


def _by_name(output: Path | None) -> str:
    """The format that the end of a file's name tells."""
    suffix = output.suffix if output else ""
    for name, exporter in plugins.discover(_PACKAGE).items() if suffix else ():
        if exporter.FORMAT.suffix == suffix:
            return name
    raise click.UsageError(f"give --format, one of {', '.join(plugins.names(_PACKAGE))}")


@contextlib.contextmanager
def _whole(output: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `output` when the block ends well, and is removed when it does not."""
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}")
    mode = output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask()
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as out:
        fresh = Path(out.name)
        try:
            yield out  # type: ignore[misc]  # a wrapper that behaves as the binary file
            out.flush()
            os.fsync(out.fileno())
            fresh.chmod(mode)
            fresh.replace(output)
        finally:
            fresh.unlink(missing_ok=True)


def _umask() -> int:
    before = os.umask(0)
    os.umask(before)
    return before
