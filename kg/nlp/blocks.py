"""Cut a line into blocks of capitals with their head nouns: "Ministry of Oceans and Fisheries", "Bach Mai hospital"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.gazetteer import Entry
from kg.nlp.capital_runs import CapitalRuns
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.links import Links
from kg.nlp.people import LIKELY
from kg.nlp.runs import Runs
from kg.nlp.titles import ADDRESS

_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_STANDING = frozenset({"organization", "unit", "event"})
_BODIES = frozenset({"organization", "unit"})


@dataclass(slots=True)
class Block:
    """A run of capitals from `start` to `end`, and where its head noun makes a name of it, which ends at `stop`."""

    start: int
    end: int
    head: Head | None = None
    noun: tuple[int, int] = (0, 0)
    stop: int = 0
    linked: bool = False


class Blocks:
    """What begins at a position of a line."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs
        self._capitals = CapitalRuns(knowledge, runs)
        self._links = Links(knowledge, runs, self._capitals)

    def at(self, line: Line, at: int) -> Block | None:
        """The block at `at`; None where none begins."""
        if not line.capital[at] or not line.texts[at][0].isalpha():
            if _ORDINAL.fullmatch(line.words[at]) and at + 1 < len(line) and line.capital[at + 1]:
                return self._numbered(line, at)
            return None
        if self._capitals.skips(line, at):
            return None
        block = Block(at, self._capitals.run(line, at))
        self._find_head(line, block)
        return block

    def places(self, line: Line, start: int, end: int) -> list[tuple[int, int, tuple[Entry, ...]]]:
        """The listed places from `start` to `end`."""
        found = []
        at = start
        while at < end:
            listed = self._runs.listed(line, at)
            if listed and listed[0] <= end and listed[1][0].type == "place" and not listed[1][0].weak:
                found.append((at, listed[0], tuple(e for e in listed[1] if e.type == "place")))
                at = listed[0]
            else:
                at += 1
        return found

    # ------------------------------------------------------------------------------------------------ head nouns

    def _numbered(self, line: Line, at: int) -> Block | None:
        """A unit by its ordinal: "528th Engineer Regiment"; the head may be in lower case."""
        block = Block(at, self._capitals.run(line, at + 1))
        self._find_head(line, block)
        matches = (m for i in range(at, block.stop) for m in self._known.heads.prefixes(line.words, i))
        units = [(m.start, h) for m in matches if m.end == block.noun[1] for h in m.value if h.type == "unit"]
        if units:  # "30th Marine | Corps": with an ordinal a body is a unit
            block.noun, block.head = (units[0][0], block.noun[1]), units[0][1]
        if block.head is None or block.head.type not in {"unit", "organization", "event"}:
            return None
        return block

    def _find_head(self, line: Line, block: Block) -> None:
        """Set the head noun of a block, and where its name ends."""
        for find in (self._leading, self._phrase, self._lower, self._last, self._matter):
            if find(line, block):
                return

    def _heads(self, line: Line, start: int, end: int) -> tuple[int, list[Head]] | None:
        """The longest head noun that ends at `end` and begins at or behind `start`, with its meanings."""
        for at in range(start, end):
            for match in self._known.heads.prefixes(line.words, at):
                found = [head for head in match.value if not head.leads] if match.end == end else []
                if found:
                    return at, found
        return None

    def _fitting(self, line: Line, noun_end: int, heads: Sequence[Head]) -> tuple[Head | None, int]:
        """The first meaning of a head noun that fits, and where its name ends; some count only with a link."""
        for head in heads:
            end = self._links.further(line, noun_end, head)
            if end > noun_end or not head.linked:
                return head, end
        return None, noun_end

    def _leading(self, line: Line, block: Block) -> bool:
        """A head that stands before the name: "Typhoon Yagi", "Camp Humphreys"."""
        for match in self._known.heads.prefixes(line.words, block.start):
            for head in match.value:
                if not head.leads or match.end >= len(line):
                    continue
                ends_in_head = match.end < block.end and self._heads(line, match.end, block.end) is not None
                start = match.end + (line.word(match.end) in self._known.words["articles"])
                if self._capitals.capital(line, start) and not (ends_in_head and head.type != "equipment"):
                    end = self._capitals.run(line, start)
                    last = self._heads(line, start, end) if head.type != "equipment" else None
                    noun, found = ((last[0], end), last[1][0]) if last else ((block.start, match.end), head)
                    self._set(block, found, noun, end)
                    return True
        return False

    def _phrase(self, line: Line, block: Block) -> bool:
        """A head of several words with others between its capitals: "Russian | Ministry of Defence"."""
        for at in range(block.start, block.end):
            for match in self._known.heads.prefixes(line.words, at):
                heads = [head for head in match.value if not head.leads]
                if heads and match.end > block.end and line.capital[match.end - 1]:
                    end = self._links.further(line, match.end, heads[0])
                    self._set(block, heads[0], (at, match.end), end)
                    return True
        return False

    def _lower(self, line: Line, block: Block) -> bool:
        """A head in lower case behind the name: "Kursk region", "Ukrainian army", "Snihurivka railway station"."""
        at = block.end
        if at >= len(line) or line.capital[at]:
            return False
        for match in self._known.heads.prefixes(line.words, at):
            for head in match.value:
                if head.lower and self._fits_lower(line, block, head, match.end):
                    self._set(block, head, (at, match.end), match.end)
                    return True
        return False

    def _fits_lower(self, line: Line, block: Block, head: Head, end: int) -> bool:
        """Whether the capitals may be the name before a head in lower case that ends at `end`."""
        text = line.text(block.start, block.end)
        listed = self._runs.listed(line, block.start)
        whole = listed is not None and listed[0] == block.end
        place = whole and listed is not None and listed[1][0].type == "place"
        if self._heads(line, block.start, block.end) and head.type != "place":
            return False
        if head.lower == "place":
            return bool(place) and not self._described(line, end)
        if head.lower == "ordinal":
            return _ORDINAL.fullmatch(line.words[block.start]) is not None
        demonym = text in self._known.gazetteer.adjectives or self._known.stops.at(line.words, block.start) is not None
        state = bool(place and listed and listed[1][0].subtype == "State")
        if head.type == "place":
            return not demonym and not state
        if head.lower == "name":
            person = whole and listed is not None and listed[1][0].type == "person"
            before = self._known.titles.at(line.words, block.start - 1) if block.start else None
            addressed = before is not None and before.value.kind in ADDRESS
            return not (demonym or state or person or addressed)
        return head.lower == "any"

    def _described(self, line: Line, at: int) -> bool:
        """Whether a noun follows that the body only describes: "Russian military | delegation"."""
        return line.word(at) in self._known.words["goes_on"]

    def _last(self, line: Line, block: Block) -> bool:
        """The head noun at the end of the capitals, or before a number or a new name at their end."""
        noun_end = block.end - (line.texts[block.end - 1] == ".")
        found = self._heads(line, block.start, noun_end)
        if found is None:
            found, noun_end = self._inside(line, block)
        if found is None:
            return False
        at, heads = found
        rest = [head for head in heads if head.place != "drop" or self._only_places(line, block.start, at)]
        head, end = self._fitting(line, noun_end, rest)
        if head is None:
            return False
        if noun_end < block.end and line.texts[noun_end] == ".":
            end = max(end, block.end)
        alone = at == block.start and end == noun_end
        if alone and not self._stands_alone(line, at, noun_end, head):
            return False
        if head.place == "drop" or head.lower == "never":
            return False
        self._set(block, head, (at, noun_end), end, linked=end > noun_end)
        return True

    def _inside(self, line: Line, block: Block) -> tuple[tuple[int, list[Head]] | None, int]:
        """A head noun inside the capitals, behind which a number stands or a person's name begins."""
        for end in range(block.end - 1, block.start, -1):
            found = self._heads(line, block.start, end)
            rest = line.texts[end : block.end]
            if (
                found
                and found[0] > block.start
                and (self._people.shape(rest) >= LIKELY or self._runs.listed(line, end))
            ):
                return found, end
        return None, block.end

    def _stands_alone(self, line: Line, at: int, end: int, head: Head) -> bool:
        """Whether a head noun without more is a name: "Congress", "Supreme Court"."""
        several = end - at > 1 and head.type in _STANDING and all(line.capital[at:end])
        return several or head.bare == "always" or (head.bare == "capital" and not line.initial[at])

    def _only_places(self, line: Line, start: int, end: int) -> bool:
        """Whether nothing but listed places stands there."""
        return sum(last - first for first, last, _ in self.places(line, start, end)) == end - start

    def _matter(self, line: Line, block: Block) -> bool:
        """Matters before the head: "Culture, Sports and Tourism | Ministry"."""
        if line.words[block.end - 1] not in self._known.words["matters"]:
            return False
        end = self._links.joined(line, block.end)
        if end == block.end:
            return False
        found = self._heads(line, block.end, end)
        lower = self._known.heads.at(line.words, end) if end < len(line) else None
        if found is None and lower and lower.value[0].lower == "place":
            found, end = (lower.start, list(lower.value)), lower.end
        if found is None or found[1][0].type not in _BODIES:
            return False
        block.end = end
        self._set(block, found[1][0], (found[0], end), end)
        return True

    @staticmethod
    def _set(block: Block, head: Head, noun: tuple[int, int], stop: int, *, linked: bool = False) -> None:
        block.head, block.noun, block.stop, block.linked = head, noun, stop, linked
