"""The command `kg support`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._terminal import graph_argument, json_option, lang_option, print_json, printable, quoted

if TYPE_CHECKING:
    from kg.lookup import Support

_NOT_FOUND = 1


@click.command()
@graph_argument
@click.argument("claim", required=False)
@click.option("--quote", metavar="WORDS", help="The claim whose words in an article come nearest to these.")
@lang_option
@json_option
def command(graph: Path, claim: str | None, quote: str | None, lang: str, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """Say on how many independent origins a claim of GRAPH rests, and where its copies stand.

    CLAIM is the IRI of a claim; `kg conflicts`, `kg why` and `kg query` print them. What several articles copied from one
    another, word for word or lightly edited, has one origin, and so has what one article says several times. The first
    known place of a copy is its earliest dated article, which need not have written it.

    \b
    Examples:
      kg support out/demo https://w3id.org/newskg/id/claim/…
      kg support out/demo --quote '24 người thiệt mạng' --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import lookup, store  # noqa: PLC0415

    if (claim is None) == (quote is None):
        raise click.UsageError("give one claim: its IRI, or words of it with --quote")
    reader = lookup.Reader(store.read_only(graph), language=lang)
    if claim is None:
        near = lookup.claims_quoted(reader, quote or "")
        claim = near[0] if near else ""
        if len(near) > 1:
            click.echo(f"{len(near) - 1} more with words like these; this one is the nearest", err=True)
    found = lookup.support(reader, claim) if lookup.is_iri(claim) else None
    if found is None:
        click.echo(f"kg: no claim here is {printable(quote or claim)}", err=True)
        return _NOT_FOUND
    if as_json:
        print_json(_plain(found))
    else:
        _print(found)
    return 0


def _plain(found: Support) -> dict[str, Any]:
    return {
        "claim": found.claim.iri,
        "origins": len(found.groups),
        "articles": found.articles,
        "groups": [[{"article": piece.source, "quote": piece.words} for piece in group] for group in found.groups],
        "first_known": list(found.first),
    }


def _print(found: Support) -> None:
    click.echo(printable(found.claim.label))
    click.echo(found.claim.iri)
    origins, articles = len(found.groups), found.articles
    plural = ("" if origins == 1 else "s", "" if articles == 1 else "s")
    click.echo(f"{origins} independent origin{plural[0]}, {articles} article{plural[1]}")
    for number, (group, first) in enumerate(zip(found.groups, found.first, strict=True), start=1):
        click.echo(f"\norigin {number}" + (f", first known in {printable(first)}" if first else "") + ":")
        for evidence in group:
            click.echo(quoted(evidence))
