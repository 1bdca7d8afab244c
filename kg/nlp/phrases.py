"""Find the phrases of a word list in a document's tokens, longest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

V = TypeVar("V")
_PIECES = re.compile(r"(?<!\w)[’']s(?!\w)|\w+(?:[-’'.]\w+)*|[^\w\s]")
_GENITIVE = re.compile(r"(?<=\w)([’']s)(?!\w)")
_END = ""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, NFC: how phrases and tokens are compared. Diacritics stay, as they tell words apart."""
    return unicodedata.normalize("NFC", text).lower()


class Syllable(str):
    """A folded token that knows whether it is only part of a word: "quân" in "quân sự"."""

    __slots__ = ("part",)
    part: bool

    @classmethod
    def of(cls, text: str, *, part: bool) -> Syllable:
        """The folded token `text`."""
        return _syllable(text, part)


@lru_cache(maxsize=65536)
def _syllable(text: str, part: bool) -> Syllable:  # noqa: FBT001 - a key of the cache
    syllable = Syllable(fold(text))
    syllable.part = part
    return syllable


def _whole(words: Sequence[str], start: int, end: int) -> bool:
    """Whether tokens may be a phrase: a single one must not be part of a longer word."""
    return end - start > 1 or not getattr(words[start], "part", False)


@dataclass(frozen=True, slots=True)
class Match(Generic[V]):
    """Tokens `start` to `end` (exclusive) spell an entry of the table, whose value is `value`."""

    start: int
    end: int
    value: V


def _cuts(phrase: str) -> Iterator[list[str]]:
    """The tokens of a folded phrase, where one ends in "'s" also with that as a token of its own: languages differ."""
    whole = _PIECES.findall(phrase)
    yield whole
    if _GENITIVE.search(phrase):
        yield [part for piece in whole for part in _GENITIVE.sub(r" \1", piece).split()]


class PhraseTable(Generic[V]):
    """A trie over folded tokens, from phrase to value.

    Phrases are given as text and cut at spaces and punctuation as the tokenizer does it: "hiệp ước" is two tokens,
    "AK-12" one. A later entry for the same phrase replaces an earlier one. Among tokens that are Syllables a phrase of
    one token matches none that is only part of a word.
    """

    def __init__(self, phrases: Iterable[tuple[str, V]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, value in phrases:
            for cut in _cuts(fold(phrase)):
                node = self._root
                for piece in cut:
                    node = node.setdefault(piece, {})
                node[_END] = value

    def firsts(self) -> frozenset[str]:
        """The first tokens of all phrases."""
        return frozenset(self._root)

    def at(self, words: Sequence[str], start: int) -> Match[V] | None:
        """The longest phrase that begins at token `start`; `words` are folded tokens."""
        if start >= len(words) or words[start] not in self._root:
            return None
        node: dict[str, Any] = self._root
        found: Match[V] | None = None
        for position in range(start, len(words)):
            if words[position] not in node:
                break
            node = node[words[position]]
            if _END in node and _whole(words, start, position + 1):
                found = Match(start, position + 1, node[_END])
        return found

    def prefixes(self, words: Sequence[str], start: int) -> list[Match[V]]:
        """All phrases that begin at token `start`, longest first."""
        if start >= len(words) or words[start] not in self._root:
            return []
        node: dict[str, Any] = self._root
        found: list[Match[V]] = []
        for position in range(start, len(words)):
            if words[position] not in node:
                break
            node = node[words[position]]
            if _END in node and _whole(words, start, position + 1):
                found.append(Match(start, position + 1, node[_END]))
        return found[::-1]

    def find(self, words: Sequence[str]) -> Iterator[Match[V]]:
        """The phrases in `words`, left to right, without overlap."""
        end = 0
        root = self._root
        for position, word in enumerate(words):
            if position < end or word not in root:
                continue
            if match := self.at(words, position):
                yield match
                end = match.end
