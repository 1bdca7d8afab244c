"""The command `kg doctor`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import json_option, lang_option, print_json, print_table, printable

if TYPE_CHECKING:
    from kg.rdf.wording import Language

_UNSOUND = 1


@click.command()
@click.argument("paths", metavar="[GRAPH] | --ontology [FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--ontology", is_flag=True, help="Look at files of an ontology, or of data in our terms, instead.")
@click.option("--reasoner/--no-reasoner", default=True, help="Whether to ask a reasoner too, if one is installed.")
@lang_option
@json_option
def command(paths: tuple[Path, ...], lang: Language, *, ontology: bool, reasoner: bool, as_json: bool) -> int:
    """Say whether the installation, and GRAPH if given, is sound.

    It takes a second or two: of a graph it is seen whether all files are there, and whether the store opens and has as many
    quads as the manifest says. `kg verify` reads the graph from end to end.

    With --ontology, say whether each FILE (.ttl, .owl, .nt, …) is what ontology editors and reasoners expect: OWL 2 DL,
    every term declared, labelled and defined, nothing contradictory. They are read together, and with our ontology unless
    one of them is it; without FILE our ontology itself is looked at.
    """
    if ontology:
        return _ontology(paths, lang, reasoner=reasoner, as_json=as_json)
    if len(paths) > 1:
        raise click.UsageError("one GRAPH at most; files of an ontology stand behind --ontology")
    from kg import checkup  # noqa: PLC0415

    checks = [*checkup.installation(), *(check for graph in paths for check in checkup.graph(graph))]
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        print_table(["", "what", "found"], [("ok" if c.sound else "NOT SOUND", c.name, c.found) for c in checks])
    return 0 if all(check.sound for check in checks) else _UNSOUND


def _ontology(paths: tuple[Path, ...], lang: Language, *, reasoner: bool, as_json: bool) -> int:
    from kg import resources  # noqa: PLC0415
    from kg.checkup import ontology  # noqa: PLC0415

    report = ontology.check(paths or (resources.ontology() / "all.ttl",), reason=reasoner)
    told = [(finding, ontology.sentence(finding, lang)) for finding in report.findings]
    if as_json:
        print_json([{**asdict(finding), "sentence": sentence} for finding, sentence in told])
    else:
        for finding, sentence in told:
            click.echo(printable(f"{finding.file}: {finding.term} {sentence}"))
        click.echo(ontology.note(report, lang), err=True)
    return _UNSOUND if told else 0
