"""Cut an article into the sentences that may have been copied, as words that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg import lexicon, resources, sentences
from kg.ledger import Passage
from kg.model import Document, Extraction, content_hash
from kg.spelling import fold

FEWEST_WORDS = 8
"""A shorter sentence is a stock phrase ("He gave no details."): that two articles have it tells nothing."""
_WORD = re.compile(r"\w+(?:[.,:/-]\w+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may have been copied: where it begins, its words as they stand, and the hash of its wording.

    Two sentences have one wording if their words are the same, folded and without marks.
    """

    start: int
    text: str
    wording: str


@dataclass(frozen=True, slots=True)
class Article:
    """Where the sentences of an article's body begin and end, and those that have enough words to be told apart."""

    bounds: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]


def article_of(extraction: Extraction) -> Article:
    """The sentences of an article; captions and credits may not be told apart.

    Block: one article. Members: its text, and where its credits stand.
    """
    credit_spans = [mention.span for mention in extraction.mentions if mention.credit]
    passages = passages_of(extraction.document)
    found = []
    for passage in passages:
        words = words_of(passage.text)
        credited = any(c.start < passage.end and passage.start < c.end for c in credit_spans)
        if len(words) >= FEWEST_WORDS and not credited:
            found.append(Sentence(passage.start, passage.text, wording(words)))
    return Article(tuple((passage.start, passage.end) for passage in passages), tuple(found))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a sentence as they are compared."""
    return tuple(_WORD.findall(fold(text)))


def wording(words: tuple[str, ...]) -> str:
    """The hash that names a wording."""
    return content_hash("wording", words)


def passages_of(document: Document) -> list[Passage]:
    """All sentences of an article's body, in order. Block: one article. Members: its text."""
    known = (resources.language(document.language) / "sentences.toml").is_file()
    abbreviations = frozenset(lexicon.table(document.language, "sentences")["abbreviations"]) if known else frozenset()
    found = []
    for first, after in sentences.split(document.text[document.body_start :], abbreviations=abbreviations):
        line = document.text[document.body_start + first : document.body_start + after]
        start, text = document.body_start + first + len(line) - len(line.lstrip()), line.strip()
        if text:
            found.append(Passage(document.id, start, start + len(text), text))
    return found
