"""Find places by the class word before them: "tỉnh Gia Lai", "quận 3", "biển Đen"."""

from __future__ import annotations

from kg.gazetteer import Entry
from kg.nlp.candidates import Candidate, Ground, Held
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.runs import Runs

_DIGITS = 3  # of the number of a street or quarter
_DASHES = frozenset("-–")


class ClassedPlaces:
    """Reads the place behind a class word; the word itself stays only where the rest does not stand alone."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs

    def read(self, line: Line, at: int, end: int, head: Head, held: Held | None) -> list[Candidate] | None:
        """The place named behind the class word at `at`, which ends at `end`; None where there is none."""
        if end >= len(line):
            return None
        noun = Ground("place", "head", line, at, end)
        short = self._known.sets["places:short"].at(line.words, at) is not None
        if line.texts[end].isdigit():
            counted = (head.keep or short) and len(line.texts[end]) <= _DIGITS
            unit = line.word(end + 1) in self._known.words["units"]
            if not counted or unit:
                return None
            return [Candidate(line, at, end + 1, "place", "class", head=head, name_start=end, grounds=[noun])]
        stop, entries = self._named(line, at, end, held)
        if stop == end:
            return None
        if not entries:
            stop = self._further(line, stop, head, short=short)
        alone = self._known.sets["places:single"].at(line.words, at) is not None
        single = alone and not entries and stop - end == 1 and self._people.native(line.texts[end])
        dropped = self._known.sets["places:dropped"].at(line.words, at) is not None
        proper = line.capital[at] and not line.initial[at] and not dropped
        start = at if head.keep or proper or single else end
        place = Candidate(
            line, start, stop, "place", "class", entries=entries, head=head, name_start=end, grounds=[noun]
        )
        place.level = " ".join(line.words[at:end])
        if entries:
            place.note("place", "gazetteer", end, stop)
        return [place]

    def _named(self, line: Line, at: int, end: int, held: Held | None) -> tuple[int, tuple[Entry, ...]]:
        """The end and the entries of the name; its own start where there is none."""
        listed = self._runs.listed(line, end)
        if listed and listed[1][0].type in {"place", "facility"}:
            stop, entries = listed[0], tuple(e for e in listed[1] if e.type == "place")
            run = self._runs.run(line, end)
            chance = stop - end == 1 or (bool(entries) and entries[0].weak)
            return (run, ()) if run > stop and chance else (stop, entries)
        if not line.capital[end] or not line.texts[end][0].isalpha() or self._runs.word(line, end) > end:
            return end, ()
        stop = self._runs.place(line, end, titled=held is not None)
        return (end, ()) if self._is_holder(line, at, end, stop, held) else (stop, ())

    def _is_holder(self, line: Line, at: int, end: int, stop: int, held: Held | None) -> bool:
        """Whether the name is that of "chủ tịch xã", not of the commune."""
        if held is None or held.kind == "honorific" or line.capital[at]:
            return False
        shape = self._people.shape(line.texts[end:stop])
        return shape >= 1 or (shape > 0 and line.words[end] in self._people.common)

    def _further(self, line: Line, stop: int, head: Head, *, short: bool) -> int:
        """Behind a number ("thôn Hải Giang 1") or a dash ("cao tốc Nội Bài - Lào Cai")."""
        if short and stop < len(line) and line.texts[stop].isdigit() and len(line.texts[stop]) < _DIGITS:
            return stop + 1
        if head.keep and stop + 1 < len(line) and line.texts[stop] in _DASHES and line.capital[stop + 1]:
            return self._runs.run(line, stop + 1)
        return stop
