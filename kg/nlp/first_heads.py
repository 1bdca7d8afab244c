"""Read the names of a language whose head nouns stand first: "Bộ Quốc phòng Nga", "tỉnh Kursk"."""

from __future__ import annotations

from kg.nlp.candidates import Candidate, Held
from kg.nlp.capitals import OWN, CapitalNames
from kg.nlp.headed import HeadedNames
from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.listed import ListedNames
from kg.nlp.runs import Runs


class FirstHeads:
    """Finds the name at a position of a line: by its head noun, in the gazetteer, or by capitals alone."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._beginnings = knowledge.beginnings()
        self._runs = Runs(knowledge)
        self._headed = HeadedNames(knowledge, self._runs)
        self._capitals = CapitalNames(knowledge, self._runs)
        self._listed = ListedNames(knowledge, self._runs, self._capitals)

    def begins(self, line: Line, at: int) -> bool:
        """Whether a title, a head noun or a listed name may begin at a word in lower case."""
        return line.words[at] in self._beginnings

    def read(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        """The best reading of a name that begins at `at`, with the names inside it."""
        listed = self._runs.listed(line, at)
        headed = self._headed.read(line, at, held)
        if held and held.end == at and held.kind in OWN and line.capital[at] and not line.shouted:
            known = listed is not None and (
                listed[1][0].type == "person" or (listed[1][0].subtype == "State" and held.kind != "honorific")
            )
            body = headed is not None and self._runs.word(line, at) > at
            if not known and not body and (own := self._capitals.read(line, at, held)):
                return own
        if headed and (
            listed is None or headed[0].end > listed[0] or (headed[0].end == listed[0] and listed[1][0].weak)
        ):
            return headed
        if listed:
            return self._listed.read(line, at, listed, held)
        if line.capital[at] and not line.shouted:
            return self._capitals.read(line, at, held)
        return None
