"""Know how names vary between languages: the tables of `names/`, ready to be asked.

Whatever compares names by them stands beside: `people` the full names of people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg import gazetteer, lexicon, resources
from kg.spelling import bare, fold

_FOLDER = Path(__file__).parent / "names"
_SEPARATORS = re.compile(r"[\s\-‐-―]+")
_SURNAMES, _SYLLABLES = "surnames", "syllables"


@cache
def table(name: str) -> Mapping[str, Any]:
    """The file `names/NAME.toml`, read once."""
    return lexicon.read_toml(_FOLDER / f"{name}.toml")


@dataclass(frozen=True, slots=True)
class Native:
    """How a language that writes its names syllable by syllable builds them; `marks` are lost where others write them."""

    surnames: frozenset[str]
    bare_surnames: frozenset[str]
    bare_syllable: re.Pattern[str]

    def is_name(self, words: tuple[str, ...]) -> bool:
        """Whether the folded words look like a full name in that language: by family name, or by marks on its syllables."""
        plain = [bare(word) for word in words]
        marked = not all(word.isascii() for word in words)
        known = marked or plain[0] in self.bare_surnames
        return len(words) > 1 and known and all(map(self.bare_syllable.fullmatch, plain))


@cache
def natives() -> tuple[tuple[str, Native], ...]:
    """The languages whose folders say how syllables and family names are built, by code."""
    return tuple((code, _native(code)) for code in resources.languages() if _has_syllables(code))


def keeps_marks(language: str) -> bool:
    """Whether articles in `language` write the names of that language with all their marks."""
    return language in dict(natives())


def _has_syllables(code: str) -> bool:
    return all((resources.language(code) / f"{name}.toml").is_file() for name in (_SURNAMES, _SYLLABLES))


def _native(code: str) -> Native:
    names, syllables = lexicon.table(code, _SURNAMES), lexicon.table(code, _SYLLABLES)
    onsets = "|".join(sorted({bare(onset) for onset in syllables["onsets"]}, key=len, reverse=True))
    rhymes = "|".join(sorted({bare(rhyme) for rhyme in syllables["rhymes"].split()}, key=len, reverse=True))
    surnames = frozenset(fold(name) for name in names["vietnamese"].split())
    return Native(surnames, frozenset(map(bare, surnames)), re.compile(f"(?:{onsets})(?:{rhymes})"))


def classes(lines: Iterable[str]) -> dict[str, str]:
    """From each word to the first of its line: words of one line are spellings of one name."""
    found: dict[str, str] = {}
    for line in lines:
        first, *others = (bare(word) for word in line.split())
        for word in (first, *others):
            found.setdefault(word, first)
    return found


@cache
def states() -> tuple[tuple[str, str, str], ...]:
    """How each language names the states and what is theirs: language, name, key."""
    return tuple(sorted(set(_states())))


def _states() -> Iterator[tuple[str, str, str]]:
    for key, names in table("demonyms").items():
        yield from (("en", name, key) for name in names)
    for code in resources.languages():
        known = gazetteer.load(code)
        for entry in known.entries:
            if entry.subtype == "State":
                yield from ((code, name, entry.key) for name in known.names(entry))
                if entry.english:
                    yield "en", entry.english, entry.key


def normal(name: str) -> str:
    """A name as it is compared: folded, hyphens and runs of space one space, no invisible characters."""
    visible = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    return _SEPARATORS.sub(" ", fold(visible)).strip().casefold()
