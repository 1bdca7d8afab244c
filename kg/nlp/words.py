"""Mark the words of more than one syllable, as pyvi's segmenter sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp import sentences
from kg.nlp.texts import texts

_INSIDE = "I_W"


class WordFinder:
    """A spaCy component that fills `doc.spans["words"]` with the words of two and more syllables."""

    def __init__(self) -> None:
        from pyvi.ViTokenizer import ViTokenizer  # noqa: PLC0415 - loads its model, half a second

        self._tagger = ViTokenizer.model.tagger_
        self._pairs = ViTokenizer.bi_grams
        self._triples = ViTokenizer.tri_grams

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        spans = []
        for start, tokens in _pieces(doc):
            labels = self._tagger.tag(self._features(tokens))
            spans += [Span(doc, start + first, start + last) for first, last in _runs(tokens, labels)]
        doc.spans["words"] = spans
        return doc

    def _features(self, tokens: Sequence[str]) -> list[list[str]]:
        """What pyvi's model looks at, as pyvi names it; what does not hold is left out, which weighs the same."""
        lower = [token.lower() for token in tokens]
        forms = [_form(token) for token in tokens]
        last = len(tokens) - 1
        pairs = [f"{one} {other}" in self._pairs for one, other in pairwise(lower)]
        triples = [
            f"{one} {two} {three}" in self._triples
            for one, two, three in zip(lower, lower[1:], lower[2:], strict=False)
        ]
        found = []
        for i, word in enumerate(lower):
            seen = ["bias", f"word.lower():{word}", *(f"word.{form}" for form in forms[i])]
            if tokens[i].isdigit():
                seen.append("word.isdigit()")
            if i:
                seen += [f"-1:word.lower():{lower[i - 1]}", *(f"-1:word.{form}" for form in forms[i - 1])]
                if pairs[i - 1]:
                    seen.append("-1:word.bi_gram()")
                if i > 1 and triples[i - 2]:
                    seen.append("-2:word.tri_gram()")
            if i < last:
                seen += [f"+1:word.lower():{lower[i + 1]}", *(f"+1:word.{form}" for form in forms[i + 1])]
                if pairs[i]:
                    seen.append("+1:word.bi_gram()")
                if i < last - 1 and triples[i]:
                    seen.append("+2:word.tri_gram()")
            found.append(seen)
        return found


def _form(token: str) -> tuple[str, ...]:
    return tuple(name for name, holds in (("isupper()", token.isupper()), ("istitle()", token.istitle())) if holds)


def _pieces(doc: Doc) -> Iterator[tuple[int, list[str]]]:
    """The sentences as token texts without spaces, in parts of bounded length."""
    found = texts(doc)
    for start, end in sentences.parts(doc):
        part = [text.strip() or "." for text in found[start:end]]
        if any(not text.isspace() for text in found[start:end]):
            yield start, part


def _runs(tokens: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The runs of two and more syllables that are one word; punctuation belongs to none."""
    first = 0
    for position in range(1, len(tokens) + 1):
        joined = position < len(tokens) and labels[position] == _INSIDE
        if joined and _is_word(tokens[position]) and _is_word(tokens[position - 1]):
            continue
        if position - first > 1:
            yield first, position
        first = position


def _is_word(token: str) -> bool:
    return token[:1].isalpha()


@Language.factory("kg_words", assigns=["doc.spans"])
def make_words(nlp: Language, name: str) -> WordFinder:
    """The component; pyvi knows one language only."""
    del nlp, name
    return WordFinder()
