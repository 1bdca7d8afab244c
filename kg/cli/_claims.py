"""Write claims with their words, for people and as JSON: the same wherever a command quotes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._terminal import printable

if TYPE_CHECKING:
    from kg.lookup import Quote, Quotes, Reason


@cache
def _all_texts() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


def texts(language: str, part: str) -> dict[str, str]:
    """What commands say in `language`: the words that all share, and those of one part."""
    known = _all_texts()[language]
    return {**known["common"], **known[part]}


def claim_json(reason: Reason, quotes: Quotes) -> dict[str, Any]:
    """A claim as JSON: `modality` is the term's own name, whatever the language."""
    return {
        "claim": reason.claim.iri,
        "label": reason.claim.label,
        "attributed_to": [node.label for node in reason.sources],
        "relayed_by": [node.label for node in reason.relayed_by],
        "modality": reason.firmness,
        "said": reason.said,
        "number": reason.quantity,
        "evidence": [quote_json(quotes.quote(evidence)) for evidence in reason.evidence],
    }


def quote_json(quote: Quote) -> dict[str, Any]:
    """A quote as JSON: the words and their place, the sentence around them, when they were published."""
    return {
        "article": quote.article,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.quote,
        "sentence": quote.sentence,
        "published": quote.published,
    }


def print_claim(
    reason: Reason,
    quotes: Quotes,
    said: dict[str, str],
    *,
    indent: str = "  ",
    shown: set[str] | None = None,
    named: bool = True,
) -> None:
    """A claim with who says it, when and how firmly, and its words.

    Sentences that are `shown` already are left out, and the claim's own name unless it is to be `named`.
    """
    if named:
        click.echo(indent + printable(reason.claim.label))
        indent += "  "
    details = [f"{said['says']}: {', '.join(n.label for n in reason.sources) or said['nobody']}"]
    if reason.relayed_by:
        details.append(f"{said['relayed']}: {', '.join(n.label for n in reason.relayed_by)}")
    if reason.said:
        details.append(f"{said['said']}: {reason.said}")
    if reason.modality:
        details.append(f"{said['modality']}: {reason.modality}")
    click.echo(indent + printable("; ".join(details)))
    print_quotes((quotes.quote(evidence) for evidence in reason.evidence), said, indent=indent, shown=shown)


def print_quotes(quotes: Iterable[Quote], said: dict[str, str], *, indent: str, shown: set[str] | None = None) -> None:
    """Quotes with article, offsets and day of publication; below each its sentence, where that says more, once."""
    shown = set() if shown is None else shown
    for quote in quotes:
        when = f"{said['published']} {quote.published or said['undated']}"
        place = f"{quote.article} {quote.start}-{quote.end}, {when}"
        click.echo(f"{indent}{printable(place)}: “{printable(quote.quote)}”")
        if quote.sentence not in shown | {quote.quote}:
            shown.add(quote.sentence)
            click.echo(f"{indent}  … {printable(quote.sentence)}")
