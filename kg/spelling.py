"""Compare Vietnamese words across the two ways of placing tone marks, and names across spellings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# "hoà" and "hòa", "uỷ" and "ủy" are one syllable written by two rules. The modern one marks the first vowel.
_PAIRS = {
    old: new
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for mark in "\u0300\u0301\u0309\u0303\u0323"
    for old, new in (
        (
            first + unicodedata.normalize("NFC", second + mark),
            unicodedata.normalize("NFC", first + mark) + second,
        ),
    )
}
_OLD = re.compile(rf"(?<![qQ])({'|'.join(_PAIRS)})(?!\w)")
_APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, NFC, tone marks placed the modern way: "Uỷ ban" and "ủy ban" fold to one string."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text).lower()
    return _OLD.sub(lambda match: _PAIRS[match[1]], lowered)


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """Folded and without spaces, hyphens and other marks: "Ban Ki Moon" and "Ban Ki-moon" squash to one string."""
    return _APART.sub("", fold(text))


def unmarked(text: str) -> str:
    """Without diacritics, as Vietnamese names are often written abroad: "Đà Nẵng" becomes "Da Nang"."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Squashed and without diacritics, for comparing foreign names: "Zürich" and "Zurich". Never for Vietnamese ones."""
    squashed = squash(text)
    if squashed.isascii():
        return squashed
    decomposed = unicodedata.normalize("NFD", squashed.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
