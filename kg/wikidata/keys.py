"""Find items by name: the keys of a name, and how well a name that was found fits the one that was sought.

A key stands for all the ways to write a name between which marks, spaces, hyphens, case, transliteration, the order of
names or abbreviation make the difference. Keys are generous: `fit` then compares the two names themselves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from kg import lexicon, naming
from kg.naming import people
from kg.spelling import bare, fold, squash

Fit = Literal["exact", "folded", "unmarked", "abbreviation", "transliteration"]
"""How two names agree, best first: letter by letter; but for case, spaces, hyphens and where tone marks stand; but for
marks that one of them lacks; one is the initials of the other; one is another way to write the other."""
FITS: tuple[Fit, ...] = get_args(Fit)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAMES_OF_PEOPLE = frozenset({"Person"})
_INITIALS = (2, 8)
_WORDS_ABBREVIATED = 3
_LONGEST = 200


def of_item(name: str, language: str, classes: tuple[str, ...]) -> Iterator[str]:
    """The keys under which an item of `classes` is found by one of its names."""
    if len(name) > _LONGEST or not (letters := bare(name)):
        return
    yield letters
    written = romanized(name)
    if _NAMES_OF_PEOPLE.intersection(classes):
        yield from (f"p {key}" for key in _of_person(written, language))
    else:
        yield f"t {transliterated(written)}"
        yield from (f"a {initials}" for initials in sorted(abbreviations(name)))


def of_mention(name: str) -> Iterator[str]:
    """The keys under which items are found that bear a name, transliterated or not, or of which it is the initials."""
    if len(name) <= _LONGEST and (letters := bare(name)):
        yield letters
        yield f"t {transliterated(romanized(name))}"
        if _is_abbreviation(name):
            yield f"a {letters}"


def of_person(name: str, language: str) -> Iterator[str]:
    """The keys under which people are found whose name is written in another spelling, or in another order."""
    if len(name) <= _LONGEST and bare(name):
        yield from (f"p {key}" for key in _of_person(romanized(name), language))


def hashed(key: str) -> int:
    """A key as a pack keeps it: a whole number of 64 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), signed=True)


def fit(sought: str, found: str, *, language: str, of: str, person: bool) -> Fit | None:
    """How a name `found` of an item, which the language `of` uses, agrees with the name `sought` of an article.

    None where they are no spellings of one name: "Hùng" is not "Hưng", though both have the letters "hung".
    """
    if sought == found:
        return "exact"
    if squash(sought) == squash(found):
        return "folded"
    if bare(sought) == bare(found):
        return "unmarked" if _plain(sought) or _plain(found) else None
    if person:
        opinion = people.compare(people.parse(romanized(sought), language), people.parse(romanized(found), of))
        return "transliteration" if opinion and opinion.verdict != "apart" else None
    if _is_abbreviation(sought) and bare(sought) in abbreviations(found):
        return "abbreviation"
    return "transliteration" if transliterated(romanized(sought)) == transliterated(romanized(found)) else None


def abbreviations(name: str) -> frozenset[str]:
    """The initials of a name of three words or more: of all of them, and of those with capitals ("ROK", "BQP")."""
    words = [word for word in _WORD.findall(name) if word[0].isalpha()]
    if len(words) < _WORDS_ABBREVIATED:
        return frozenset()
    every = bare("".join(word[0] for word in words))
    capital = bare("".join(word[0] for word in words if word[0].isupper()))
    return frozenset(initials for initials in (every, capital) if _INITIALS[0] <= len(initials) <= _INITIALS[1])


def romanized(name: str) -> str:
    """A name in Cyrillic letters in Latin ones, and in those that every keyboard has; other names as they are."""
    if name.isascii():
        return name
    letters = _romanization()
    folded = fold(name)
    return name if letters.keys().isdisjoint(folded) else "".join(letters.get(letter, letter) for letter in folded)


def transliterated(name: str) -> str:
    """The letters of a name, those that are out of Cyrillic in one spelling: "Lugansk" and "Luhansk" become one."""
    return "".join(map(_transliterated, _WORD.findall(name)))


@lru_cache(maxsize=65536)
def _transliterated(word: str) -> str:
    plain = bare(word)
    return _towns().get(plain) or people.cyrillic(plain)


def _of_person(name: str, language: str) -> Iterator[str]:
    parsed = people.parse(name, language)
    if parsed.words:
        # An initial beside a family name is shared by hundreds of people: it finds nobody.
        yield from (key for key in people.keys(parsed) if not key.startswith("initial "))


def _is_abbreviation(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and _INITIALS[0] <= len(letters) <= _INITIALS[1]


def _plain(name: str) -> bool:
    return squash(name) == bare(name)


@cache
def _towns() -> dict[str, str]:
    return naming.classes(naming.table("people")["cyrillic"]["towns"])


@cache
def _romanization() -> dict[str, str]:
    table = lexicon.read_toml(Path(__file__).with_name("romanization.toml"))
    return {**table["cyrillic"], **table["latin"]}
