"""Widen what a result quotes to the sentence that it stands in, where the article's text is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg import sentences
from kg.validation.results import ValidationResult


def widened(result: ValidationResult, texts: Mapping[str, str]) -> ValidationResult:
    """The result with the sentence of the article around its quote, and the line on which that begins."""
    quote = result.quote
    text = texts.get(quote.article) if quote else None
    if quote is None or text is None or text[quote.start : quote.end] != quote.text:
        return result
    before = text[: quote.start]
    found = replace(
        quote,
        sentence=sentences.around(text, quote.start, quote.end),
        line=before.count("\n") + 1,
        column=quote.start - (before.rfind("\n") + 1) + 1,
    )
    return replace(result, quote=found)
