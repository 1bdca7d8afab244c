"""The smallest parts of names: gazetteer names, runs of capitals, words of several syllables."""

from __future__ import annotations

import re

from kg.gazetteer import Entry
from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.people import LIKELY, POSSIBLE

INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ]){0,3}")
_OPEN, _CLOSE = frozenset("'‘’\"“"), frozenset("'’\"”")
_LONGEST = 8  # no name of a person has more words

Listed = tuple[int, tuple[Entry, ...]]


class Runs:
    """What begins at a position of a line."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge
        self._people = knowledge.people

    def listed(self, line: Line, at: int) -> Listed | None:
        """The end and the entries of the longest gazetteer name at `at` whose capitals fit."""
        for match in self._known.surfaces.prefixes(line.words, at):
            texts = line.texts[at : match.end]
            fitting = tuple(s.entry for s in match.value if s.fits(texts, shouted=line.shouted))
            if fitting and not (
                match.end - at == 1 and self.begins_word(line, at, guess=fitting[0].subtype != "State")
            ):
                return match.end, fitting
        return None

    def begins_word(self, line: Line, at: int, *, guess: bool = True) -> bool:
        """Whether the syllable is the first of a longer everyday word: "Anh hùng" is not England.

        With `guess` the word segmenter is believed too, else only the list of words.
        """
        if at + 1 >= len(line) or line.capital[at + 1]:
            return False
        if guess and line.joined[at + 1] and self._people.native(line.texts[at]):
            return True
        return any(m.end > at + 1 for m in self._known.compounds.prefixes(line.words, at))

    def word(self, line: Line, at: int) -> int:
        """The end of a capitalised word of several syllables ("Giáo dục") at `at`, or `at` itself."""
        if at + 1 >= len(line) or line.capital[at + 1]:
            return at
        for match in self._known.compounds.prefixes(line.words, at):
            if match.end > at + 1:
                return match.end
        if not line.joined[at + 1] or not self._people.native(line.texts[at]):
            return at
        end = at + 1
        while end < len(line) and line.joined[end] and not line.capital[end]:
            end += 1
        return end

    def run(self, line: Line, at: int) -> int:
        """The end of the run of capitals at `at`: it stops where a title, a head noun or an everyday word begins."""
        end = at
        while end < len(line) and end - at < _LONGEST:
            if line.capital[end] and line.texts[end][0].isalnum():
                if end > at and (self._breaks(line, end) or line.words[end] in self._known.words["acronyms"]):
                    break
                end += 1
            elif end > at and (self._initial_dot(line, end) or self._particle(line, end)):
                end += 1
            elif end > at and (after := self.nickname(line, end)):
                end = after
            else:
                break
        return end

    def place(self, line: Line, at: int, *, titled: bool) -> int:
        """The end of an unknown place's name: capitals, cut where a person's full name begins behind it.

        Behind a title ("chủ tịch xã") the person is expected.
        """
        end = self.run(line, at)
        native = self._people.native(line.texts[at])
        for cut in range(at + 1, end - 1):
            shape = self._people.shape(line.texts[cut:end])
            surname = cut - at > 1 and line.words[cut] in self._people.common
            if (native and shape >= LIKELY) or (titled and shape >= POSSIBLE and (not native or surname)):
                return cut
        if titled and not native and end - at > 2:  # noqa: PLR2004 - a place of one word, and a person's two
            return at + 1
        return end

    def family(self, line: Line, at: int) -> bool:
        """Whether a head noun is a family name here: "Hồ Quốc Anh", but "Hồ Hoàn Kiếm"."""
        both = at + 1 < len(line) and line.capital[at] and line.capital[at + 1]
        if not both or not self._people.family(line.texts[at]):
            return False
        listed = self.listed(line, at + 1)
        known = listed is not None and listed[0] > at + 2
        shape = self._people.shape(line.texts[at : self.run(line, at)])
        return shape >= LIKELY and not known and self.word(line, at + 1) == at + 1

    def _breaks(self, line: Line, at: int) -> bool:
        """Whether a title, a head noun or an everyday word of several syllables begins at a capital."""
        if line.shouted or at + 1 >= len(line) or line.capital[at + 1]:
            return False
        tables = (self._known.compounds, self._known.titles, self._known.heads)
        return any(m.end > at + 1 for table in tables for m in table.prefixes(line.words, at))

    def _initial_dot(self, line: Line, at: int) -> bool:
        """Whether the full stop belongs to initials ("V. Orban", "cô L. kể") or to "Jr."; no sentence ends with it."""
        if line.texts[at] != "." or at + 1 >= len(line) or line.gaps[at]:
            return False
        before = line.words[at - 1]
        return INITIALS.fullmatch(line.texts[at - 1]) is not None or before in self._known.words["suffix_initials"]

    def nickname(self, line: Line, at: int) -> int:
        """The position behind the closing mark of a nickname ("Ernesto 'Boy' Cruz"), or 0."""
        if line.texts[at] not in _OPEN:
            return 0
        for close in range(at + 2, min(at + 4, len(line) - 1)):
            if line.texts[close] in _CLOSE and line.capital[close + 1] and line.capital[close - 1]:
                return close + 1
        return 0

    def _particle(self, line: Line, at: int) -> bool:
        """Whether "al", "bin", "de" stands between two words of a foreign name."""
        follows = at + 1 < len(line) and line.capital[at + 1] and line.texts[at + 1][0].isalpha()
        return line.words[at] in self._people.particles and follows and not self._people.native(line.texts[at - 1])
