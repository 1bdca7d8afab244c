"""The command `kg export`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import click

from kg import plugins
from kg.cli._terminal import graph_argument

_PACKAGE = "kg.exporters"


@click.command()
@graph_argument
@click.option("--format", "form", metavar="FORMAT", help=f"One of {', '.join(plugins.names(_PACKAGE))}.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="A file; - is stdout. With --shards, a folder.",
)
@click.option(
    "--shards", type=click.IntRange(1, 9999), help="With nq: this many files, each named graph whole in one of them."
)
@click.option("--retrieved", metavar="DAY", help="With quickstatements, wikidata-rdf: when the articles were read.")
def command(graph: Path, form: str | None, output: Path | None, shards: int | None, retrieved: str | None) -> None:
    """Write GRAPH in a format that other tools read.

    Without --format the file's name decides; without -o it is written to stdout. A file is written whole or not at all, and
    so is the folder of --shards, whose files are about equally large for bulk loaders.

    \b
    Examples:
      kg export out/demo --format jsonl
      kg export out/demo -o demo.ttl
      kg export out/demo --format nq --shards 8 -o out/parts
      kg export out/demo --format quickstatements --retrieved 2026-11-23 -o review.qs
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg.exporters import _shards  # noqa: PLC0415 - the help is shown without it
    from kg.store import swap  # noqa: PLC0415 - see above

    if shards is not None:
        if form != "nq" or retrieved is not None or output is None or str(output) == "-":
            raise click.UsageError("--shards goes with --format nq and -o FOLDER")
        _shards.refuse_foreign(output.resolve())
        with swap.replacing(output.resolve()) as fresh:
            said = _shards.export(graph, fresh, shards)
        click.echo(said, err=True)
        return
    if output is not None and output.is_dir():
        raise click.UsageError(f"{output} is a folder; give the name of a file")
    exporter = plugins.find(_PACKAGE, form or _by_name(output))
    given = _given(exporter, form or "this format", retrieved)
    if output is None or str(output) == "-":
        said = exporter.export(graph, sys.stdout.buffer, **given)
    else:
        with swap.whole(output) as out:
            said = exporter.export(graph, out, **given)
    if said:
        click.echo(said, err=True)


def _given(exporter: ModuleType, form: str, retrieved: str | None) -> dict[str, str]:
    """What the exporter is to be told beside the graph; a UsageError if that is missing, or too much."""
    wanted = "retrieved" in exporter.FORMAT.needs
    if retrieved is None:
        if wanted:
            raise click.UsageError("say by --retrieved on which day the articles were read, as in 2026-11-23")
        return {}
    if not wanted:
        raise click.UsageError(f"--retrieved does not fit {form}")
    try:
        return {"retrieved": date.fromisoformat(retrieved).isoformat()}
    except ValueError:
        raise click.UsageError(f"--retrieved takes a day as in 2026-11-23, not {retrieved!r}") from None


def _by_name(output: Path | None) -> str:
    """The format that the end of a file's name tells."""
    called = output.name if output else ""
    found = {name: one.FORMAT.suffix for name, one in plugins.discover(_PACKAGE).items()}
    fitting = [name for name, suffix in found.items() if called.endswith(suffix)]
    if fitting:
        return max(fitting, key=lambda name: len(found[name]))  # .wikidata.ttl is more than .ttl
    raise click.UsageError(f"give --format, one of {', '.join(plugins.names(_PACKAGE))}")
