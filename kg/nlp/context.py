"""Let the words around a candidate speak for its type."""

from __future__ import annotations

from kg.nlp.candidates import Candidate
from kg.nlp.knowledge import Knowledge
from kg.nlp.lines import Line
from kg.nlp.phrases import Match

_LONGEST_CUE = 4
_APPOSED = 7  # words of a phrase that says what a name is
_DASHES = frozenset("-–")
_DESCRIBING = frozenset({"office", "rank", "occupation", "kinship", "role"})

Stretch = tuple[int, int]
"""The positions of a line at which some words begin and end."""


class Context:
    """Reads what stands left and right of candidates."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge

    def read(self, candidate: Candidate) -> None:
        """Add the votes of the surroundings; drop the names of languages and peoples."""
        self._left(candidate)
        self._right(candidate)
        placed = candidate.votes["place"]
        if age := self._aged(candidate):
            candidate.vote("person", 3.0, "age", *age)
            if placed < 1 and candidate.origin == "gazetteer" and candidate.is_known("place"):
                candidate.type = "person"
        elif placed < 2 and (title := self._described(candidate)):  # noqa: PLR2004 - "tại Hoa, phó giám đốc": a new phrase begins
            candidate.vote("person", 3.0, "apposition", *title)
        elif not candidate.type:
            self._apposed(candidate)
        if place := self._located(candidate):
            candidate.vote("place", 2.0, "brackets", *place)
        if candidate.start == 0 and candidate.line.word(candidate.end) in _DASHES and candidate.type in {"", "place"}:
            candidate.vote("place", 2.0, "dateline")
        candidate.dropped = candidate.dropped or self._is_people(candidate)

    def _left(self, candidate: Candidate) -> None:
        """The longest cue that ends right before the name."""
        for length in range(min(_LONGEST_CUE, candidate.start), 0, -1):
            match = self._known.left.at(candidate.line.words, candidate.start - length)
            if match and match.end == candidate.start:
                for kind, weight in match.value:
                    candidate.vote(kind, weight, "left", match.start, match.end)
                return

    def _right(self, candidate: Candidate) -> None:
        """The cue behind the name, adverbs skipped."""
        line, after = candidate.line, candidate.end
        while line.word(after) in self._known.words["adverbs"]:
            after += 1
        match = self._known.right.at(line.words, after) if after < len(line) else None
        if match:
            for kind, weight in match.value:
                candidate.vote(kind, weight, "right", match.start, match.end)

    def _aged(self, candidate: Candidate) -> Stretch | None:
        """An age or a year of birth behind the name: "Hoa, 38 tuổi", "Hoa (SN 1990"."""
        line, end, words = candidate.line, candidate.end, self._known.words
        if line.word(end) not in {",", "("}:
            return (end, end + 2) if line.word(end).isdigit() and line.word(end + 1) in words["age"] else None
        if line.word(end + 1).isdigit() and line.word(end + 2) in words["age"]:
            return end + 1, end + 3
        year = line.word(end + 2).isdigit() or line.word(end + 2) in words["year"]
        return (end + 1, end + 3) if line.word(end + 1) in words["born"] and year else None

    def _described(self, candidate: Candidate) -> Stretch | None:
        """A title in lower case behind a comma: "Hoa, phó giám đốc"."""
        line, at = candidate.line, candidate.end + 1
        if line.word(candidate.end) not in {",", *_DASHES} or at >= len(line) or line.capital[at]:
            return None
        modifier = self._known.modifiers.at(line.words, at)
        match = self._known.titles.at(line.words, at)
        if match is None and modifier:
            match = self._known.titles.at(line.words, modifier.end)
        if match is None or match.end >= len(line) or match.value.kind not in _DESCRIBING:
            return None
        # "Hoa, bác sĩ Lan" names two people; "Hoa, giám đốc Sở Y tế" one.
        one = match.value.kind in {"office", "kinship"} or not line.capital[match.end]
        return (at, match.end) if one else None

    def _apposed(self, candidate: Candidate) -> None:
        """Hear what the name is said to be: "Merck, nhà sản xuất vaccine", "Amasra là thị trấn"."""
        line, end = candidate.line, candidate.end
        if line.word(end) == "," or line.word(end) in self._known.words["is"]:
            match = self._known.appositions.at(line.words, end + 1) or self._behind_article(line, end + 1)
            if match and not line.capital[match.start]:
                for kind, weight in match.value:
                    if not (kind == "organization" and match.start > end + 1 and candidate.votes["place"] >= 1):
                        candidate.vote(kind, weight, "apposition", match.start, match.end)

    def _behind_article(self, line: Line, at: int) -> Match[tuple[tuple[str, float], ...]] | None:
        """What a phrase that begins with an article at `at` says that something is: "Sana, the Syrian state | agency, …".

        Its noun stands last, before a comma, a full stop, or a word that begins a closer description ("a firm based in").
        """
        if self._known.head != "last" or line.word(at) not in self._known.words["articles"]:
            return None
        ends = self._known.words["closes_apposition"]
        stop = next((i for i in range(at + 1, min(at + 1 + _APPOSED, len(line))) if line.words[i] in ends), at)
        longest = (self._known.appositions.at(line.words, i) for i in range(at + 1, stop))
        return next((match for match in longest if match and match.end == stop), None)

    def _located(self, candidate: Candidate) -> Stretch | None:
        """A place in brackets behind a name that looks like no person's: "Y Tý (Lào Cai)"."""
        line, end = candidate.line, candidate.end
        if candidate.type or line.word(end) != "(" or candidate.votes["person"] > 1:
            return None
        closed = (m for m in self._known.surfaces.prefixes(line.words, end + 1) if line.word(m.end) == ")")
        places = (m for m in closed if any(s.entry.type == "place" and not s.entry.weak for s in m.value))
        return next(((match.start, match.end) for match in places), None)

    def _is_people(self, candidate: Candidate) -> bool:
        """Whether a language ("tiếng Anh") or a people ("người Tày") is named; "người Nga" names the country."""
        before, words = candidate.line.word(candidate.start - 1), self._known.words
        if before in words["tongues"]:
            return True
        listed = self._known.stops.at(candidate.line.words, candidate.start) is not None
        tribe = candidate.origin == "run" and (listed or candidate.end - candidate.start == 1)
        return before in words["peoples"] and tribe and not candidate.is_known("place")
