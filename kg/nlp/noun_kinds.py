"""Tell what common nouns mean, by kind: "trawler" is a ship, "herder" somebody at work, "loan" is money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import lexicon
from kg.nlp import inflection, pipelines, stems
from kg.nlp.phrases import fold


@dataclass(frozen=True, slots=True)
class NounKinds:
    """The kinds of nouns, by their stems; `longest` in words, `last` where the head of a compound stands last."""

    kinds: Mapping[str, str]
    longest: int
    last: bool

    def at(self, tokens: Sequence[str], position: int, first: int, end: int) -> str:
        """The kind of the noun whose head is the token at `position`, all of it from `first` on and before `end`; or empty.

        `tokens` are stems. The longest noun counts: a "bus driver" is no driver of any kind but one at work.
        """
        for count in range(self.longest, 0, -1):
            start = position - count + 1 if self.last else position
            stop = start + count
            if first <= start and stop <= end and (kind := self.kinds.get(" ".join(tokens[start:stop]))):
                return kind
        return ""


@cache
def load(language: str) -> NounKinds:
    """The kinds of a language's nouns, read once."""
    cut = stems.load(language).phrase
    kinds: dict[str, str] = {}
    for table in _tables(language):
        for noun in table["nouns"]:
            kinds.setdefault(cut(fold(noun).split(" ")), table["id"])
    longest = max((noun.count(" ") + 1 for noun in kinds), default=0)
    return NounKinds(kinds, longest, pipelines.load(language).head == "last")


def referring(language: str) -> Iterator[tuple[str, str]]:
    """All spellings of the nouns that refer to what may take part in an event, with the type of what they refer to."""
    inflected = inflection.load(language)
    for table in _tables(language):
        for noun in table["nouns"] if "means" in table else ():
            forms = (form for form, _ in inflected.noun(noun)) if inflected else (noun,)
            yield from ((form, table["means"]) for form in forms)


def _tables(language: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = lexicon.table(language, "nouns")["kind"]
    return tables
