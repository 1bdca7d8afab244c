"""Follow the capitals of a name where head nouns stand last: initials, particles, possessives and models within."""

from __future__ import annotations

import re
from itertools import takewhile

from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.runs import INITIALS, Runs

_MODEL = re.compile(r"\d{1,4}[A-Z]{0,3}|[A-Z]{1,4}")
_LONGEST = 12
_HYPHENS = frozenset("-–")
_OF = "of"
_LAWS = frozenset({"document", "treaty"})
_APART = frozenset({"’s", "'s", "'", "’"})


class CapitalRuns:
    """Runs of capitals, which end before titles, days and months."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs

    def run(self, line: Line, at: int) -> int:
        """The end of the run of capitals at `at`."""
        if self._is_dated(line, at):
            return at + 1
        end = at
        while end < len(line) and end - at < _LONGEST:
            if line.capital[end] and line.texts[end][0].isalnum():
                if end > at and (self._breaks(line, at, end) or self.counts(line, end)):
                    break
                end += 1
            elif end > at and self._belongs(line, at, end):
                end += 1
            elif end > at and (after := self._runs.nickname(line, end)):
                end = after
            else:
                break
        return end

    def _is_dated(self, line: Line, at: int) -> bool:
        """Whether a capital is that of a day or month that is told, and of no name: "On | Tuesday Carla Reyes left"."""
        calendar, before = self._known.words["calendar"], self._known.words["before_calendar"]
        return (
            at > 0
            and line.words[at] in calendar
            and line.word(at - 1) in before
            and self._runs.listed(line, at) is None
        )

    def capital(self, line: Line, at: int) -> bool:
        """Whether a capitalised word stands at `at`."""
        return at < len(line) and line.capital[at] and line.texts[at][0].isalpha()

    def counts(self, line: Line, at: int) -> bool:
        """Whether a number is announced: "Resolution | No. 18"."""
        announced = line.word(at) in self._known.words["numbering"] and line.word(at + 1) == "."
        return announced and line.word(at + 2)[:1].isdigit()

    def skips(self, line: Line, at: int) -> bool:
        """Whether a capital is only that of a sentence's first word: "The", "Former", but not "The Hague"."""
        if not line.initial[at] or line.shouted:
            return False
        listed = self._runs.listed(line, at)
        if listed and listed[0] - at > 1:
            return line.words[at] in self._known.words["articles"] and self._covers(line, at + 1, listed[0])
        head = self._known.heads.at(line.words, at)
        if head and head.end - at > 1:
            return False
        return line.words[at] in self._known.openers and not (listed and not listed[1][0].weak)

    def _belongs(self, line: Line, start: int, at: int) -> bool:
        """Whether a token without a capital stands inside the name that began at `start`."""
        if line.texts[at] == "&":
            return self.capital(line, at + 1)
        if line.texts[at] in _APART:
            return self._genitive(line, at)
        if line.texts[at] in _HYPHENS:
            return self._between_two(line, start, at)
        if line.words[at] == _OF:
            return self._titles_law(line, start, at)
        return self._dot(line, at) or self._particle(line, at) or self._model(line, start, at)

    def _between_two(self, line: Line, start: int, at: int) -> bool:
        """Whether a hyphen joins two whom a name says that it is between: "Thai-Lao Friendship | Bridge"."""
        if at + 1 >= len(line) or line.gaps[at] or line.gaps[at + 1]:
            return False
        after = self._runs.listed(line, at + 1)
        if after is None or not any(self._covers(line, before, at) for before in range(start, at)):
            return False
        capitals = range(after[0], min(after[0] + _LONGEST, len(line)))
        rest = list(takewhile(lambda i: self.capital(line, i), capitals))
        return any(self._known.heads.at(line.words, i) is not None for i in rest)

    def _titles_law(self, line: Line, start: int, at: int) -> bool:
        """Whether "of" stands in what a law or treaty is called, two capitals before its noun: "Freedom of Information | Act".

        Silent behind a capital that may be there only because a sentence begins ("Critics of Clean Air Act").
        """
        if line.initial[start] or line.shouted:
            return False
        capitals = range(at + 1, min(at + 1 + _LONGEST, len(line)))
        last = max(takewhile(lambda i: self.capital(line, i), capitals), default=at)
        head = self._known.heads.at(line.words, last) if last > at + 1 else None
        return head is not None and any(noun.type in _LAWS for noun in head.value)

    def _covers(self, line: Line, at: int, end: int) -> bool:
        """Whether a listed name reaches from `at` to `end`: "Pentagon" in "The Pentagon"."""
        listed = self._runs.listed(line, at)
        return listed is not None and listed[0] == end

    def _breaks(self, line: Line, start: int, at: int) -> bool:
        """Whether a title, a day or a month begins at a capital."""
        if line.shouted:
            return False
        given = line.texts[start] in self._people.given and at == start + 1
        if line.words[at] in self._known.words["calendar"]:
            return not given or (at + 1 < len(line) and line.texts[at + 1][0].isdigit())
        position = at
        while modifier := self._known.modifiers.at(line.words, position):
            position = modifier.end
            if position >= len(line):
                return False
        title = self._known.titles.at(line.words, position) or self._known.titles.at(line.words, at)
        if title is None or not line.capital[title.end - 1]:
            return False
        headed = any(m.end > title.end for m in self._known.heads.prefixes(line.words, at))
        follows = self.capital(line, title.end) or line.word(title.end) in self._known.words["of"]
        listed = self._runs.listed(line, start)
        whole = self._people.abroad(line.texts[start : at + 1])  # "Le Hoang Son", who is nobody's son
        if headed or whole or (listed and listed[0] > at):
            return False
        return follows or not given

    def _dot(self, line: Line, at: int) -> bool:
        """Whether a full stop belongs to initials, "Jr.", "St.", "U.S."."""
        if line.texts[at] != "." or line.gaps[at]:
            return False
        before = line.texts[at - 1]
        known = INITIALS.fullmatch(before) is not None or line.words[at - 1] in self._known.words["suffix_initials"]
        return known and (at + 1 < len(line) or "." in before)

    def _particle(self, line: Line, at: int) -> bool:
        """Whether "van der", "bin" stands between two words of a name."""
        position = at
        while line.word(position) in self._people.particles and position < at + 2:
            position += 1
        return position > at and self.capital(line, position)

    def _genitive(self, line: Line, at: int) -> bool:
        """Whether an 's stands inside a name: "Hanoi People's Committee"."""
        return line.words[at - 1] in self._known.words["genitives"] and self.capital(line, at + 1)

    def _model(self, line: Line, start: int, at: int) -> bool:
        """Whether a number is that of a model: "Boeing 737", "Leopard 2"."""
        listed = self._runs.listed(line, start)
        kinds = {e.type for e in listed[1]} | {e.subtype for e in listed[1]} if listed else set()
        made = "equipment" in kinds or ("Company" in kinds and len(line.texts[at]) == 3)  # noqa: PLR2004 - "Boeing 737"
        return made and _MODEL.fullmatch(line.texts[at]) is not None
