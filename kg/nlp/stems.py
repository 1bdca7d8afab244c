"""Bring the forms of a word together: the stem that they share, and which forms a word may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg import lexicon
from kg.nlp import inflection
from kg.nlp.inflection import Form, Inflection

_BASE: frozenset[Form] = frozenset({"base", "noun"})


@dataclass(frozen=True, slots=True)
class Cut:
    """A word that ends in one of `after`, and in none of `but`, and keeps a vowel, drops `drop` letters and gets `add`."""

    after: tuple[str, ...]
    but: tuple[str, ...]
    drop: int
    add: str
    forms: frozenset[Form]


@dataclass(frozen=True)
class Stems:
    """The stems of a language; one whose words do not change has `cuts` and `known` empty, and every word is its own.

    `known` are the irregular forms with the word that they are forms of, `nouns` the endings of words that are nouns only.
    Stems need not be words ("arriv"): they only tell what belongs together.
    """

    inflected: bool = False
    cuts: tuple[Cut, ...] = ()
    known: Mapping[str, tuple[str, frozenset[Form]]] = field(default_factory=dict)
    doubling: frozenset[str] = frozenset()
    vowels: frozenset[str] = frozenset()
    silent: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    _stems: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def stem(self, word: str) -> str:
        """What the forms of a folded word have in common."""
        if not self.inflected:
            return word
        if (found := self._stems.get(word)) is None:
            base, _ = self._base(word)
            found = self._stems.setdefault(
                word, base.removesuffix(next(filter(base.endswith, self.silent), "")) or base
            )
        return found

    def phrase(self, words: Sequence[str]) -> str:
        """The stems of folded words, parted by single spaces."""
        return " ".join(map(self.stem, words))

    def forms(self, words: Sequence[str]) -> frozenset[Form]:
        """What the word that changes in a phrase may be, its first; none where words do not change."""
        if not self.inflected:
            return frozenset()
        base, forms = self._base(words[0])
        noun = base.endswith(self.nouns) and len(words) == 1
        return (forms & {"noun", "plural"} or forms) if noun else forms

    def _base(self, word: str) -> tuple[str, frozenset[Form]]:
        if word in self.known:
            return self.known[word]
        for cut in self.cuts:
            rest = word[: len(word) - cut.drop] + cut.add
            if word.endswith(cut.after) and not word.endswith(cut.but or ("\0",)) and self.vowels & set(rest):
                single = rest[:-1] if rest[:-1] in self.doubling and rest[-1:] == rest[-2:-1] else rest
                return single, cut.forms
        return word, _BASE


def _known(inflected: Inflection) -> dict[str, tuple[str, frozenset[Form]]]:
    """The irregular forms, by their spelling; a word that is a base form itself belongs to nothing else."""
    forms: defaultdict[str, dict[str, set[Form]]] = defaultdict(lambda: defaultdict(set))
    for base, table in inflected.irregular.items():
        spelled = inflected.noun(base) if table.keys() == {"plural"} else inflected.verb(base)
        for word, form in spelled:
            forms[word][base].add(form)
    found: dict[str, tuple[str, frozenset[Form]]] = {}
    for word, bases in forms.items():
        base = word if word in bases or word in inflected.irregular else min(bases)
        own: set[Form] = bases.get(base, set()) | (_BASE if base == word else set())
        found[word] = base, frozenset(own | ({"plural"} if "third" in own else set()))
    return found


def _cut(table: Mapping[str, Any]) -> Cut:
    return Cut(
        tuple(table["after"]),
        tuple(table.get("but", ())),
        table["drop"],
        table.get("add", ""),
        frozenset(table["forms"]),
    )


@cache
def load(language: str) -> Stems:
    """The stems of a language, read once."""
    inflected = inflection.load(language)
    if inflected is None:
        return Stems()
    table = lexicon.table(language, "inflection")["stems"]
    return Stems(
        inflected=True,
        cuts=tuple(map(_cut, table["endings"])),
        known=_known(inflected),
        doubling=inflected.doubling,
        vowels=frozenset(table["vowels"]),
        silent=tuple(table["silent"]),
        nouns=tuple(table["nouns"]),
    )
