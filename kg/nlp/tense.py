"""Tell whether the words around a time without a year point to the future or to the past."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.nlp.day_count import Pointer
from kg.nlp.patterns import PatternLanguage, any_of

_SENTENCE_END = re.compile(r"[.!?…;]\s|\n")
_LONGEST_SENTENCE = 600
_NEXT_TO = 40
_OPENS = 4  # code points before a time that opens its sentence: "On"


class Tense:
    """A language's pointers, from the table `tense` of its times.

    Words that lean to the future count in the whole sentence; in a language that gives their `reach` only so far before
    the time, or behind it where it opens the sentence.
    """

    def __init__(self, table: Mapping[str, Any], patterns: PatternLanguage, *, where: str) -> None:
        self._behind_before = patterns.before(any_of(table["behind_before"]), where=where)
        self._leaning_before = patterns.before(any_of(table["leaning_before"]), where=where)
        self._ahead_after = patterns.here(rf"( )?({any_of(table['ahead_after'])})", where=where)
        self._reach: int = table.get("reach", _LONGEST_SENTENCE)
        self._everywhere = "reach" not in table
        self._leaning = re.compile(rf"(?<!\w)(?:{any_of(table['leaning_in_sentence'])})(?!\w)")

    def pointer(self, text: str, start: int, end: int) -> Pointer:
        """Where the words of the sentence around `start` to `end` point.

        The text is not folded: a sentence that begins with "Đến" tells what has come about.
        """
        before = text[max(0, start - _NEXT_TO) : start].rpartition("\n")[2]
        if self._behind_before.search(before):
            return "behind"
        if self._ahead_after.match(text, end):
            return "ahead"
        return "leaning" if self._leaning_before.search(before) or self._leans(text, start, end) else None

    def _leans(self, text: str, start: int, end: int) -> bool:
        low = max(0, start - _LONGEST_SENTENCE)
        for stop in _SENTENCE_END.finditer(text, low, start):
            low = stop.end()
        if not self._everywhere and start - low > _OPENS:
            return bool(self._leaning.search(text, max(low, start - self._reach), start))
        stop_after = _SENTENCE_END.search(text, end, end + self._reach)
        return bool(self._leaning.search(text, low, stop_after.start() if stop_after else end + self._reach))
