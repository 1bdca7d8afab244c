"""Look up the acts of speech of a document by the words that they tell, however many there are."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.extractors.statements.second_hand import NESTED, SETTLED
from kg.extractors.statements.speech import Speech

_BLOCK = 64  # tokens whose acts are kept together


class Told:
    """The acts of speech of a document, in its order."""

    def __init__(self, acts: Iterable[Speech]) -> None:
        self.acts = tuple(acts)
        self._blocks: dict[int, list[Speech]] = defaultdict(list)
        self._by_content: dict[tuple[int, int], list[Speech]] = defaultdict(list)
        self._by_cue: dict[tuple[int, int], list[Speech]] = defaultdict(list)
        for act in self.acts:
            start, end = act.content
            for block in range(start // _BLOCK, (end - 1) // _BLOCK + 1):
                self._blocks[block].append(act)
            if act.source == NESTED:
                self._by_content[act.content].append(act)
                self._by_cue[act.cue_at].append(act)
        self._cues = sorted(act.cue_at[0] for act in self.acts)

    def covering(self, token: int) -> Iterator[Speech]:
        """The acts in whose words `token` stands."""
        return (act for act in self._blocks.get(token // _BLOCK, ()) if act.covers(token))

    def holds_another(self, act: Speech) -> bool:
        """Whether another act is told in the words of this one."""
        return within(self._cues, act.content) > act.covers(act.cue_at[0])

    def passing_on(self, act: Speech) -> Sequence[Speech]:
        """The acts of those who only pass on the very words of this one."""
        return self._by_cue[act.cue_at] if act.source == SETTLED else self._by_content[act.content]


def within(positions: Sequence[int], span: tuple[int, int]) -> int:
    """How many of the sorted positions stand in a span."""
    return bisect_left(positions, span[1]) - bisect_left(positions, span[0]) if span[0] < span[1] else 0
