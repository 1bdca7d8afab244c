"""Find names that begin with a head noun: bodies, units, sites, agreements, honours, events, places."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.candidates import Candidate, Ground, Held
from kg.nlp.classed import ClassedPlaces
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import OPENING, Line
from kg.nlp.runs import Runs
from kg.nlp.suffixes import Suffixes
from kg.nlp.tail import Tail, Task
from kg.nlp.tails import Tails
from kg.nlp.titles import ADDRESS

_CLOSING = frozenset("\"”»'’")
_LONGEST_TITLE = 14


class HeadedNames:
    """Reads the name at a position of a line by its head noun."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._runs = runs
        self._tails = Tails(knowledge, runs)
        self._suffixes = Suffixes(knowledge, runs)
        self._places = ClassedPlaces(knowledge, runs)

    def read(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        """The name at `at`, with the places inside it behind it; None where no head noun begins one."""
        for match in self._known.heads.prefixes(line.words, at):
            for head in match.value:
                if self._possible(line, at, match.end, head):
                    found = self._by(line, at, match.end, head, held)
                    if found:
                        return found
        return None

    def _possible(self, line: Line, at: int, end: int, head: Head) -> bool:
        """Whether the words are that head noun, and not a family name, part of another word, or a plural."""
        if line.capital[at]:
            surname = end - at == 1 and not line.shouted and self._runs.family(line, at)
            return not surname and not self._goes_on(line, end)
        before = line.word(at - 1)
        plural = head.keep and (before in self._known.words["plurals"] or before[:1].isdigit())
        return not (head.capital or plural or self._bound(line, at, end) or self._goes_on(line, end))

    def _goes_on(self, line: Line, end: int) -> bool:
        """Whether the last syllable begins a longer word: "Tổ quốc" is no "Tổ"."""
        return end < len(line) and not line.capital[end] and self._runs.begins_word(line, end - 1)

    def _bound(self, line: Line, at: int, end: int) -> bool:
        """Whether the head is only the end of another word: "thông báo" is no newspaper, "nhà báo" none either."""
        if end - at > 1 or at == 0:
            return False
        known, pair = self._known, f"{line.words[at - 1]} {line.words[at]}"
        tables = (known.compounds, known.heads, known.titles)
        listed = any(m.end > at for table in tables for m in table.prefixes(line.words, at - 1))
        return listed or pair in known.words["bound"] or (line.joined[at] and not line.capital[at - 1])

    def _by(self, line: Line, at: int, end: int, head: Head, held: Held | None) -> list[Candidate] | None:
        if end - at == 1 and line.word(end) == "." and end + 1 < len(line) and line.capital[end + 1]:
            end += 1  # "TP. Vinh"
        if head.tail == "place":
            return self._places.read(line, at, end, head, held)
        if head.quoted:
            return self._quoted(line, at, end, head)
        quote = not head.keep and end < len(line) and line.texts[end] in OPENING and line.texts[end] != "("
        opening = end + 1 if quote else end
        titled = held is not None and held.kind not in ADDRESS
        tail = self._tails.follow(line, opening, Task(head, titled=titled))
        if not tail.kinds and head.about and line.capital[at] and not line.initial[at]:
            tail = self._tails.unnamed(line, opening)
        self._suffixes.add(line, head, tail)
        if not tail.kinds:
            bare = head.bare == "always" or (head.bare == "capital" and not line.initial[at])
            alone = head.keep and line.capital[at] and bare
            return [self._candidate(line, at, end, (at, end), head)] if alone else None
        if not self._stands(line, at, head, tail):
            return None
        start = at if head.keep else max(opening, tail.first)
        outer = self._candidate(line, start, tail.end, (at, end), head)
        outer.of = tail.of
        return [outer, *self._inner(line, tail.inner)]

    @staticmethod
    def _candidate(line: Line, start: int, end: int, noun: tuple[int, int], head: Head) -> Candidate:
        """The name from `start` to `end` by the head noun at `noun`."""
        ground = Ground(head.type, "head", line, *noun)
        return Candidate(line, start, end, head.type, "head", head=head, name_start=noun[1], grounds=[ground])

    def _stands(self, line: Line, at: int, head: Head, tail: Tail) -> bool:
        """Whether head and tail make a name: "quân đội Nga" does, "chính phủ Nga" and "tàu Nga" do not."""
        kinds = set(tail.kinds)
        proper = line.capital[at] and not line.initial[at]
        placed = kinds <= {"place", "class"}
        no_name = (
            (head.stateless and tail.only_states and kinds <= {"place"} and not line.capital[at])
            or (head.media and tail.kinds[0] == "nested" and not line.capital[at])
            or (head.place == "drop" and kinds <= {"place", "class", "closer"})
            or (placed and not proper and (head.bodiless or head.tail == "number"))
            or (
                head.type == "equipment"
                and not head.keep
                and not kinds.isdisjoint({"place", "class", "body", "nested"})
            )
            or (head.number == "must" and "number" not in kinds)
            or (kinds <= {"closer"} and not proper and not line.texts[at].isupper())
        )
        return not no_name

    def _inner(self, line: Line, spans: Sequence[tuple[int, int]]) -> list[Candidate]:
        found = []
        for start, end in spans:
            listed = self._runs.listed(line, start)
            entries = listed[1] if listed and listed[0] == end else ()
            places = tuple(entry for entry in entries if entry.type == "place")
            inner = Candidate(line, start, end, "place", "inner", entries=places, name_start=start)
            inner.note("place", "gazetteer" if places else "inside", start, end if places else start)
            found.append(inner)
        return found

    def _quoted(self, line: Line, at: int, end: int, head: Head) -> list[Candidate] | None:
        """What stands in quotation marks, or in capitals, behind "phim", "danh hiệu", "bão"."""
        if end + 1 < len(line) and line.texts[end] in OPENING and line.texts[end] != "(" and line.capital[end + 1]:
            limit = min(len(line), end + _LONGEST_TITLE)
            close = next((i for i in range(end + 2, limit) if line.texts[i] in _CLOSING), None)
            start, stop = end + 1, close
        elif end < len(line) and line.capital[end] and head.type in {"award", "event", "document"}:
            tail = self._tails.follow(line, end, Task(head))
            self._suffixes.add(line, head, tail)
            short = head.type == "document" and tail.end - end == 1
            start, stop = end, tail.end if tail.kinds and tail.kinds[0] != "place" and not short else None
        else:
            return None
        if not stop:
            return None
        ground = Ground(head.type, "head", line, at, end)
        return [Candidate(line, start, stop, head.type, "quoted", head=head, name_start=start, grounds=[ground])]
