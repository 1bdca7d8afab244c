"""Part an act of speech where several things are said: "…," X said, "and …"; "said that A and that B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extractors.statements.addressees import QUOTES
from kg.extractors.statements.reading import Reading
from kg.extractors.statements.speech import Speech

_REACH = 40  # items of what is said in which "and that" is looked for


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts the acts of speech of a document."""

    reading: Reading

    def of(self, act: Speech) -> Iterator[Speech]:
        """The act, once for each clause or piece of a quotation in it."""
        for half in self._halves(act):
            yield from self._clauses(half)

    def _clauses(self, act: Speech) -> Iterator[Speech]:
        """The act, once for each clause that "and that" joins: "said that A and that B"."""
        items = act.sentence.between(act.content[0], act.content[1])[:_REACH]
        opener = self._opener(act)
        joined = (b for a, b in pairwise(items) if a.kinds & {"and_then", "contrasts"} and "opens_content" in b.kinds)
        joints = [b for b in joined if self.reading.words[b.start] == opener or not opener]
        starts = [act.content[0], *(b.end for b in joints)]
        for start, end in pairwise([*starts, act.content[1]]):
            yield replace(act, content=(start, end))

    def _opener(self, act: Speech) -> str:
        """The word right before what is said, if it opens it: "that"."""
        before = next((i for i in act.sentence.until(act.content[0])[-1:] if i.end == act.content[0]), None)
        return self.reading.words[before.start] if before and "opens_content" in before.kinds else ""

    def _halves(self, act: Speech) -> Iterator[Speech]:
        """The act; two where a quotation goes on behind "X said" with a clause of its own: "…," X said, "and …"."""
        words = self.reading.words
        start, end = act.content
        whole_end = max(act.cue_at[1], *(r.end for r in act.speakers))
        opens = next((p for p in range(whole_end, end) if words[p] in QUOTES), None)
        if not (start < act.cue_at[0] < end) or opens is None or opens + 1 >= end:
            yield act
            return
        kinds = next((i.kinds for i in act.sentence.since(opens + 1)[:1] if i.start == opens + 1), frozenset[str]())
        if not kinds & {"and_then", "contrasts"}:
            yield act
            return
        first = min(act.cue_at[0], *(r.start for r in act.speakers))
        yield replace(act, content=(start, first), end=whole_end)
        yield replace(act, content=(opens, end), start=first)
