"""The command `kg validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli._terminal import lang_option, printable

_FAILED = 1


@click.command()
@click.argument("graph", metavar="GRAPH|FILE", type=click.Path(path_type=Path))
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as a SHACL report.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning"]),
    default="violation",
    show_default=True,
    help="The least severe result that makes the exit code 1.",
)
@click.option("--gaps", is_flag=True, help="List what is merely missing as well; text counts it otherwise.")
@click.pass_context
def command(
    context: click.Context,
    *,
    graph: Path,
    lang: str,
    form: str,
    fail_on: Literal["violation", "warning"],
    gaps: bool,
) -> None:
    """Check a graph against the shapes and the ontology, quoting the words that each result is about.

    GRAPH is a folder that `kg build` made; FILE any RDF file in our terms (.ttl, .nt, .nq, .trig, .rdf, .owl, .jsonld).

    Exit codes: 0 it conforms, 1 it does not, 3 the file cannot be read, 4 the folder is no graph.
    """
    from kg import validation  # noqa: PLC0415 - pySHACL takes half a second to import
    from kg.validation import reports  # noqa: PLC0415 - same

    report = validation.validate(graph)
    if form == "json":
        click.echo(reports.as_json(report))
    elif form == "ttl":
        click.echo(reports.as_turtle(report), nl=False)
    else:
        for line in reports.text(report, lang, gaps=gaps):
            click.echo(printable(line))
    context.exit(_FAILED if report.fails(fail_on) else 0)
