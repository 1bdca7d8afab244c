"""Look at a sentence as words and marks, white space left out, with what their letters tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.spelling import fold

OPENING = frozenset("\"“„«'‘(")
_BULLETS = frozenset("-–•*+>●▪")
_SHOUT_WORDS = 3
_DATELINE = 7  # "Hà Nội (TTXVN) - Sáng nay": the sentence begins behind the dash


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: the tokens that are no white space, by position.

    `index` gives each one's place in the document; `words` are folded; `capital` marks an upper-case letter somewhere
    in it; `initial` the places where a capital means nothing, since a sentence or a quotation begins; `joined` a
    syllable that goes on the word before it, as far as the word segmenter ran; `gaps` hold the space before each.
    `shouted` is a line all in capitals.
    """

    doc: Doc
    index: tuple[int, ...]
    texts: tuple[str, ...]
    words: tuple[str, ...]
    capital: tuple[bool, ...]
    initial: tuple[bool, ...]
    joined: tuple[bool, ...]
    gaps: tuple[str, ...]
    shouted: bool

    def __len__(self) -> int:
        return len(self.index)

    def word(self, position: int) -> str:
        """The folded word at `position`, empty outside the line."""
        return self.words[position] if 0 <= position < len(self.words) else ""

    def text(self, start: int, end: int) -> str:
        """The exact words from `start` to `end`, a single space where the document has other white space."""
        return "".join(
            gap + text for gap, text in zip(self.gaps[start:end], self.texts[start:end], strict=True)
        ).strip()


def lines(doc: Doc, joins: frozenset[int], key: Callable[[str], str] = fold) -> Iterator[Line]:
    """The sentences of the body; `joins` are the tokens that go on the word before them, `key` folds a word."""
    header = doc.spans["header"]
    body = header[0].end if len(header) else 0
    for sentence in doc.sents:
        if sentence.end > body:
            line = _line(sentence, body, joins, key)
            if len(line):
                yield line


def _line(sentence: Span, body: int, joins: frozenset[int], key: Callable[[str], str]) -> Line:
    tokens = [token for token in sentence if not token.is_space and token.i >= body]
    texts = tuple(token.text for token in tokens)
    words = [text for text in texts if text.isalpha()]
    return Line(
        doc=sentence.doc,
        index=tuple(token.i for token in tokens),
        texts=texts,
        words=tuple(key(text) for text in texts),
        capital=tuple(text != text.lower() for text in texts),
        initial=tuple(_initials(texts)),
        joined=tuple(token.i in joins for token in tokens),
        gaps=tuple("" if first else " " if apart else "" for first, apart in _apart(tokens)),
        shouted=len(words) >= _SHOUT_WORDS and all(word == word.upper() for word in words),
    )


def _apart(tokens: Sequence[Token]) -> Iterator[tuple[bool, bool]]:
    """Of each token whether it is the first, and whether white space stands before it."""
    end = -1
    for position, token in enumerate(tokens):
        yield position == 0, token.idx > end
        end = token.idx + len(token)


def _initials(texts: tuple[str, ...]) -> Iterator[bool]:
    fresh = True
    for position, text in enumerate(texts):
        yield fresh
        dateline = text in _BULLETS and (fresh or position < _DATELINE)
        numbered = fresh and ((position == 0 and text.isdigit()) or (position == 1 and text == "."))
        fresh = text in OPENING or text == ":" or dateline or numbered
