"""Cut Vietnamese text into syllables, numbers, dates, hyphenated names and punctuation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg import lexicon

LONGEST = 200
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>\d+(?:[.,/:\-]\d+)*\w*)
  | (?P<word>\w+(?:[-’'&]\w+|\.(?=[A-ZĐ\d]{1,4}(?!\w)|(?:com|net|org|vn|gov|edu|info|io|ai|tv)\b)\w+)*)
  | (?P<dots>\.{2,100})
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)


def pieces(text: str) -> list[str]:
    """The tokens of a name or phrase, white space left out; hyphenated ones stay whole."""
    return [match.group() for match in _TOKEN.finditer(text) if match.lastgroup != "space"]


class SyllableTokenizer:
    """A spaCy tokenizer whose tokens are Vietnamese syllables.

    "15.200", "1,5", "17/12", "2025-08-23", "Jae-in" and "Su-35" are one token each; a hyphen between two names of
    `pairs` ("Nga-Ukraine") is a token of its own. Time is linear in the text, and no token is longer than 200 code
    points. The text of the result is the text given, code point by code point.
    """

    def __init__(
        self, vocab: Vocab, *, lasts: frozenset[str] = frozenset(), firsts: frozenset[str] = frozenset()
    ) -> None:
        self.vocab = vocab
        self._lasts = lasts
        self._firsts = firsts

    def __call__(self, text: str) -> Doc:
        """The text as a document of syllables."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in self._pieces(text):
            if piece[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                piece = piece[1:]  # noqa: PLW2901 - the rest of the run is a token of its own
                if not piece:
                    continue
            words.append(piece)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _pieces(self, text: str) -> Iterator[str]:
        for match in _TOKEN.finditer(text):
            piece = match.group()
            if len(piece) > LONGEST:
                yield from (piece[i : i + LONGEST] for i in range(0, len(piece), LONGEST))
            elif match.lastgroup == "word" and "-" in piece:
                yield from self._parted(piece)
            else:
                yield piece

    def _parted(self, piece: str) -> Iterator[str]:
        """A hyphenated piece, cut where two known names meet."""
        parts = piece.split("-")
        joined = parts[0]
        for part in parts[1:]:
            if joined.rpartition("-")[2] in self._lasts and part in self._firsts:
                yield joined
                yield "-"
                joined = part
            else:
                joined = f"{joined}-{part}"
        yield joined

    # spaCy writes and reads tokenizers with the pipeline; this one is made from the language's data alone.
    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the data files hold everything."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> SyllableTokenizer:
        """Itself."""
        return self

    def to_disk(self, _path: Path | str, **_: Any) -> None:
        """Nothing: the data files hold everything."""

    def from_disk(self, _path: Path | str, **_: Any) -> SyllableTokenizer:
        """Itself."""
        return self


@registry.tokenizers("kg.syllables.v1")  # type: ignore[untyped-decorator]  # catalogue, which makes it, has no types
def make_tokenizer(language: str) -> Callable[[Language], SyllableTokenizer]:
    """A factory of tokenizers for `language`, as spaCy's configuration asks for."""

    def create(nlp: Language) -> SyllableTokenizer:
        paired = [
            part
            for entry in lexicon.entries(language, "gazetteer")
            if entry.get("pairs")
            for name in (entry["name"], *entry.get("aliases", ()))
            for part in name.split(" - ")
        ]
        return SyllableTokenizer(
            nlp.vocab,
            lasts=frozenset(part.split()[-1] for part in paired),
            firsts=frozenset(part.split()[0] for part in paired),
        )

    return create
