"""The command `kg show`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._finding import find, print_instead
from kg.cli._terminal import graph_argument, json_option, lang_option, print_edits, print_json, print_table, printable

if TYPE_CHECKING:
    from kg.lookup import Card, Relation


@click.command()
@graph_argument
@click.argument("name")
@lang_option
@json_option
def command(graph: Path, name: str, lang: str, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """Show everything GRAPH says about one thing.

    NAME is a name, with or without diacritics, or an IRI. Where several things have the name they are listed.

    \b
    Examples:
      kg show out/demo 'tran van luu'
      kg show out/demo https://w3id.org/newskg/id/entity/… --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import lookup, store  # noqa: PLC0415

    reader = lookup.Reader(store.read_only(graph), language=lang)
    card, hits = find(reader, name)
    if card is None:
        return print_instead(reader, name, hits, as_json=as_json)
    if as_json:
        print_json(asdict(card))
    else:
        _print_card(card)
    return 0


def _print_card(card: Card) -> None:
    click.echo(printable(f"{card.node.label} ({card.node.kind})" if card.node.kind else card.node.label))
    click.echo(card.node.iri)
    labels = ", ".join(f"{text} ({language})" if language else text for language, text in card.labels)
    for title, text in (("labels", labels), ("also", ", ".join(card.aliases)), ("links", ", ".join(card.links))):
        if text:
            click.echo(f"{title}: {printable(text)}")
    _print_relations("", card.facts)
    for family, relations in card.parts.items():
        _print_relations(family, relations)
    if card.edits:
        click.echo("\nedited by hand:")
        print_edits(card.edits)
    if card.articles:
        click.echo("\narticles:")
        print_table(["article", "mentions"], [(node.label, str(count)) for node, count in card.articles])


def _print_relations(title: str, relations: tuple[Relation, ...]) -> None:
    if not relations:
        return
    click.echo(f"\n{title}:" if title else "")
    rows = []
    for relation in relations:
        value = relation.value
        what, iri = (value, "") if isinstance(value, str) else (value.label, value.iri)
        rows.append((relation.property, what, relation.when or "", iri))
    print_table(["as", "what", "when", "IRI"], rows)
