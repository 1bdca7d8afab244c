"""Tell whether the words around a time without a year point to the future or to the past."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.nlp.patterns import PatternLanguage, any_of

_SENTENCE_END = re.compile(r"[.!?…;]\s|\n")
_LONGEST_SENTENCE = 600
_NEXT_TO = 40


class Tense:
    """A language's pointers, from the table `tense` of its times."""

    def __init__(self, table: Mapping[str, Any], patterns: PatternLanguage, *, where: str) -> None:
        self._past_before = patterns.before(any_of(table["past_before"]), where=where)
        self._future_before = patterns.before(any_of(table["future_before"]), where=where)
        self._future_after = patterns.here(rf"\s*(?:{any_of(table['future_after'])})", where=where)
        self._future = re.compile(rf"(?<!\w)(?:{any_of(table['future_in_sentence'])})(?!\w)")

    def ahead(self, folded: str, start: int, end: int) -> bool | None:
        """True for the future, False for the past, None when nothing tells."""
        before = folded[max(0, start - _NEXT_TO) : start].rpartition("\n")[2]
        if self._past_before.search(before):
            return False
        if self._future_before.search(before) or self._future_after.match(folded, end):
            return True
        return True if self._future.search(*self._sentence(folded, start, end)) else None

    def _sentence(self, folded: str, start: int, end: int) -> tuple[str, int, int]:
        low = max(0, start - _LONGEST_SENTENCE)
        for stop in _SENTENCE_END.finditer(folded, low, start):
            low = stop.end()
        stop_after = _SENTENCE_END.search(folded, end, end + _LONGEST_SENTENCE)
        return folded, low, stop_after.start() if stop_after else end + _LONGEST_SENTENCE
