"""The command `kg backup`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._backups import overwrite_option, quiet_option
from kg.cli._terminal import graph_argument, json_option


@click.command()
@graph_argument
@click.argument("output", type=click.Path(path_type=Path))
@overwrite_option
@json_option
@quiet_option
def command(graph: Path, output: Path, *, overwrite: bool, as_json: bool, quiet: bool) -> None:
    """Copy GRAPH to a file or a folder, and read it back.

    OUTPUT is an archive if its name ends with .tar.gz, .tgz or .tar, which `tar` opens; else a folder, which is a graph
    itself. GRAPH may be served, added to and replaced meanwhile: what stood there at the beginning is copied. Every
    block is held against the sums that were taken when the graph was written, and again as it comes back from the disk. OUTPUT
    is there whole or not at all.

    \b
    Examples:
      kg backup out/demo demo-2026-11-23.tar.gz
      kg restore demo-2026-11-23.tar.gz out/demo --overwrite

    Exit codes: 0 done, 2 wrong call, 4 the graph is missing or damaged, or the disk is.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import backups  # noqa: PLC0415 - the help is shown without it
    from kg.cli._backups import told  # noqa: PLC0415
    from kg.cli._progress import shown  # noqa: PLC0415

    with shown(quiet=quiet, unit="files") as progress:
        moved = backups.backup(graph, output, overwrite=overwrite, progress=progress)
    told(moved, graph, output, as_json=as_json, quiet=quiet)
