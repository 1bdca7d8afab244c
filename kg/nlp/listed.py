"""Find names of the gazetteer, unless they are only by chance the beginning of a longer name."""

from __future__ import annotations

import re

from kg.gazetteer import Entry
from kg.nlp.candidates import Candidate, Held
from kg.nlp.capitals import CODE, OWN, CapitalNames
from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.people import POSSIBLE
from kg.nlp.runs import Listed, Runs

_EDITION = re.compile(r"(?:19|20)\d\d|\d\d|\d{1,2}/\d{1,2}")
_MODEL_DIGITS = 3


class ListedNames:
    """Reads gazetteer names in their surroundings."""

    def __init__(self, knowledge: Knowledge, runs: Runs, capitals: CapitalNames) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs
        self._capitals = capitals

    def read(self, line: Line, at: int, listed: Listed, held: Held | None) -> list[Candidate] | None:
        """The name that `listed` ends, or the longer run of capitals that begins with it; None for an everyday word."""
        end, entries = listed
        entry = entries[0]
        if not line.capital[at]:
            return None if entry.type == "place" and end - at == 1 else [self._candidate(line, at, listed)]
        if held and self._personal(entry, held):
            return self._capitals.read(line, at, held)
        run = end if line.shouted else self._runs.run(line, at)
        branch = self._branch(line, at, end, entry, held) if run > end else None
        if branch:
            return branch
        if run > end and self._is_longer(line, at, end, run, entry, held):
            return self._capitals.read(line, at, held) or [self._candidate(line, at, listed)]
        return [self._candidate(line, at, listed)]

    def _branch(self, line: Line, at: int, end: int, entry: Entry, held: Held | None) -> list[Candidate] | None:
        """A body and its place without a word between: "Honda Việt Nam", "CDC châu Phi"."""
        place = self._runs.listed(line, end)
        if held or entry.type != "organization" or place is None or place[1][0].type != "place":
            return None
        outer = Candidate(line, at, place[0], "organization", "gazetteer", name_start=at)
        outer.note("organization", "gazetteer", at, end)
        inner = Candidate(line, end, place[0], "place", "inner", entries=place[1], name_start=end)
        inner.note("place", "gazetteer", end, place[0])
        return [outer, inner]

    def _personal(self, entry: Entry, held: Held) -> bool:
        """Whether a form of address or a rank makes the name a person's: "bà Hòa Bình", but "tướng Nga"."""
        if held.kind == "honorific":
            return entry.type != "person"
        return held.kind in OWN and entry.type == "place" and entry.subtype != "State"

    def _candidate(self, line: Line, at: int, listed: Listed) -> Candidate:
        end, entries = listed
        entry = entries[0]
        candidate = Candidate(line, at, end, entry.type, "gazetteer", entries=entries, name_start=at)
        if entry.weak:
            candidate.type = ""
            candidate.vote(entry.type, 1.0, "gazetteer", at, end)
            if shape := self._people.shape(candidate.texts):
                candidate.vote("person", shape, "shape")
        if line.initial[at] and end - at == 1 and line.words[at] in self._known.words["ordinary"]:
            candidate.timid = not self._enumerated(line, end)
        if entry.acts:  # a seat of power is a site after words such as "tại", else the body that acts
            candidate.type = "facility" if line.word(at - 1) in self._known.words["inside"] else "organization"
        if candidate.type:
            candidate.note(candidate.type, "gazetteer", at, end)
        if end < len(line) and self._lengthens(entry, line.texts[end]):
            candidate.end = end + 1
        return candidate

    def _lengthens(self, entry: Entry, text: str) -> bool:
        """Whether the next token is an edition ("Olympic 2000") or a model ("Leopard 2")."""
        if entry.type == "event":
            return _EDITION.fullmatch(text) is not None
        model = CODE.fullmatch(text) is not None or (text.isdigit() and len(text) <= _MODEL_DIGITS)
        return entry.type == "equipment" and model

    def _enumerated(self, line: Line, end: int) -> bool:
        """Whether another country follows: "Anh, Pháp và Đức"."""
        if line.word(end) not in self._known.words["joins"] or end + 1 >= len(line):
            return False
        listed = self._runs.listed(line, end + 1)
        return listed is not None and listed[1][0].subtype == "State"

    def _is_longer(self, line: Line, at: int, end: int, run: int, entry: Entry, held: Held | None) -> bool:
        """Whether all the capitals are one name, which only begins like the gazetteer's."""
        if self._runs.listed(line, end):
            return False
        rest = line.texts[end:run]
        native = [self._people.native(word) for word in rest]
        one = len(rest) == 1 and not self._people.native(line.texts[at])
        chance = entry.weak and (one or self._people.shape(line.texts[at:run]) >= POSSIBLE)
        if held and one and entry.subtype == "Company" and line.words[end] not in self._known.suffixes:
            return True
        if held and entry.type in {"place", "organization"} and not chance:
            return False
        if self._apart(line, at, end, run, entry):
            return False
        if entry.type == "person":
            return not all(native)
        if end - at == 1 and self._people.native(line.texts[at]) and all(native):
            return True
        if not entry.weak and (entry.subtype == "State" or self._people.shape(rest) >= POSSIBLE):
            return False
        return entry.type != "equipment"

    def _apart(self, line: Line, at: int, end: int, run: int, entry: Entry) -> bool:
        """Whether a name in Vietnamese or an acronym is followed by a foreign one: "Lầu Năm Góc | Chad Cruz"."""
        name, rest = line.texts[at:end], line.texts[end:run]
        own = name[0].isupper() if len(name) == 1 else all(self._people.native(word) for word in name)
        if entry.weak or not own or any(self._people.native(word) for word in rest):
            return False
        return not (len(rest) == 1 and line.words[end] in self._known.suffixes)
