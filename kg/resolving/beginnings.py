"""Tell whether words name the first day of what goes on for days: "the drill began on Monday", "đình công từ sáng 3/5"."""

from __future__ import annotations

from functools import cache

from kg import lexicon, resources
from kg.model import Time
from kg.resolving.told import plain_words

_OPEN, _UNTIL = "/..", "../"


def is_first_day(time: Time | None, words: str, language: str) -> bool:
    """Whether `time` is when it began, by its open end or by the `words` of an article in `language` that tell it."""
    if time is None or time.edtf.startswith(_UNTIL):
        return False
    if time.edtf.endswith(_OPEN):
        return True
    told = f" {plain_words(words)} "
    return any(f" {phrase} " in told for phrase in _phrases(language))


def first_day(time: Time) -> str:
    """The day in EDTF on which what has `time` began."""
    return time.edtf.removesuffix(_OPEN)


@cache
def _phrases(language: str) -> tuple[str, ...]:
    if language not in resources.languages():
        return ()
    return tuple(
        plain_words(phrase) for phrase in lexicon.table(language, "times").get("beginning", {}).get("phrases", ())
    )
