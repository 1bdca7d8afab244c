"""The command `kg retract`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._terminal import graph_argument, json_option


@click.command()
@graph_argument
@click.argument("articles", nargs=-1, required=True)
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(graph: Path, *, articles: tuple[str, ...], as_json: bool, quiet: bool) -> int:
    """Take articles out of a graph.

    ARTICLES are names of files as the graph has them (kg coverage lists them). GRAPH becomes what building the others would
    give: what only these articles say is gone, what others say too stays.

    \b
    Example:
      kg retract out/demo withdrawn.txt

    Exit codes: 0 good, 1 the graph would not conform, 2 no such article, 4 store error.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import building  # noqa: PLC0415 - the help is shown without it
    from kg.cli._changing import told  # noqa: PLC0415
    from kg.cli._progress import shown  # noqa: PLC0415

    with shown(quiet=quiet) as progress:
        report = building.retract(graph, [Path(article).name for article in articles], progress=progress)
    return told(report, graph, as_json=as_json, quiet=quiet)
