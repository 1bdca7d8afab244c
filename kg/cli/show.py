"""The command `kg show`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import graph_argument, json_option, lang_option, print_json, print_table, printable

if TYPE_CHECKING:
    from kg.lookup import Card, Hit, Reader, Relation

_NOT_FOUND = 1


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
    hits = [] if lookup.is_iri(name) else lookup.find(reader, name)
    card = lookup.card(reader, hits[0].iri if len(hits) == 1 else name) if len(hits) <= 1 else None
    if card is None and not hits:
        return _unknown(reader, name)
    if as_json:
        print_json(asdict(card) if card else [asdict(hit) for hit in hits])
    elif card:
        _print_card(card)
    else:
        _print_hits(hits, reader)
    return 0


def _unknown(reader: Reader, name: str) -> int:
    from kg import lookup  # noqa: PLC0415

    near = lookup.suggestions(reader, name)
    click.echo(f"kg: nothing here is called {printable(name)}", err=True)
    if near:
        click.echo(f"hint: did you mean {', '.join(printable(n) for n in near)}?", err=True)
    return _NOT_FOUND


def _print_hits(hits: list[Hit], reader: Reader) -> None:
    click.echo(f"{len(hits)} things have this name; show one by its IRI:", err=True)
    print_table(["name", "kind", "IRI"], [(hit.label, reader.kind_of(hit.iri), hit.iri) for hit in hits])


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
