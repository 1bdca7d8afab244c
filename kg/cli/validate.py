"""The command `kg validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli._terminal import lang_option, printable

_FAILED = 1


@click.command()
@click.argument("graph", metavar="GRAPH|FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "ttl"]),
    default="text",
    show_default=True,
    help="For people, for programs, for continuous integration and editors, or as a SHACL report.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning"]),
    default="violation",
    show_default=True,
    help="The least severe result that makes the exit code 1.",
)
@click.option("--gaps", is_flag=True, help="List what is merely missing as well; text counts it otherwise.")
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A file or folder of shapes of your own, in Turtle, to hold the graph against as well; may be given again.",
)
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that share the checks."
)
@click.pass_context
def command(
    context: click.Context,
    *,
    graph: tuple[Path, ...],
    lang: str,
    form: str,
    fail_on: Literal["violation", "warning"],
    gaps: bool,
    shapes: tuple[Path, ...],
    jobs: int,
) -> None:
    """Check a graph against the shapes and the ontology, quoting the words that each result is about.

    GRAPH is a folder that `kg build` made; FILE any RDF file in our terms (.ttl, .nt, .nq, .trig, .rdf, .owl, .jsonld).
    Several files are one graph.

    Exit codes: 0 it conforms, 1 it does not, 3 a file cannot be read, 4 the folder is no graph.
    """
    from kg import validation  # noqa: PLC0415 - pySHACL takes half a second to import
    from kg.validation import reports, sarif  # noqa: PLC0415 - same

    report = validation.validate(*graph, shapes=shapes, jobs=jobs)
    if form == "json":
        click.echo(reports.as_json(report))
    elif form == "sarif":
        click.echo(sarif.as_sarif(report, lang))
    elif form == "ttl":
        click.echo(reports.as_turtle(report), nl=False)
    else:
        for line in reports.text(report, lang, gaps=gaps):
            click.echo(printable(line))
    context.exit(_FAILED if report.fails(fail_on) else 0)
