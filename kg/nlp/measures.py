"""Mark times and quantities in a document, by the grammars that read plain text."""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp.quantities import find_quantities
from kg.nlp.regions import document_of
from kg.nlp.times import scan_times


@Language.component("kg_measures", assigns=["doc.spans"])
def find_measures(doc: Doc) -> Doc:
    """Fill `doc.spans["times"]` and `["quantities"]`; their values lie in `doc.user_data` in the same order.

    Times are counted from the day of publication; the header before the article's body holds none. What each was
    counted from is in `doc.user_data["time_anchors"]`.
    """
    document = document_of(doc)
    header = doc.spans["header"]
    body = header[0].end_char if len(header) else 0
    reference = date.fromisoformat(document.published) if document.published else None
    scan = scan_times(doc.text, language=document.language, reference=reference)
    times = [match for match in scan.matches if match.start >= body]
    quantities = [
        match
        for match in find_quantities(doc.text, language=document.language, taken=scan.dated)
        if match.start >= body
    ]
    doc.spans["times"] = [_span(doc, match.start, match.end) for match in times]
    doc.user_data["times"] = [match.time for match in times]
    doc.user_data["time_anchors"] = [match.anchor for match in times]
    doc.spans["quantities"] = [_span(doc, match.start, match.end) for match in quantities]
    doc.user_data["quantities"] = [match.quantity for match in quantities]
    return doc


def _span(doc: Doc, start: int, end: int) -> Span:
    """The tokens that cover the code points: a grammar may end inside a token, so the span is widened to it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None, "the grammars read this text"  # noqa: S101 - for the type checker
    return span
