"""Print what is made of article pairs: python -m tests.pairs [PAIR …] [--folder DIR] [--annotated] [--json] [--misses] [--fit].

Beside each pair by itself, all are measured in one graph, and so are those for development, the first ten, and those held
out, where more than one of these sets is asked for. `--misses` names what was missed in the pairs for development only.
`--annotated` measures the resolution by itself (see `annotations`). `--fit` prints weights for events in two articles,
fitted to the pairs for development and the odd short stories: python -m tests.pairs --fit > weights.toml; mv weights.toml kg/resolving/event_weights.toml
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import click

from kg.resolving import event_likeness
from tests.pairs import fitting, stories
from tests.pairs.measuring import extracted, measure
from tests.pairs.reading import FIRST_TEN, HELD_OUT, HERE, development, load


def main() -> None:
    """Print the figures of each pair by itself, of each set and of all in one graph."""
    parser = argparse.ArgumentParser(description="Measure what is made of article pairs in two languages.")
    parser.add_argument("pairs", nargs="*", metavar="PAIR", help="how the names of pairs begin; all if none is given")
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("--annotated", action="store_true", help="put the annotations in the place of what is read")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument(
        "--fit", action="store_true", help="print weights for events fitted to the pairs for development"
    )
    options = parser.parse_args()
    if options.fit:
        _fit()
        return
    pairs = load(options.folder, options.pairs)
    unseen = [pair for pair in pairs if pair.name.startswith(HELD_OUT)]
    seen = [pair for pair in pairs if not pair.name.startswith(HELD_OUT)]
    sets = {
        "development together": seen,
        "first ten together": [pair for pair in seen if pair.name.startswith(FIRST_TEN)],
        "held out together": unseen,
    }
    sets = {name: kept for name, kept in sets.items() if kept}
    sets = sets if len(sets) > 1 else {}
    groups = {pair.name: [pair] for pair in pairs} | sets | {"all together": pairs}
    found = {name: measure(group, annotated=options.annotated) for name, group in groups.items()}
    if options.as_json:
        click.echo(json.dumps({name: figures.plain() for name, figures in found.items()}, indent=1))
        return
    for name, figures in found.items():
        plain = figures.plain()
        click.echo(f"{name}")
        click.echo(f"  names {figures.names_found}/{figures.names}", nl=False)
        click.echo(f"  B³ {plain['entities']:.3f}, with missed names {plain['entities_all']:.3f}")
        click.echo(
            f"  events merged: precision {plain['precision']:.3f} ({figures.merged_right}/{figures.merged})", nl=False
        )
        click.echo(f", recall {plain['recall']:.3f}, with missed events {plain['recall_all']:.3f}", nl=False)
        click.echo(f" ({figures.merged_right}/{figures.listed_extracted}, {figures.merged_right}/{figures.listed})")
        click.echo(f"  disagreements {figures.planted_found}/{figures.planted}", nl=False)
        click.echo(f", as another type {figures.planted_as_another}", nl=False)
        click.echo(f"; false alarms {figures.false_alarms} in {figures.articles} articles")
        shown = options.misses and not any(pair in unseen for pair in groups[name])
        for miss in figures.misses if shown else ():
            click.echo(f"    {miss}")


def _fit() -> None:
    pairs, least = [*development(), *stories.load(even=False)], event_likeness.least()
    found = fitting.examples(pairs, extracted(pairs))
    weights = fitting.fit(found)
    precision, recall = fitting.left_out(found, least)
    click.echo("# What the features of events in two articles of one story count for:")
    click.echo("# python -m tests.pairs --fit > weights.toml; mv weights.toml kg/resolving/event_weights.toml")
    click.echo(f"# Accounts of pairs that were left out: precision {precision:.3f}, recall {recall:.3f}.\n")
    click.echo(f"[bounds]\nleast = {least}\n\n[weights]")
    for name, weight in weights.items():
        click.echo(f'"{name}" = {weight}')


main()
