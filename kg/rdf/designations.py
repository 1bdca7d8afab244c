"""Read the designation of a military unit: "Trung đoàn Công binh 528" is a regiment of the engineers with the number 528."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.spelling import fold

_WORD = re.compile(r"\w+|,")
_LANGUAGE_FILE = "designations.toml"


@dataclass(frozen=True, slots=True)
class Designation:
    """What a unit's name says: local names of terms of the ontology, and the number in digits; None where it is silent."""

    echelon: str | None = None
    branch: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """What a language calls echelons and branches, by their words."""

    last: bool
    ordinals: tuple[str, ...]
    above: tuple[str, ...]
    echelons: Mapping[tuple[str, ...], str]
    branches: Mapping[tuple[str, ...], str]


def read(names: Sequence[tuple[str, str]]) -> Designation:
    """What the names of one unit say, each with its language; where two say otherwise, the first that speaks counts."""
    found = [_read(name, words) for language, name in sorted(names) if (words := _words(language))]
    # A name without an echelon may be anything that was taken for a unit: its number need not be a designation.
    told = [one for one in found if one.echelon]
    return Designation(
        next((one.echelon for one in told if one.echelon), None),
        next((one.branch for one in told if one.branch), None),
        next((one.number for one in told if one.number), None),
    )


@cache
def _words(language: str) -> _Words | None:
    path = resources.language(language) / _LANGUAGE_FILE
    if not path.is_file():
        return None
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    echelons, branches = (
        {tuple(fold(words).split()): term for words, term in found[part].items()} for part in ("echelon", "branch")
    )
    return _Words(found["head"] == "last", tuple(found["ordinals"]), tuple(found["above"]), echelons, branches)


def _read(name: str, words: _Words) -> Designation:
    tokens = _WORD.findall(fold(name))
    own = _before_above(tokens, words)
    echelons = [term for _, term in _found(own, words.echelons)]
    branches = [term for _, term in _found(own, words.branches)]
    numbers = [digits for token in own if (digits := _number(token, words.ordinals))]
    return Designation(
        echelons[-1 if words.last else 0] if echelons else None,
        branches[0] if branches else None,
        numbers[0] if numbers else None,
    )


def _before_above(tokens: list[str], words: _Words) -> list[str]:
    """The words of the unit itself, without those of the unit that it is a part of."""
    ends = [place for place, token in enumerate(tokens) if token in words.above]
    if not words.last:
        # What comes first is the unit itself, and the next echelon begins the one above.
        ends += [place for place, _ in _found(tokens, words.echelons)][1:]
    return tokens[: min(ends, default=len(tokens))]


def _found(tokens: list[str], terms: Mapping[tuple[str, ...], str]) -> Iterator[tuple[int, str]]:
    """Where which terms stand, from left to right, the longest that there is at each place."""
    longest = max(map(len, terms))
    place = 0
    while place < len(tokens):
        for size in range(min(longest, len(tokens) - place), 0, -1):
            if term := terms.get(tuple(tokens[place : place + size])):
                yield place, term
                place += size - 1
                break
        place += 1


def _number(token: str, ordinals: tuple[str, ...]) -> str | None:
    ending = next((ending for ending in ordinals if token.endswith(ending)), "")
    digits = token.removesuffix(ending)
    return digits if digits.isascii() and digits.isdigit() else None
