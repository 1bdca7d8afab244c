"""Look around a trigger in a language whose verbs inflect: who does it, to whom, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice, takewhile
from operator import attrgetter

from kg.extractors.statements.inflected_subject import InflectedSubject
from kg.extractors.statements.reading import Item, Reference
from kg.extractors.statements.verb_groups import AUXILIARIES, ENDS, LIGHT, NEAR_OBJECT, PREPOSITIONS, STOPS
from kg.nlp.phrases import PhraseTable

_STEPS = 4
_JOINTS = (
    "relatives",
    "saying",
    "boundaries",
    "conjunctions",
    "by",
    "of",
    "at_place",
    "prepositions",
    "infinitive",
    "be",
    "have",
    "modal",
)
_QUOTES = frozenset('"“”')
_START = attrgetter("start")
_MARKS = frozenset({",", *ENDS, *_QUOTES})


@dataclass(frozen=True)
class InflectedClause(InflectedSubject):
    """The sentence as seen from a trigger that inflects."""

    def agents(self) -> list[Reference]:
        """The subject, whom "by" names, or whom the noun belongs to."""
        if self.voice == "active":
            return self.subject()
        return self._by() or (self.owners() if self.voice == "nominal" else [])

    def patients(self) -> list[Reference]:
        """The object, the subject in the passive, or what follows "of" behind a noun."""
        match self.voice:
            case "passive":
                return self.subject()
            case "nominal":
                return self._of()
        return self.objects()

    def seats(self) -> Mapping[str, Sequence[Reference]]:
        """Beside subject and object: whom "by" names, whom a noun belongs to, and what follows "of"."""
        return {
            "s": self.subject(),
            "o": self.objects(),
            "b": self._by(),
            "w": self.owners(),
            "f": self._of(),
        }

    def manner(self) -> str:
        """Active, passive or a noun."""
        return self.voice

    def way(self, items: Sequence[Item]) -> str:
        """The kinds of words that begin, join or part clauses, in the order of the text, each once in a row."""
        ordered = sorted(items, key=_START)
        kinds = (_joint(i.kinds, self.word(i)) for i in ordered if i.kind == "word")
        return ">".join(kind for kind, _ in islice(groupby(filter(None, kinds)), _STEPS)) or "next"

    def _by(self) -> list[Reference]:
        reach = takewhile(lambda i: not (i.kinds & STOPS or self.word(i) in ENDS), self.after[:14])
        return next((self._governed(i.end) for i in reach if "by" in i.kinds), [])

    def objects(self) -> list[Reference]:
        """The references right behind the trigger, before any preposition or comma; not those of a noun."""
        if self.voice != "active":
            return []
        plain = 0
        items = self.after
        for position, item in enumerate(items):
            if item.reference and not item.reference.owning:
                return [item.reference, *self._joined(items[position + 1 :])]
            if item.kind != "word":
                continue
            text = self.word(item)
            if item.kinds & (PREPOSITIONS | STOPS | AUXILIARIES) or text in {",", *ENDS}:
                return []
            if not item.kinds & LIGHT and text not in _QUOTES:
                plain += item.end - item.start
            if plain > NEAR_OBJECT:
                return []
        return []

    def following(
        self, phrases: PhraseTable[bool], fits: Callable[[Reference], bool], *, near: bool
    ) -> tuple[list[Reference], range]:
        """The fitting references governed by one of `phrases`, nearest behind the trigger first.

        Beside them, the tokens of that phrase. With `near`, which is asked of places, those in front of the trigger in its
        clause come last.
        """
        first, words = self.sentence.start, self.reading.words
        found = [range(first + m.start, first + m.end) for m in phrases.find(words[first : self.sentence.end])]
        limit = self._clause_end()
        behind = [
            phrase for phrase in found if self.end <= phrase.stop <= limit
        ]  # "resigned from" ends in its preposition
        ahead = (
            [phrase for phrase in reversed(found) if self._clause_start() < phrase.stop <= self.start] if near else []
        )
        for phrase in [*behind, *ahead]:
            if governed := [reference for reference in self._governed(phrase.stop) if fits(reference)]:
                return governed, phrase
        return [], range(0)

    def _clause_start(self) -> int:
        return max(
            (i.start for i in self.before if i.kinds & STOPS or self.word(i) in ENDS), default=self.sentence.start - 1
        )

    def _clause_end(self) -> int:
        stops = (i.start for i in self.after if i.kinds & STOPS and not i.kinds & {"at_place"})
        return next(stops, self.sentence.end)


@lru_cache(maxsize=4096)
def _joint(kinds: frozenset[str], word: str) -> str:
    """What a word does between clauses: the first of the kinds that join or part them, or the mark that it is."""
    return next((kind for kind in _JOINTS if kind in kinds), word if word in _MARKS else "")
