"""Widen what a result quotes to the sentence that it stands in, where the article's text is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kg import folder, log, sentences
from kg.validation.results import Report, ValidationResult


def widened(report: Report, graph: Path) -> Report:
    """The report with the sentences of the graph folder's articles around its quotes."""
    if not any(result.quote for result in report.results):
        return report
    texts = {
        record["source"]: record["text"]
        for record in log.read_lines(graph / folder.RECORDS)
        if record["record"] == "document"
    }
    return replace(report, results=tuple(_widened(result, texts) for result in report.results))


def _widened(result: ValidationResult, texts: Mapping[str, str]) -> ValidationResult:
    quote = result.quote
    text = texts.get(quote.source) if quote else None
    if quote is None or text is None or text[quote.start : quote.end] != quote.text:
        return result
    return replace(result, quote=replace(quote, sentence=sentences.around(text, quote.start, quote.end)))
