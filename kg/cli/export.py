"""The command `kg export`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from kg import plugins
from kg.cli._finding import find, print_instead
from kg.cli._terminal import graph_argument

if TYPE_CHECKING:
    from kg.exporters import Part

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
@click.option("--entity", metavar="NAME", help="With owl: only what is told of this; a name or an IRI.")
@click.option("--place", metavar="NAME", help="With owl: only what happens there; a name or an IRI.")
@click.option("--from", "start", metavar="EDTF", help="With owl: only what may be as late as this: 2024, 2024-08.")
@click.option("--to", "end", metavar="EDTF", help="With owl: only what may be as early as this.")
@click.option("--retrieved", metavar="DAY", help="With quickstatements, wikidata-rdf: when the articles were read.")
def command(
    graph: Path,
    form: str | None,
    output: Path | None,
    shards: int | None,
    entity: str | None,
    place: str | None,
    start: str | None,
    end: str | None,
    retrieved: str | None,
) -> int:
    """Write GRAPH in a format that other tools read.

    Without --format the file's name decides; without -o it is written to stdout. A file is written whole or not at all, and
    so is the folder of --shards, whose files are about equally large for bulk loaders.

    --entity, --place, --from and --to write a part of the graph, chosen as by kg timeline: events, situations and numbers
    with all claims about them, the evidence, and whatever these name in turn, so that nothing points out of the file.

    \b
    Examples:
      kg export out/demo --format jsonl
      kg export out/demo -o demo.ttl
      kg export out/demo --format nq --shards 8 -o out/parts
      kg export out/demo --place 'Đà Nẵng' --from 2024-08 -o danang.owl
      kg export out/demo --format quickstatements --retrieved 2026-11-23 -o review.qs
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg.store import swap  # noqa: PLC0415 - the help is shown without it

    limits = {"entity": entity, "place": place, "from": start, "to": end}
    if shards is not None:
        if form != "nq" or retrieved is not None or any(limits.values()) or output is None or str(output) == "-":
            raise click.UsageError("--shards goes with --format nq and -o FOLDER")
        _write_shards(graph, output.resolve(), shards)
        return 0
    if output is not None and output.is_dir():
        raise click.UsageError(f"{output} is a folder; give the name of a file")
    exporter = plugins.find(_PACKAGE, form or _by_name(output))
    given: dict[str, Any] = _given(exporter, form or "this format", retrieved)
    if any(limits.values()):
        if "part" not in exporter.FORMAT.accepts:
            raise click.UsageError(f"--entity, --place, --from and --to do not fit {form or 'this format'}")
        part = _part(graph, {name: text for name, text in limits.items() if text})
        if isinstance(part, int):
            return part
        given["part"] = part
    if output is None or str(output) == "-":
        said = exporter.export(graph, sys.stdout.buffer, **given)
    else:
        with swap.whole(output) as out:
            said = exporter.export(graph, out, **given)
    if said:
        click.echo(said, err=True)
    return 0


def _write_shards(graph: Path, output: Path, shards: int) -> None:
    """Write the folder of --shards, whole or not at all."""
    from kg.exporters import _shards  # noqa: PLC0415 - the help is shown without it
    from kg.store import swap  # noqa: PLC0415 - see above

    _shards.refuse_foreign(output)
    with swap.replacing(output) as fresh:
        said = _shards.export(graph, fresh, shards)
    click.echo(said, err=True)


def _part(graph: Path, limits: dict[str, str]) -> Part | int:
    """The part of a graph within the limits; an exit code where a name is not that of one thing."""
    from kg import lookup, store  # noqa: PLC0415 - the help is shown without it
    from kg.exporters import Part  # noqa: PLC0415

    opened = store.read_only(graph)
    reader = lookup.Reader(opened)
    for option in ("entity", "place"):
        if option in limits:
            card, hits = find(reader, limits[option])
            if card is None:
                return print_instead(reader, limits[option], hits, as_json=False) or 1
            limits[option] = card.node.iri
    try:
        quads = lookup.excerpt(graph, opened, limits)
    except ValueError as error:
        raise click.UsageError(f"--from and --to take times such as 2024, 2024-08 and 2025-08-12: {error}") from error
    if not quads:
        click.echo("nothing is told within these limits", err=True)
        return 1
    return Part(quads, limits)


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
