"""The command `kg terms`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.vocabulary import Vocabulary


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if kg/ns.py is not what the ontology says.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the whole ontology to this file instead, as Turtle (.ttl) or RDF/XML (.owl).",
)
def command(*, check: bool, output: Path | None) -> None:
    """Write kg/ns.py, one constant for each term of the ontology, or the ontology as one file."""
    from kg import resources  # noqa: PLC0415 - the help is shown without it
    from kg.vocabulary import Vocabulary, render  # noqa: PLC0415

    vocabulary = Vocabulary.load()
    if output:
        _write_ontology(vocabulary, output)
        return
    path, source = resources.PACKAGE / "ns.py", render(vocabulary)
    if check:
        if not path.is_file() or path.read_text(encoding="utf-8") != source:
            raise click.ClickException(f"{path} is not what the ontology says; run kg terms")
        click.echo(f"{path} is up to date", err=True)
        return
    path.write_text(source, encoding="utf-8")
    click.echo(f"wrote {len(vocabulary.names())} terms to {path}", err=True)


def _write_ontology(vocabulary: Vocabulary, output: Path) -> None:
    import pyoxigraph as ox  # noqa: PLC0415

    from kg import rdf  # noqa: PLC0415

    formats = {".ttl": ox.RdfFormat.TURTLE, ".owl": ox.RdfFormat.RDF_XML}
    if output.suffix not in formats:
        raise click.UsageError(f"the name of the file must end in {' or '.join(sorted(formats))}")
    output.write_bytes(rdf.ontology_file(vocabulary, formats[output.suffix]))
    click.echo(f"wrote the ontology to {output}", err=True)
