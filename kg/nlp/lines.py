"""Look at a sentence as words and marks, white space left out, with what their letters tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.nlp.texts import texts
from kg.spelling import fold

OPENING = frozenset("\"“„«'‘(")
_FINAL = frozenset('.!?…"”')
_SHORT, _HEADLINE = 3, 5  # letters of a word, words of a line
_BULLETS = frozenset("-–•*+>●▪")
_SHOUT_WORDS = 3
_LONG_DATELINE = 12  # "WASHINGTON, Nov 20 (AP) — The court": a dash that is no hyphen is surer
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


def is_headline(line: Line, plain: Collection[str]) -> bool:
    """Whether a line has no full stop and nearly every longer word in it has a capital, such `plain` words as well."""
    long = [i for i, text in enumerate(line.texts) if len(text) > _SHORT and text.isalpha()]
    if len(long) < _HEADLINE or line.texts[-1] in _FINAL or line.shouted:
        return False
    lower = sum(not line.capital[i] for i in long)
    return lower * 8 <= len(long) and any(line.capital[i] and line.words[i] in plain for i in long[1:])


def lines(
    doc: Doc, joins: frozenset[int], key: Callable[[str], str] = fold, dashes: frozenset[str] = frozenset()
) -> Iterator[Line]:
    """The sentences of the body; `joins` are the tokens that go on the word before them, `key` folds a word.

    `dashes` are what else than a hyphen may end a dateline.
    """
    header = doc.spans["header"]
    body = header[0].end if len(header) else 0
    found = texts(doc)
    blank = [text.isspace() for text in found]
    apart = [False, *(spaced or empty for spaced, empty in zip(doc.to_array("SPACY"), blank, strict=True))]
    for sentence in doc.sents:
        index = tuple(i for i in range(max(sentence.start, body), sentence.end) if not blank[i])
        if index:
            yield _line(doc, index, [found[i] for i in index], apart, joins, key, _BULLETS | dashes)


def _line(
    doc: Doc,
    index: tuple[int, ...],
    written: Sequence[str],
    apart: Sequence[bool],
    joins: frozenset[int],
    key: Callable[[str], str],
    bullets: frozenset[str],
) -> Line:
    tokens = tuple(written)
    words = [text for text in tokens if text.isalpha()]
    gaps = (
        "" if first or not apart[i] else " " for first, i in zip((True, *([False] * len(index))), index, strict=False)
    )
    return Line(
        doc=doc,
        index=index,
        texts=tokens,
        words=tuple(key(text) for text in tokens),
        capital=tuple(text != text.lower() for text in tokens),
        initial=tuple(_initials(tokens, bullets)),
        joined=tuple(i in joins for i in index),
        gaps=tuple(gaps),
        shouted=len(words) >= _SHOUT_WORDS and all(word == word.upper() for word in words),
    )


def _initials(texts: tuple[str, ...], bullets: frozenset[str]) -> Iterator[bool]:
    fresh = True
    for position, text in enumerate(texts):
        yield fresh
        dateline = text in bullets and (fresh or position < (_DATELINE if text in _BULLETS else _LONG_DATELINE))
        numbered = fresh and ((position == 0 and text.isdigit()) or (position == 1 and text == "."))
        fresh = text in OPENING or text == ":" or dateline or numbered
