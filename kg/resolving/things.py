"""Tell what sort of things a number counts, in one word for all languages: "900 lượt xe" and "1,500 vehicles"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg import lexicon, resources
from kg.resolving.told import plain_words

_REACH = 6  # words between a number and the noun that it counts: "1,5 triệu quả bom mìn"


def sort(counted: str, language: str) -> str:
    """The sort of things that the words `counted` of an article in `language` name, behind their number first; empty if no list has it."""
    words = plain_words(counted).split()
    digits = [index for index, word in enumerate(words) if word[:1].isdigit()]
    first = digits[0] if digits else 0
    return _first(words[first : first + _REACH], language) or _first(words[:first], language)


def _first(words: Sequence[str], language: str) -> str:
    listed = nouns(language)
    longest = max((len(noun.split()) for noun in listed), default=0)
    for at in range(len(words)):
        for length in range(longest, 0, -1):
            if found := listed.get(" ".join(words[at : at + length])):
                return found
    return ""


@cache
def nouns(language: str) -> Mapping[str, str]:
    """The nouns for things of a language, each with its name in all languages."""
    if language not in resources.languages() or not (resources.language(language) / "things.toml").is_file():
        return {}
    table = lexicon.table(language, "things")["noun"]
    return {plain_words(phrase): str(name) for name, phrases in table.items() for phrase in phrases}
