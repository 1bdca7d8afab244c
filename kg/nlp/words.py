"""Mark the words of more than one syllable, as pyvi's segmenter sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp import sentences

_INSIDE = "I_W"


class WordFinder:
    """A spaCy component that fills `doc.spans["words"]` with the words of two and more syllables."""

    def __init__(self) -> None:
        from pyvi.ViTokenizer import ViTokenizer  # noqa: PLC0415 - loads its model, half a second

        self._features = ViTokenizer.sent2features
        self._model = ViTokenizer.model

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        spans = []
        for start, tokens in _pieces(doc):
            labels = self._model.predict([self._features(tokens, False)])[0]  # noqa: FBT003 - pyvi's signature
            spans += [Span(doc, start + first, start + last) for first, last in _runs(tokens, labels)]
        doc.spans["words"] = spans
        return doc


def _pieces(doc: Doc) -> Iterator[tuple[int, list[str]]]:
    """The sentences as token texts without spaces, in parts of bounded length."""
    for start, end in sentences.parts(doc):
        part = doc[start:end]
        if any(not token.is_space for token in part):
            yield start, [token.text.strip() or "." for token in part]


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
