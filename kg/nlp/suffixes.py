"""What may close a name behind its parts: years, ordinals, ranks, the seat of an embassy."""

from __future__ import annotations

import re

from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.runs import Runs
from kg.nlp.tail import Tail
from kg.nlp.tails import NUMBER

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


class Suffixes:
    """Lengthens a tail by what its head allows."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._runs = runs

    def add(self, line: Line, head: Head, tail: Tail) -> None:
        """Take "lần thứ 4", "1982", "hạng Nhất", "tại Hà Nội", "ở nước ngoài" into the name."""
        if head.ordinal:
            self._ordinal(line, tail)
        if head.dated and tail.kinds and tail.end < len(line) and YEAR.fullmatch(line.texts[tail.end]):
            tail.end += 1
        if head.ranked and (rank := self._known.sets["ranks"].at(line.words, tail.end)):
            tail.take("number", rank.end)
        if head.at and (tail.kinds or head.bare):
            self._seat(line, tail)
        phrase = self._known.sets["tails"].at(line.words, tail.end)
        if phrase and tail.kinds and head.type in {"facility", "award"}:
            tail.end = phrase.end

    def _ordinal(self, line: Line, tail: Tail) -> None:
        match = self._known.sets["ordinals"].at(line.words, tail.end)
        if match is None or match.end >= len(line):
            return
        if NUMBER.fullmatch(line.texts[match.end]) or line.words[match.end] in self._known.words["ordinal_words"]:
            tail.take("number", match.end + 1)

    def _seat(self, line: Line, tail: Tail) -> None:
        start = tail.end + 1
        if start >= len(line) or line.words[tail.end] not in self._known.words["at"]:
            return
        found = self._runs.listed(line, start)
        stop = found[0] if found and found[1][0].type == "place" else self._runs.run(line, start)
        if stop > start:
            tail.inner.append((start, stop))
            tail.take("place" if found else "class", stop)
