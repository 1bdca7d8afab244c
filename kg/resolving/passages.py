"""Cut an article into the sentences that may have been copied, as words that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg import lexicon, resources, sentences
from kg.ledger import Passage
from kg.model import Document, Extraction
from kg.spelling import fold

FEWEST_WORDS = 8
"""A shorter sentence is a stock phrase ("He gave no details."): that two articles have it tells nothing."""
_WORD = re.compile(r"\w+(?:[.,:/-]\w+)*")


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A passage and its words, folded, without marks: equal `words` are one wording."""

    passage: Passage
    words: tuple[str, ...]


def sentences_of(extraction: Extraction) -> list[Sentence]:
    """The sentences of an article's body that have enough words to be told apart, captions and credits left out.

    Block: one article. Members: its text, and where its credits stand.
    """
    credit_spans = [mention.span for mention in extraction.mentions if mention.credit]
    found = []
    for passage in passages_of(extraction.document):
        words = tuple(_WORD.findall(fold(passage.text)))
        credited = any(c.start < passage.end and passage.start < c.end for c in credit_spans)
        if len(words) >= FEWEST_WORDS and not credited:
            found.append(Sentence(passage, words))
    return found


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
