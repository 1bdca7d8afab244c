"""The command `kg merge`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._terminal import json_option


@click.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder of the new graph.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(*, first: Path, second: Path, output: Path, as_json: bool, quiet: bool) -> int:
    """Make one graph of two.

    OUTPUT is what building the articles of FIRST and SECOND together would give, in whatever order they are named; nothing is
    extracted again. Both must have been built by this version of kg.

    \b
    Example:
      kg merge out/monday out/tuesday -o out/both

    Exit codes: 0 good, 1 the graph would not conform, 2 wrong call, 4 store error, 5 finished but some articles are set
    aside.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import building  # noqa: PLC0415 - the help is shown without it
    from kg.cli._changing import told  # noqa: PLC0415
    from kg.cli._progress import shown  # noqa: PLC0415

    with shown(quiet=quiet) as progress:
        report = building.merge(first, second, output, progress=progress)
    return told(report, output, as_json=as_json, quiet=quiet)
