"""The command `kg doctor`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli._terminal import json_option, print_json, print_table

_UNSOUND = 1


@click.command()
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@json_option
def command(graph: Path | None, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """Say whether the installation, and GRAPH if given, is sound.

    It takes a second or two: of a graph it is seen whether all files are there, and whether the store opens and has as many
    quads as the manifest says. `kg verify` reads the graph from end to end.
    """
    from kg import checkup  # noqa: PLC0415

    checks = [*checkup.installation(), *(checkup.graph(graph) if graph else ())]
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        print_table(["", "what", "found"], [("ok" if c.sound else "NOT SOUND", c.name, c.found) for c in checks])
    return 0 if all(check.sound for check in checks) else _UNSOUND
