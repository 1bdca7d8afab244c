"""The command `kg why`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import graph_argument, json_option, lang_option, print_json, printable

if TYPE_CHECKING:
    from kg.lookup import Evidence, Reason

_NOT_FOUND = 1


@click.command()
@graph_argument
@click.argument("iri")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="How many claims to print.")
@lang_option
@json_option
def command(graph: Path, iri: str, limit: int, lang: str, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """Show the words behind a fact: article, offsets, who says it.

    IRI is that of a claim, an event, a situation, a question, a quantity or an entity; `kg show` and `kg query` print
    them. Offsets count code points of the article's NFC text.
    """
    from kg import lookup, store  # noqa: PLC0415

    reader = lookup.Reader(store.read_only(graph), language=lang)
    card = lookup.card(reader, iri)
    if card is None:
        click.echo(f"kg: the graph does not have {printable(iri)}", err=True)
        return _NOT_FOUND
    found, words = lookup.reasons(reader, iri), lookup.mentions(reader, iri)
    if as_json:
        print_json(
            {"node": asdict(card.node), "claims": [asdict(r) for r in found], "mentions": [asdict(m) for m in words]}
        )
        return 0
    click.echo(printable(f"{card.node.label} ({card.node.kind})" if card.node.kind else card.node.label))
    for reason in found[:limit]:
        _print_reason(reason)
    if words:
        click.echo(f"\nnamed {len(words)} time{'' if len(words) == 1 else 's'}:")
        for evidence in words[:limit]:
            click.echo(_quoted(evidence))
    if max(len(found), len(words)) > limit:
        click.echo(f"more than --limit {limit}: {len(found)} claims, {len(words)} mentions", err=True)
    return 0


def _print_reason(reason: Reason) -> None:
    click.echo(f"\n{printable(reason.claim.label)}")
    details = (
        ("claim", reason.claim.iri),
        ("says", ", ".join(node.label for node in reason.sources)),
        ("relayed by", ", ".join(node.label for node in reason.relayed_by)),
        ("said", reason.said),
        ("modality", reason.modality),
        ("number", reason.quantity),
        ("about", ", ".join(node.label for node in reason.about)),
        ("rule", ", ".join(reason.extractors)),
        ("confidence", reason.confidence),
    )
    for name, text in details:
        if text:
            click.echo(f"  {name}: {printable(text)}")
    for evidence in reason.evidence:
        click.echo(_quoted(evidence))


def _quoted(evidence: Evidence) -> str:
    return f"  {printable(evidence.source)} {evidence.start}-{evidence.end}: “{printable(evidence.words)}”"
