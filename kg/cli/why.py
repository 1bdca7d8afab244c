"""The command `kg why`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._finding import find, print_instead
from kg.cli._terminal import graph_argument, json_option, lang_option, print_edits, print_json, printable, quoted

if TYPE_CHECKING:
    from kg.lookup import Kind, Reason


@click.command()
@graph_argument
@click.argument("name")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="How many claims to print.")
@lang_option
@json_option
def command(graph: Path, name: str, limit: int, lang: str, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """Show the words behind a fact: article, offsets, who says it.

    NAME is the name of an entity, or the IRI of a claim, an event, a situation, a question, a quantity or an entity;
    `kg show` and `kg query` print them. Of an entity it also says why it is a person, a place, an organization: the
    reasons counted over its names, each with an example; of what people changed by hand, who, when and why. Offsets count code points of the article's NFC text.
    """
    from kg import folder, lookup, store  # noqa: PLC0415

    reader = lookup.Reader(store.read_only(graph), language=lang)
    card, hits = find(reader, name)
    if card is None:
        return print_instead(reader, name, hits, as_json=as_json)
    iri = card.node.iri
    found, words = lookup.reasons(reader, iri), lookup.mentions(reader, iri)
    kind = lookup.kind(reader, graph / folder.RECORDS, iri)
    if as_json:
        parts = {"claims": [asdict(r) for r in found], "mentions": [asdict(m) for m in words]}
        edits = [asdict(one) for one in card.edits]
        print_json({"node": asdict(card.node), **parts, "type": asdict(kind) if kind else None, "edits": edits})
        return 0
    click.echo(printable(f"{card.node.label} ({card.node.kind})" if card.node.kind else card.node.label))
    if kind:
        _print_kind(kind)
    if card.edits:
        click.echo("\nedited by hand:")
        print_edits(card.edits)
    for reason in found[:limit]:
        _print_reason(reason)
    if words:
        click.echo(f"\nnamed {len(words)} time{'' if len(words) == 1 else 's'}:")
        for evidence in words[:limit]:
            click.echo(quoted(evidence))
    if max(len(found), len(words)) > limit:
        click.echo(f"more than --limit {limit}: {len(found)} claims, {len(words)} mentions", err=True)
    return 0


def _print_kind(kind: Kind) -> None:
    click.echo(f"\n{printable(kind.heading)}:")
    for ground in kind.grounds:
        told = f"{ground.label}: {ground.words}" if ground.words else ground.label
        click.echo(f"  {ground.names} × {printable(told)}")
        click.echo(f"  {quoted(ground.example)}")


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
        click.echo(quoted(evidence))
