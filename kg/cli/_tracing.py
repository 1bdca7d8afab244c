"""Print the rows of an answer with what each rests on: `kg query --why`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._claims import claim_json, print_claim, print_quotes, quote_json, texts
from kg.cli._terminal import interruptible, print_json, printable

if TYPE_CHECKING:
    from kg.lookup import Quotes
    from kg.sparql import Query
    from kg.tracing import Note, Row, Trace

FORMATS = ("table", "json", "csv")
_EVIDENCE = ("claim", "attributed_to", "modality", "said", "article", "published", "start", "end", "quote")


def print_trace(graph: Path, query: Query, *, form: str, limit: int, language: str) -> None:
    """Trace `query` over `graph`, and print it in one of FORMATS."""
    from kg import lookup, store, tracing  # noqa: PLC0415

    reader = lookup.Reader(store.read_only(graph), language=language)
    quotes = lookup.Quotes(graph, reader)
    said = texts(language, "trace")
    with interruptible():
        trace = tracing.Trace(reader, query)
        rows = trace.rows(limit)
        if form == "json":
            print_json(_json(query, trace, [_row_json(row, trace, quotes, said) for row in rows]))
        elif form == "csv":
            _print_csv(trace, rows, quotes)
        else:
            _print_rows(query, trace, rows, quotes, said)
    if len(trace) > limit:
        click.echo(f"more than --limit {limit}: {len(trace)} rows", err=True)


def _json(query: Query, trace: Trace, rows: list[dict[str, Any]]) -> dict[str, Any]:
    truth = {"boolean": bool(len(trace))} if query.kind == "ASK" else {}
    return {**truth, "variables": trace.variables, "rows": rows, "left_out": len(trace) - len(rows)}


def _row_json(row: Row, trace: Trace, quotes: Quotes, said: dict[str, str]) -> dict[str, Any]:
    support = row.support
    return {
        "row": {name: None if term is None else _plain(term) for name, term in zip(trace.variables, row.terms, strict=True)},
        "claims": [claim_json(reason, quotes) for reason in support.claims],
        "mentions": [
            {
                "entity": naming.entity.iri,
                "label": naming.entity.label,
                "places": naming.places,
                "evidence": [quote_json(quotes.quote(evidence)) for evidence in naming.evidence],
            }
            for naming in support.namings
        ],
        "articles": [
            {"article": source, "iri": iri, "published": quotes.published(iri)} for source, iri in support.articles
        ],
        "untraced": [_worded(note, said) for note in support.untraced],
    }  # fmt: skip


def _print_rows(query: Query, trace: Trace, rows: Iterator[Row], quotes: Quotes, said: dict[str, str]) -> None:
    if query.kind == "ASK":
        click.echo("yes" if len(trace) else "no")
    for number, row in enumerate(rows, start=1):
        cells = [
            f"{name}: {_cell(term)}" for name, term in zip(trace.variables, row.terms, strict=True) if term is not None
        ]
        click.echo(f"{number}. {printable(' | '.join(cells))}")
        _print_support(row, quotes, said)
    if query.kind != "ASK":
        click.echo(f"{len(trace)} row{'' if len(trace) == 1 else 's'}", err=True)


def _print_support(row: Row, quotes: Quotes, said: dict[str, str]) -> None:
    support = row.support
    shown: set[str] = set()
    for reason in support.claims:
        print_claim(reason, quotes, said, indent="   ", shown=shown)
    for naming in support.namings:
        more = f" ({said['places'].format(n=naming.places)})" if naming.places > len(naming.evidence) else ""
        click.echo(f"   {said['named']}: {printable(naming.entity.label)}{more}")
        print_quotes((quotes.quote(evidence) for evidence in naming.evidence), said, indent="     ", shown=shown)
    quoted = {evidence.article for reason in support.claims for evidence in reason.evidence}
    quoted |= {evidence.article for naming in support.namings for evidence in naming.evidence}
    for source, iri in support.articles:
        if iri not in quoted:
            published = quotes.published(iri) or said["undated"]
            click.echo(f"   {said['article']}: {printable(source)}, {said['published']} {published}")
    for note in support.untraced:
        click.echo(f"   {said['untraced']}: {printable(_worded(note, said))}")


def _print_csv(trace: Trace, rows: Iterator[Row], quotes: Quotes) -> None:
    """A line for each place that a row rests on, with the row's own columns before it; none leaves them empty."""
    out = csv.writer(sys.stdout)
    out.writerow([*trace.variables, *_EVIDENCE])
    for row in rows:
        own = ["" if term is None else _plain(term) for term in row.terms]
        support = row.support
        places = [
            ((c.claim.iri, "; ".join(n.label for n in c.sources), c.firmness, c.said), quotes.quote(evidence))
            for c in support.claims
            for evidence in c.evidence
        ]
        places += [(("", "", "", ""), quotes.quote(e)) for naming in support.namings for e in naming.evidence]
        for claim, quote in places:
            out.writerow([*own, *claim, quote.article, quote.published, quote.start, quote.end, quote.quote])
        if not places:
            out.writerow([*own, *[""] * len(_EVIDENCE)])


def _worded(note: Note, said: dict[str, str]) -> str:
    return said[note.code].format(text=note.text)


def _plain(term: Any) -> str:
    return str(term.value) if hasattr(term, "value") else str(term)


def _cell(term: Any) -> str:
    from kg.sparql import short  # noqa: PLC0415

    return short(_plain(term))
