"""The command `kg verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli._terminal import graph_argument, json_option, print_json, print_table

_UNSOUND = 1


@click.command()
@graph_argument
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def command(graph: Path, *, as_json: bool, quiet: bool) -> int:
    """Read GRAPH from end to end, and say whether it is still what was written.

    Every file is held against the sums that were taken when it was written: the engine opens a graph that has lost the tail of
    its log without a word, and sees a damaged table only when it comes to read it. Then every quad, record, span and
    kept article is read, and held against the manifest. A changed byte is found wherever it lies, but in
    RocksDB's diary (store/LOG), which nothing reads. `kg doctor` looks at the same folder for a second only.

    The graph may be served, added to and replaced meanwhile; what stood there at the beginning is read. JSON is {"sound",
    "checks": [{"name", "sound", "found"}]}.

    Exit codes: 0 all is as it was written, 1 something is not, 4 there is no such graph.

    \b
    Example:
      kg verify out/demo
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import checkup, folder  # noqa: PLC0415 - the help is shown without them
    from kg.cli._progress import shown  # noqa: PLC0415
    from kg.store import swap  # noqa: PLC0415

    folder.manifest(graph)
    with shown(quiet=quiet, unit="done") as progress, swap.held(graph) as held:
        checks = list(checkup.verify(held, progress))
    sound = all(check.sound for check in checks)
    if as_json:
        print_json({"sound": sound, "checks": [asdict(check) for check in checks]})
    else:
        print_table(["", "what", "found"], [("ok" if c.sound else "DAMAGED", c.name, c.found) for c in checks])
    if not sound:
        click.echo(
            f"kg: {graph} is damaged: put a backup back (kg restore), or build it again; "
            f"what kg verify does not name in {graph / folder.ARTICLES} is whole",
            err=True,
        )
    return 0 if sound else _UNSOUND
