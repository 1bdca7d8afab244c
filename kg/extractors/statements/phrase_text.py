"""What a sentence's references are built from: its words, its names and its titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.extractors.statements.grammar import Grammar
from kg.extractors.statements.reading import Title
from kg.model import MentionType

_ADVERB, _NONE = frozenset({"adverbs"}), frozenset[str]()
PLACES: frozenset[str] = frozenset({"place", "facility"})
BODIES: frozenset[str] = frozenset({"organization", "unit"})


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention at tokens `start` to `end`, with the names inside it.

    `called` is how groups that belong to it name it: "soldiers of Russia" for "Russian soldiers". `adjective` marks
    such a form.
    """

    start: int
    end: int
    type: MentionType
    chain: str
    media: bool = False
    inner: tuple[Name, ...] = ()
    called: str = ""
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What a sentence's references are built from.

    `speakers` are the first tokens of nouns that verbs of saying have for their subject.
    """

    words: Sequence[str]
    grammar: Grammar
    names: Mapping[int, Name] = field(default_factory=dict)
    titles: Mapping[int, Title] = field(default_factory=dict)
    numbers: frozenset[int] = frozenset()
    speakers: frozenset[int] = frozenset()
    _kinds: dict[int, tuple[int, frozenset[str]]] = field(default_factory=dict)

    def kinds(self, position: int) -> tuple[int, frozenset[str]]:
        """The end and the kinds of the longest function word at `position`; the next position and none without one."""
        known = self._kinds.get(position)
        if known is None:
            match = self.grammar.function.at(self.words, position) if position < len(self.words) else None
            found = (match.end, match.value) if match else (position + 1, self._ending(position))
            known = self._kinds[position] = found
        return known

    def _ending(self, position: int) -> frozenset[str]:
        """What the ending of a word that no list has tells: "flatly" is an adverb."""
        endings = self.grammar.adverb_endings
        return _ADVERB if endings and position < len(self.words) and self.words[position].endswith(endings) else _NONE

    def skip(self, position: int, *kinds: str) -> int:
        """The position after all words of the given kinds from `position` on."""
        while position < len(self.words) and position not in self.names and position not in self.titles:
            end, found = self.kinds(position)
            if found.isdisjoint(kinds):
                break
            position = end
        return position


def places_inside(name: Name) -> tuple[str, ...]:
    """The chains of the places named inside a name."""
    return tuple(inner.chain for inner in name.inner if inner.type == "place")
