"""Read a sentence from left to right and note titles and what may be a name."""

from __future__ import annotations

from typing import Protocol

from kg.nlp.candidates import Candidate, Held
from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.titles import TitleReader

_KEEPS_TITLE = frozenset({"place", "organization", "unit", "facility"})
_WORDS_BETWEEN = 2


class NameReader(Protocol):
    """Knows how the names of a language are built."""

    def begins(self, line: Line, at: int) -> bool:
        """Whether a name may begin at a word in lower case."""

    def read(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        """The best reading of a name that begins at `at`, with the names inside it."""


class Scanner:
    """Finds candidates and titles, one sentence at a time."""

    def __init__(self, knowledge: Knowledge, names: NameReader) -> None:
        self._known = knowledge
        self._titles = TitleReader(knowledge)
        self._names = names

    def scan(self, line: Line) -> tuple[list[Candidate], list[Held]]:
        """The candidates of a sentence, from left to right, nested ones behind their outer one; and its titles.

        A title is held over the bodies and places behind it to its holder's name: "Bộ trưởng Quốc phòng Nga X".
        """
        candidates: list[Candidate] = []
        titles: list[Held] = []
        held: Held | None = None
        stale: Held | None = None
        at = 0
        while at < len(line):
            plain = not line.capital[at] and not self._names.begins(line, at)
            title = None if plain else self._titles.read(line, at)
            found = None if plain else self._names.read(line, at, held)
            if title and self._titles.stands(line, title, found):
                titles.append(title)
                held, stale, at = title, None, title.end
            elif found:
                self._credit(line, found, held, stale)
                candidates.extend(found)
                at = found[0].end
                keeps = found[0].type in _KEEPS_TITLE or found[0].origin == "gazetteer"
                held, stale = held if keeps else None, None
            else:
                if held and not self._titles.fills(line, at):
                    held, stale = None, held
                at += 1
        return candidates, titles

    def _credit(self, line: Line, found: list[Candidate], held: Held | None, stale: Held | None) -> None:
        """Note the title that candidates stand behind; one or two words between weaken what it says."""
        for candidate in found:
            candidate.title = held
            if held and candidate.type == "person":
                candidate.note("person", "title", held.start, held.end)
        first = found[0]
        if held or stale is None or first.origin != "run" or first.end - first.start == 1:
            return
        gap = range(stale.end, first.start)
        plain = all(
            not line.capital[i] and line.texts[i].isalpha() and line.words[i] not in self._known.openers for i in gap
        )
        if plain and len(gap) <= _WORDS_BETWEEN:
            first.vote("person", 0.9, "title", stale.start, stale.end)
