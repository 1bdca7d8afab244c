"""The claims as one table, a row for each stretch of text that a claim rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg import folder, log
from kg.exporters import Format
from kg.model import Claim, Document, Event, Question, Span
from kg.rdf import Context, iris, labels
from kg.rdf.wording import Language

FORMAT = Format("CSV: the claims, one row for each quotation", ".csv", "text/csv")

COLUMNS = (
    *("claim", "type", "who", "relayed_by", "said", "modality", "what", "measure", "number", "exactness", "unit"),
    *("time", "place", "article", "published", "start", "end", "quote", "iri"),
)
_LANGUAGE: Language = "vi"
_PLACES = ("atPlace", "destination", "origin", "location", "locatedIn", "jurisdiction")


def export(graph: Path, out: BinaryIO) -> None:
    """Write the claims of the graph folder `graph` to `out` as UTF-8, labels in Vietnamese."""
    folder.manifest(graph)
    extractions, resolution = log.load(graph / folder.RECORDS)
    documents = {extraction.document.id: extraction.document for extraction in extractions}
    context = Context.make(resolution, documents.values())
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for claim in resolution.claims:
        for document, span in claim.evidence:
            writer.writerow(_row(context, claim, documents[document], span))
    text.flush()
    text.detach()


def _row(context: Context, claim: Claim, document: Document, span: Span) -> Iterator[str]:
    subject = context.events.get(claim.subject or "") or context.questions.get(claim.subject or "")
    event = subject if isinstance(subject, Event) else context.events.get(getattr(subject, "event", None) or "")
    quantity = claim.quantity
    yield from (
        labels.claim(context, claim, _LANGUAGE),
        claim.type,
        _names(context, claim.attributed_to),
        _names(context, claim.relayed_by),
        claim.said.edtf if claim.said else "",
        claim.modality,
        _what(context, subject),
        (quantity.measure or "" if quantity else "") or (subject.measure if isinstance(subject, Question) else ""),
        f"{quantity.stated:f}" if quantity else "",
        quantity.exactness if quantity else "",
        quantity.unit or "" if quantity else "",
        event.time.edtf if event and event.time else "",
        _names(context, _places(subject)),
        document.source,
        document.published or "",
        str(span.start),
        str(span.end),
        span.text,
        iris.node("claim", claim.key).value,
    )


def _what(context: Context, subject: Event | Question | None) -> str:
    if isinstance(subject, Event):
        return labels.event(context, subject, _LANGUAGE)
    return labels.question(context, subject, _LANGUAGE) if subject else ""


def _places(subject: Event | Question | None) -> tuple[str, ...]:
    if isinstance(subject, Question):
        return (subject.place,) if subject.place else ()
    return tuple(key for role, keys in (subject.roles if subject else ()) if role in _PLACES for key in keys)


def _names(context: Context, keys: tuple[str, ...]) -> str:
    return "; ".join(labels.entity(context, key, _LANGUAGE) for key in keys)
