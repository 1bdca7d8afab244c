"""The command `kg add`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._terminal import deadline_option, graph_argument, jobs_option, json_option


@click.command()
@graph_argument
@click.argument("articles", nargs=-1, required=True, type=click.Path())
@jobs_option
@deadline_option
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(graph: Path, *, articles: tuple[str, ...], jobs: int, deadline: float, as_json: bool, quiet: bool) -> int:
    """Add articles to a graph.

    ARTICLES are files (.txt, .html, .jsonl) or folders of them. GRAPH becomes what building all of its articles and these
    would give; what it has is not extracted again. An article that the graph has already changes nothing.

    \b
    Example:
      kg add out/demo today/*.txt

    Exit codes: 0 good, 1 the graph would not conform, 2 wrong call, 3 nothing could be read, 4 store error, 5 finished
    but some articles were set aside.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import building  # noqa: PLC0415 - the help is shown without it
    from kg.cli._changing import told  # noqa: PLC0415
    from kg.cli._progress import shown  # noqa: PLC0415

    with shown(quiet=quiet) as progress:
        report = building.add(graph, articles, jobs=jobs, deadline=deadline, progress=progress)
    return told(report, graph, as_json=as_json, quiet=quiet)
