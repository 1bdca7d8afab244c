"""Cut text into words or syllables, numbers, dates, hyphenated names and punctuation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg import gazetteer, lexicon

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


def pieces(text: str, enclitics: Sequence[str] = ()) -> list[str]:
    """The tokens of a name or phrase, white space left out; hyphenated ones stay whole, enclitics ("'s") come off."""
    found = (match.group() for match in _TOKEN.finditer(text) if match.lastgroup != "space")
    return [part for piece in found for part in _without(piece, enclitics)]


def _without(piece: str, enclitics: Sequence[str]) -> Iterator[str]:
    """The piece, and the enclitic at its end as another."""
    ending = next((e for e in enclitics if len(piece) > len(e) and piece.endswith(e)), "")
    yield piece.removesuffix(ending)
    if ending:
        yield ending


def enclitics(language: str) -> tuple[str, ...]:
    """What a language cuts off the ends of its words."""
    return tuple(lexicon.table(language, "writing").get("enclitics", ()))


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a language cuts words.

    Between two names of `lasts` and `firsts` ("Nga-Ukraine"), behind a capitalised name and before one of `behind_name`
    ("US-led"), between one of `before_name` and a name ("pro-Russian"), and before `enclitics`.
    """

    lasts: frozenset[str] = frozenset()
    firsts: frozenset[str] = frozenset()
    behind_name: frozenset[str] = frozenset()
    before_name: frozenset[str] = frozenset()
    enclitics: tuple[str, ...] = ()

    def between(self, before: str, after: str) -> bool:
        """Whether a hyphen between two parts of a word is a token of its own."""
        pair = before in self.lasts and after in self.firsts
        described = before[:1].isupper() and after in self.behind_name
        prefix = before in self.before_name and after[:1].isupper()
        return pair or described or prefix or (before.lower() in self.before_name and after in self.firsts)


class SyllableTokenizer:
    """A spaCy tokenizer whose tokens are words as their language writes them: Vietnamese syllables, English words.

    "15.200", "1,5", "17/12", "2025-08-23", "Jae-in" and "Su-35" are one token each; a hyphen where the language's
    `cuts` say so ("Nga-Ukraine", "US-led") is a token of its own. Time is linear in the text, and no token is longer than
    200 code points. The text of the result is the text given, code point by code point.
    """

    def __init__(self, vocab: Vocab, cuts: Cuts = Cuts()) -> None:
        self.vocab = vocab
        self._cuts = cuts

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
            elif match.lastgroup == "word":
                for part in self._parted(piece) if "-" in piece else (piece,):
                    yield from _without(part, self._cuts.enclitics)
            else:
                yield piece

    def _parted(self, piece: str) -> Iterator[str]:
        """A hyphenated piece, cut where its language does."""
        parts = piece.split("-")
        joined = parts[0]
        for part in parts[1:]:
            if self._cuts.between(joined.rpartition("-")[2], part):
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
        return SyllableTokenizer(nlp.vocab, cuts(language))

    return create


@cache
def cuts(language: str) -> Cuts:
    """Where a language cuts words, read once."""
    known = gazetteer.load(language)
    paired = [
        part for entry in known.entries if entry.pairs for name in known.names(entry) for part in name.split(" - ")
    ]
    hyphens: Mapping[str, str] = lexicon.table(language, "writing").get("hyphens", {})
    named = hyphens.get("names", "").split()
    return Cuts(
        lasts=frozenset([*(part.split()[-1] for part in paired), *named]),
        firsts=frozenset([*(part.split()[0] for part in paired), *named]),
        behind_name=frozenset(hyphens.get("behind_name", "").split()),
        before_name=frozenset(hyphens.get("before_name", "").split()),
        enclitics=enclitics(language),
    )
