"""Cut a long article into passages that a model can take, and find words in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import lexicon, resources
from kg import sentences as splitting
from kg.model import Document, Span

_WORD = re.compile(r"\w+|[^\w\s]")


def passages(document: Document, words: int) -> Iterator[Span]:
    """The article's body in stretches of at most `words` words and marks, cut between sentences where that can be."""
    start = end = document.body_start
    taken = 0
    for first, last in _pieces(document, words):
        count = _count(document.text, first, last)
        if taken and taken + count > words:
            yield document.span(start, end)
            start, taken = first, 0
        end, taken = last, taken + count
    if taken:
        yield document.span(start, end)


def occurrences(text: str, words: str, start: int, end: int) -> Iterator[Span]:
    """Where `words` stand as whole words between `start` and `end`, from the first on."""
    at = text.find(words, start, end) if words.strip() else -1
    while at >= 0:
        if is_whole(text, at, at + len(words)):
            yield Span(at, at + len(words), words)
        at = text.find(words, at + 1, end)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at `start` or `end`."""
    return not any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


def sentences(document: Document) -> list[tuple[int, int]]:
    """Where each sentence of the article's body begins, and the next one does."""
    known = document.language in resources.languages()
    abbreviations = lexicon.table(document.language, "sentences")["abbreviations"] if known else ()
    start = document.body_start
    found = splitting.split(document.text[start:], abbreviations=abbreviations)
    return [(start + first, start + last) for first, last in found]


def _pieces(document: Document, words: int) -> Iterator[tuple[int, int]]:
    """Sentences; one that is too long itself in parts of whole words."""
    for start, last in sentences(document):
        first = start
        for number, word in enumerate(_WORD.finditer(document.text, start, last)):
            if number and number % words == 0:
                yield first, word.start()
                first = word.start()
        if first < last:
            yield first, last


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end))
