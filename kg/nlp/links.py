"""Follow a name behind its head noun: "Ministry | of Oceans and Fisheries", "Resolution | 2231"."""

from __future__ import annotations

import re

from kg.nlp.capital_runs import CapitalRuns
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.people import POSSIBLE
from kg.nlp.runs import Runs

_NUMBER = re.compile(r"\d{1,5}(?:/\d{4})?|[IVX]{1,5}")
_ENDS = frozenset(".,;)")
_LIST = 6  # words in which a list goes on to its conjunction


class Links:
    """What a head noun lets follow: numbers, linked names, further matters."""

    def __init__(self, knowledge: Knowledge, runs: Runs, capitals: CapitalRuns) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs
        self._capitals = capitals

    def further(self, line: Line, at: int, head: Head) -> int:
        """The end behind numbers and links: "Resolution | 2231", "Ministry | of Oceans and Fisheries"."""
        end = at
        if head.number and end < len(line) and _NUMBER.fullmatch(line.texts[end]):
            return end + 1
        if head.number and self._capitals.counts(line, end):
            return self._glued(line, end + 3)
        while end < len(line) and line.words[end] in head.links:
            start = end + 1 + (line.word(end + 1) in self._known.words["articles"])
            dated = line.word(start) in self._known.words["calendar"]
            if not self._capitals.capital(line, start) or dated or self._titled(line, start):
                break
            end = self.joined(line, self._linked(line, start))
            if head.type == "facility":
                break
        return end

    def joined(self, line: Line, end: int) -> int:
        """The end behind further matters of a body: "Agriculture | , Forestry and Fisheries"."""
        matters, conjunctions = self._known.words["matters"], self._known.words["conjunctions"]
        while end + 1 < len(line) and (line.words[end] in conjunctions or line.words[end] == ","):
            comma = line.words[end] == ","
            both = comma and line.words[end + 1] in conjunctions
            at = end + 1 + both
            if not self._capitals.capital(line, at) or line.words[end - 1] not in matters:
                break
            if line.words[at] not in matters or self._runs.listed(line, at):
                break
            if comma and not both and not self._lists_on(line, at + 1):
                break
            end = self._capitals.run(line, at)
        return end

    def _linked(self, line: Line, at: int) -> int:
        """The end of the capitals behind a link; behind a place a person's name begins anew: "of Cuba | Esteban Cruz"."""
        end = self._capitals.run(line, at)
        listed = self._runs.listed(line, at)
        place = listed is not None and listed[0] < end and listed[1][0].type == "place" and not listed[1][0].weak
        if place and listed and self._people.shape(line.texts[listed[0] : end]) >= POSSIBLE:
            return listed[0]
        return end

    def _titled(self, line: Line, at: int) -> bool:
        """Whether a title and its holder's name follow."""
        title = self._known.titles.at(line.words, at)
        return title is not None and self._capitals.capital(line, title.end)

    def _lists_on(self, line: Line, at: int) -> bool:
        """Whether the list that a comma opened goes on to an "and"."""
        return not self._known.words["conjunctions"].isdisjoint(line.words[at : at + _LIST])

    @staticmethod
    def _glued(line: Line, at: int) -> int:
        """The end of what follows without a space: "No. 18 | -NQ/TW"."""
        while at < len(line) and not line.gaps[at] and line.texts[at] not in _ENDS:
            at += 1
        return at
