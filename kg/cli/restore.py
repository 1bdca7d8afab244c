"""The command `kg restore`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._backups import overwrite_option, quiet_option
from kg.cli._terminal import json_option


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.argument("graph", type=click.Path(path_type=Path))
@overwrite_option
@json_option
@quiet_option
def command(backup: Path, graph: Path, *, overwrite: bool, as_json: bool, quiet: bool) -> None:
    """Make GRAPH of a backup, and read it from end to end.

    BACKUP is what `kg backup` wrote, an archive or a folder. Nothing that no graph holds is unpacked: no links, no paths that
    lead elsewhere, not more than is announced. GRAPH is there when all of it was verified, as by `kg verify`; until then, and
    where anything is wrong, what stands there stays. A running `kg serve` goes on with what it has; start it again.

    \b
    Example:
      kg restore demo-2026-11-23.tar.gz out/demo --overwrite

    Exit codes: 0 done, 2 wrong call, 3 the backup is none or is damaged, 4 the graph cannot be written.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import backups  # noqa: PLC0415 - the help is shown without it
    from kg.cli._backups import told  # noqa: PLC0415
    from kg.cli._progress import shown  # noqa: PLC0415

    with shown(quiet=quiet, unit="files") as progress:
        moved = backups.restore(backup, graph, overwrite=overwrite, progress=progress)
    told(moved, backup, graph, as_json=as_json, quiet=quiet)
