"""Find what a person named at the terminal; list what shares a name, and suggest near ones for an unknown one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import print_json, print_table, printable

if TYPE_CHECKING:
    from kg.lookup import Card, Hit, Reader

_NOT_FOUND = 1


def find(reader: Reader, name: str) -> tuple[Card | None, list[Hit]]:
    """The card of the only thing that `name`, a name or an IRI, may mean; else the things that it may mean."""
    from kg import lookup  # noqa: PLC0415

    hits = [] if lookup.is_iri(name) else lookup.find(reader, name)
    card = lookup.card(reader, hits[0].iri if len(hits) == 1 else name) if len(hits) <= 1 else None
    return card, hits


def print_instead(reader: Reader, name: str, hits: list[Hit], *, as_json: bool) -> int:
    """Where there is no card: the things that share the name, or near names for an unknown one; the exit code."""
    if not hits:
        return _print_unknown(reader, name)
    if as_json:
        print_json([asdict(hit) for hit in hits])
        return 0
    click.echo(f"{len(hits)} things have this name; choose one by its IRI:", err=True)
    print_table(["name", "kind", "IRI"], [(hit.label, reader.kind_of(hit.iri), hit.iri) for hit in hits])
    return 0


def _print_unknown(reader: Reader, name: str) -> int:
    from kg import lookup  # noqa: PLC0415

    near = lookup.suggestions(reader, name)
    click.echo(f"kg: nothing here is called {printable(name)}", err=True)
    if near:
        click.echo(f"hint: did you mean {', '.join(printable(n) for n in near)}?", err=True)
    return _NOT_FOUND
