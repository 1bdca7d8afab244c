"""Step over what stands between a verb of saying and its words: who is spoken to, and when, where and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.reading import Item, Reading, Reference

QUOTES = frozenset('"“”')
DASHES = frozenset({"–", "—"})
ENDS = frozenset({".", ";", "!", "?"})
PREPOSITIONS = frozenset({"prepositions", "at_place", "of", "belonging"})
TAIL = 9  # items of "in a statement carried by" behind a cue
_PLAIN = frozenset(
    {"possessive", "determiners", "definite", "indefinite", "modifier"}
    | {
        "occasions:nouns",
        "works:nouns",
        "works:shown",
        "works:screened",
        "bodies:public",
        "press:words",
        "place_words",
        "stands_for_country",
    }
    | {
        "assertions",
        "assertions:remarks",
        "claims:nouns",
        "press:works",
        "accounts:nouns",
        "speaks:that",
        "rumours",
        "reckonings:nouns",
    }
)
_NOUNS = 4  # words of "a news conference", "parliament's defence committee"


@dataclass(frozen=True, slots=True)
class Addressees:
    """Steps over items behind a verb of saying."""

    reading: Reading

    def past_addressee(self, items: Sequence[Item], position: int) -> int:
        """Behind those spoken to: a reference, or nouns that are none ("told a news conference"); else `position`."""
        start = position
        if items[position].quantity:
            position += 1
        while position < len(items) and items[position].kinds & {"determiners", "modifier"}:
            position += 1
        owned = position < len(items) and (owner := items[position].reference) is not None and owner.owning
        position += owned  # "the Czech daily Pravo", "parliament's committee", "her guests"
        first = position
        while position < len(items) and position - first < _NOUNS and self._plain(items[position]):
            position += 1
        owned = owned or (first < position < len(items) and "possessive" in items[position - 1].kinds)
        named = items[position].reference if position < len(items) else None
        if named and (named.form != "pronoun" if owned else position == first or self._compound(named)):
            position += 1
            while position < len(items) and self._name_goes_on(items[position - 1], items[position]):
                position += 1  # "told the Manila Star", of which only the place is known
            return position
        return position if position > first or owned else start

    @staticmethod
    def _name_goes_on(item: Item, following: Item) -> bool:
        """Whether a name stands right behind another one."""
        names = item.reference and following.reference and {item.reference.form, following.reference.form} == {"name"}
        return bool(names) and item.end == following.start

    def _compound(self, reference: Reference) -> bool:
        """Whether nouns that no list has may stand before it: "told human-rights investigators"."""
        match = grammars.load(self.reading.document.language).function.at(self.reading.words, reference.start)
        determined = match is not None and "determiners" in match.value
        return reference.form == "nominal" and not determined and not reference.owning

    def _plain(self, item: Item) -> bool:
        """Whether it may be a noun or an adjective that no list has."""
        word = self.reading.words[item.start]
        return item.kind == "word" and not item.kinds - _PLAIN and word not in {",", *ENDS, *QUOTES}

    def past_phrase(self, items: Sequence[Item], position: int) -> int | None:
        """Behind a phrase such as "in a statement" or "at a news conference in Seoul"; None where it does not end soon."""
        for behind, item in enumerate(items[position + 1 : position + TAIL], start=position + 1):
            word = self.reading.words[item.start]
            if word in {",", *DASHES, *ENDS, *QUOTES} or "opens_content" in item.kinds or item.kinds & PREPOSITIONS:
                return behind
            if item.time:
                return behind + 1
            if "boundaries" in item.kinds and not item.kinds & {"relatives", "opens_content"}:
                return behind  # "on condition of anonymity because"
            if item.kinds & {"be", "have", "modal", "boundaries"}:
                return None
            if item.reference and behind + 1 < len(items) and items[behind + 1].kinds & {"be", "have", "modal"}:
                return None
        return len(items) if len(items) <= position + TAIL else None
