"""Tell what sort of event the words of a trigger tell: of accidents, a collision or a fire, in whatever language."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from kg import lexicon, resources

_FILE = "kinds"


@cache
def kinds(term: str, words: str) -> frozenset[str]:
    """The kinds of the class `term` that the words may tell; empty where they may tell any of them."""
    return frozenset(kind for kind, pattern in _patterns(term) if pattern.search(words.lower()))


@cache
def _patterns(term: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    phrases: defaultdict[str, list[str]] = defaultdict(list)
    for language in resources.languages():
        if (resources.language(language) / f"{_FILE}.toml").is_file():
            for kind, words in lexicon.table(language, _FILE).get(term, {}).items():
                phrases[kind] += words
    return tuple((kind, _pattern(words)) for kind, words in sorted(phrases.items()))


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    spelled = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)")
