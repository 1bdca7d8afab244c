"""Split text into sentences, knowing abbreviations, initials, numbers and quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg import lexicon
from kg.nlp import people
from kg.nlp.texts import texts
from kg.spelling import fold

_CLOSERS = frozenset("\"”»)]’'")
_OPENERS = frozenset('"“«(‘')
_LONGEST_PART = 400  # tokens


def parts(doc: Doc) -> Iterator[tuple[int, int]]:
    """The first token and the end of each sentence; one of thousands of words, a list or an attack, comes in parts."""
    for sentence in doc.sents:
        for start in range(sentence.start, sentence.end, _LONGEST_PART):
            yield start, min(start + _LONGEST_PART, sentence.end)


class SentenceSplitter:
    """A spaCy component that sets `token.is_sent_start`.

    A sentence ends at a paragraph's end and at a final mark, with the closing quotes behind it; white space between
    two sentences belongs to the first. The header before the article's body is a sentence of its own.
    """

    def __init__(self, language: str) -> None:
        table = lexicon.table(language, "sentences")
        self._abbreviations = frozenset(table["abbreviations"])
        self._closing = frozenset(table.get("closing", ()))
        self._openers = frozenset(table.get("openers", "").split())
        self._terminals = frozenset(table["terminals"])
        self._people = people.load(language)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its sentences marked."""
        starts = {paragraph.start for paragraph in doc.spans["paragraphs"]}
        for paragraph in doc.spans["paragraphs"]:
            starts |= self._inner_starts(doc, paragraph.start, paragraph.end)
        flags = np.full(len(doc), -1, dtype=np.int64)
        flags[sorted(starts | {0})[: len(doc)]] = 1
        # The setter of one token looks at all others: quadratic. An array is written in one pass.
        doc.from_array(["SENT_START"], flags.astype(np.uint64))  # type: ignore[arg-type]  # numpy's arrays serve too
        return doc

    def _inner_starts(self, doc: Doc, start: int, end: int) -> set[int]:
        closing = {quote.end - 1 for quote in doc.spans["quotes"]}
        starts: set[int] = set()
        first = start
        position = start
        found = texts(doc)
        while position < end:
            text = found[position]
            position += 1
            if text not in self._terminals and not (text[:2] == ".." and not text.strip(".")):
                continue
            if self._goes_on(doc, position - 1, first):
                continue
            while position < end and (
                found[position].isspace()
                or found[position] in self._terminals
                or (found[position] in _CLOSERS and (position in closing or found[position] != '"'))
            ):
                position += 1
            if position < end and _may_begin(found[position]):
                starts.add(position)
                first = position
        return starts

    def _goes_on(self, doc: Doc, mark: int, first: int) -> bool:
        """Whether the full stop belongs to an abbreviation, an initial or a list number."""
        if doc[mark].text != "." or mark == first:
            return False
        before = doc[mark - 1]
        if before.whitespace_ or before.is_space:
            return False  # texts that were cut into words write every full stop apart
        if before.text in self._abbreviations:
            return True
        if before.text in self._closing:
            return not self._opens(doc, mark + 1)
        if before.text.isdigit() and mark - 1 == first:
            return True
        if not (len(before.text) == 1 and before.text.isupper()) or mark + 1 >= len(doc):
            return False
        if self._opens(doc, mark + 1):
            return False
        named = mark - 2 >= first and doc[mark - 2].text[0].isupper()
        following = doc[mark + 1].text
        return named or (following[0].isupper() and not self._people.native(following))

    def _opens(self, doc: Doc, at: int) -> bool:
        """Whether a word that opens sentences, or a paragraph, begins behind a mark."""
        while at < len(doc) and (doc[at].is_space or doc[at].text in _OPENERS):
            if "\n" in doc[at].text:
                return True
            at += 1
        return at >= len(doc) or (doc[at].text[0].isupper() and fold(doc[at].text) in self._openers)


def _may_begin(text: str) -> bool:
    return not text[0].islower() and text not in {",", ";", ":", ")", "]", "”", "»"}


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> SentenceSplitter:
    """The component for the pipeline's language."""
    del name
    return SentenceSplitter(str(nlp.lang))
