"""Find names by their capitals alone, and note what their form speaks for."""

from __future__ import annotations

import re

from kg.nlp.candidates import Candidate, Held
from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.people import LIKELY, POSSIBLE
from kg.nlp.runs import INITIALS, Runs
from kg.nlp.suffixes import YEAR

CODE = re.compile(r"[A-ZĐ][A-Za-zĐ]{0,6}-\d+[A-Za-z0-9/\-]*|[A-ZĐ]{1,4}\d{1,4}[A-Z]{0,3}|\d{1,3}[A-Z]\d{0,2}")
OWN = frozenset({"honorific", "rank", "kinship"})
_ACRONYM = re.compile(r"[A-ZĐ][A-ZĐ&\-]{1,6}")
_FULL = 3  # words of a body's name and a person's behind it


class CapitalNames:
    """Reads runs of capitals."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs

    def read(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        """The run of capitals at `at` as one name, or as a body's name and its holder's; None where it is no name."""
        if not line.texts[at][0].isalnum() or self._everyday(line, at, held):
            return None
        end = self._runs.run(line, at)
        if end == at or (held is None and line.initial[at] and end - at > 1 and self._opens(line, at, end)):
            return None
        start = self._past_head(line, at, end) if held else at
        candidate = Candidate(line, start, end, name_start=start)
        if end - start == 1:
            if not self._single(line, start, held):
                return None
            candidate.timid = line.initial[start] and held is None and self._people.native(line.texts[start])
        if held and (cut := self._cut(line, start, end, held)):
            return self._parted(line, start, cut, end, held)
        self.form(candidate)
        coded = any(CODE.fullmatch(word) for word in candidate.texts)
        if held and not (coded and held.kind not in OWN):
            candidate.vote("person", 3.0 if held.kind in OWN else 2.5, "title", held.start, held.end)
        return [candidate]

    def _everyday(self, line: Line, at: int, held: Held | None) -> bool:
        """Whether an everyday word of several syllables begins here; behind a title only the list of words is believed."""
        if line.words[at] in self._known.words["acronyms"]:
            return True
        return self._runs.word(line, at) > at and (held is None or self._runs.begins_word(line, at, guess=False))

    def _single(self, line: Line, at: int, held: Held | None) -> bool:
        """Whether one capitalised word may be a name."""
        text = line.texts[at]
        if len(text) == 1 and not (held and INITIALS.fullmatch(text)):
            return False
        addressed = held is not None and held.kind in {"honorific", "kinship"}
        if self._known.stops.at(line.words, at) and not addressed:
            return False
        return line.word(at - 1) not in self._known.words["ordinals"]

    def _opens(self, line: Line, at: int, end: int) -> bool:
        """Whether the first capital of a sentence is an everyday word before the name."""
        word, rest = line.words[at], line.texts[at + 1 : end]
        if not self._people.native(line.texts[at]):
            return False
        opener = word in self._known.openers
        if not opener and self._people.shape(line.texts[at:end]) >= LIKELY:
            return False
        listed = self._runs.listed(line, at + 1)
        if listed:
            strong = opener and listed[0] > at + 2 and not listed[1][0].weak
            if strong or not self._people.shape(line.texts[at:end]):
                return True
        native = [self._people.native(text) for text in rest]
        if not opener:
            return not any(native) and not self._people.family(word)
        return not self._people.family(word) or self._people.shape(rest) > POSSIBLE or not all(native)

    def _past_head(self, line: Line, at: int, end: int) -> int:
        """Behind a capitalised head noun, where a person's full name follows: "Chủ tịch Hội | Lê Thị Hoa"."""
        if self._runs.family(line, at):
            return at
        for match in self._known.heads.prefixes(line.words, at):
            if match.end < end and self._people.shape(line.texts[match.end : end]) >= LIKELY:
                return match.end
        return at

    # --------------------------------------------------------------------------------- a body and its holder's name

    def _cut(self, line: Line, start: int, end: int, held: Held) -> int:
        """Where the name of a body or place ends and its holder's begins ("Tỉnh trưởng Basilan | Jim Cruz"), or 0."""
        if held.kind not in {"office", "role"} or end - start < _FULL:
            return 0
        first = line.texts[start]
        acronym = first.isupper() and first.isalpha() and len(first) > 2  # noqa: PLR2004 - shorter ones are initials
        if acronym and not line.texts[start + 1].isupper():
            return start + 1
        if first in self._people.given or self._people.native(first) or not held.title.governs:
            return 0
        given = (i for i in range(start + 1, end - 1) if line.texts[i] in self._people.given)
        return next((i for i in given if self._people.shape(line.texts[i:end]) >= LIKELY), 0)

    def _parted(self, line: Line, start: int, cut: int, end: int, held: Held) -> list[Candidate]:
        before = Candidate(line, start, cut, name_start=start)
        governs = held.title.group in self._known.leaders or held.title.governs
        kind = "place" if governs and not line.texts[start].isupper() else "organization"
        before.vote(kind, 1.0, "title", held.start, held.end)
        holder = Candidate(line, cut, end, name_start=cut)
        holder.vote("person", 2.5, "title", held.start, held.end)
        return [holder, before]

    # ------------------------------------------------------------------------------------------------------- form

    def form(self, candidate: Candidate) -> None:
        """Let the form of the words speak: a person's build, a code, an acronym, a telling last word."""
        words, line = candidate.texts, candidate.line
        shape = self._people.shape(words)
        if shape:
            candidate.vote("person", shape, "shape")
        if len(words) > 1 and line.words[candidate.start] in self._known.words["ships"]:
            candidate.vote("equipment", 3.0, "first word", candidate.start, candidate.start + 1)
        telling = self._known.suffixes.get(line.words[candidate.end - 1])
        if telling and len(words) > 1:
            candidate.vote(telling, 3.0, "last word", candidate.end - 1, candidate.end)
        if any(CODE.fullmatch(word) for word in words):  # "Su-35", "T-72"; "A05" may be anything
            candidate.vote("equipment", 1.5 if any("-" in word for word in words) else 0.7, "number")
        if len(words) == 1 and _ACRONYM.fullmatch(words[0]):
            candidate.vote("organization", 1.2, "acronym")
        if INITIALS.fullmatch(words[0]) and ("." in words[0] or words[1:] == (".",)):
            candidate.vote("person", 1.5, "initials")
        foreign = not shape and not any(self._people.native(word) for word in words)
        if foreign and candidate.end < len(line) and YEAR.fullmatch(line.texts[candidate.end]):
            candidate.vote("event", 1.5, "year", candidate.end, candidate.end + 1)
            candidate.end += 1
