"""Find the words that make a place an actor, as a government is: "the support of Moscow", "talks with Moscow"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from kg import lexicon, resources
from kg.nlp import sentences
from kg.nlp.phrases import PhraseTable, Syllable
from kg.nlp.texts import texts

Stretch = tuple[int, int]

_NAME = "acting"
_PLACE = "place"
_GAP = 5  # tokens between an act and whose it is: "chiến dịch quân sự quy mô lớn của X"
_LONGEST = 6  # tokens of a phrase


@dataclass(frozen=True, slots=True)
class Cues:
    """A language's words around an actor, as its `acting.toml` explains them."""

    verbs: PhraseTable[bool]
    adverbs: PhraseTable[bool]
    openings: PhraseTable[bool]
    partners: PhraseTable[bool]
    sources: PhraseTable[bool]
    acts: PhraseTable[bool]
    owners: PhraseTable[bool]
    genitives: PhraseTable[bool]
    relations: PhraseTable[bool]
    between: PhraseTable[bool]
    joints: PhraseTable[bool]
    lines: PhraseTable[bool]
    local: PhraseTable[bool]


@cache
def load(language: str) -> Cues | None:
    """The cues of a language; None where it has none."""
    if not (resources.language(language) / f"{_NAME}.toml").is_file():
        return None
    table: Mapping[str, Sequence[str]] = lexicon.table(language, _NAME)
    return Cues(**{name: PhraseTable((phrase, True) for phrase in phrases) for name, phrases in table.items()})


def find(doc: Doc) -> dict[Stretch, Stretch]:
    """The tokens of each place name that acts, with those of the words that say so, the name among them.

    Places joined by "and" act together. Where nothing around a name says that it acts, it is not in the result.
    """
    cues = load(doc.lang_)
    if cues is None:
        return {}
    parts = {i for span in doc.spans.get("words", ()) for i in range(span.start, span.end)}
    words = [Syllable.of(text, part=i in parts) for i, text in enumerate(texts(doc))]
    named = frozenset(i for span in doc.spans["names"] for i in range(span.start, span.end))
    places = {span.start: span.end for span in _outermost(doc) if span.label_ == _PLACE}
    times = {span.start: span.end for span in doc.spans.get("times", ())}
    timed = frozenset(times.values())
    starts = sorted(places)
    found: dict[Stretch, Stretch] = {}
    for start, end in sentences.parts(doc):
        inside = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        view = _View(cues, words, named, times, timed, start, end)
        for group in view.groups(inside, places):
            if cue := view.cue(group):
                found.update(dict.fromkeys(group, cue))
    return found


def _outermost(doc: Doc) -> Iterator[Span]:
    end = 0
    for span in sorted(doc.spans["names"], key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


@dataclass(frozen=True, slots=True)
class _View:
    """One sentence, tokens `start` to `end`, around the places in it.

    `named` are the tokens of names; `times` gives the end of the time that begins at a token, `timed` all such ends.
    """

    cues: Cues
    words: Sequence[str]
    named: frozenset[int]
    times: Mapping[int, int]
    timed: frozenset[int]
    start: int
    end: int

    def groups(self, starts: Sequence[int], places: Mapping[int, int]) -> Iterator[tuple[Stretch, ...]]:
        """The places of the sentence, those that a joint connects together."""
        group: list[Stretch] = []
        for start in starts:
            if group and not self._is(self.cues.joints, group[-1][1], start):
                yield tuple(group)
                group = []
            group.append((start, places[start]))
        if group:
            yield tuple(group)

    def cue(self, group: Sequence[Stretch]) -> Stretch | None:
        """The tokens that say that a group of places acts, the group among them."""
        first, last = group[0][0], group[-1][1]
        for cue in (self._partner(first), self._owner(first), self._relation(group)):
            if cue is not None:
                return cue, last
        behind = self._genitive(last) or self._verb(first, last) or self._line(group)
        return (first, behind) if behind else None

    def _partner(self, first: int) -> int | None:
        cue = self._ending(self.cues.partners, first)
        if cue is not None:
            return cue
        cue = self._ending(self.cues.sources, first)
        return cue if cue is not None and self._opens(cue) else None

    def _owner(self, first: int) -> int | None:
        mark = self._ending(self.cues.owners, first)
        return None if mark is None else self._before(self.cues.acts, mark)

    def _relation(self, group: Sequence[Stretch]) -> int | None:
        """Relations of two, "between A and B" or "relations A - B"."""
        if len(group) == 1:
            return None
        first = group[0][0]
        mark = self._ending(self.cues.between, first)
        if mark is not None:
            return self._before(self.cues.relations, mark)
        return self._before(self.cues.relations, first) if self._lined(group) else None

    def _line(self, group: Sequence[Stretch]) -> int | None:
        """The end of relations behind two, "A-B relations"."""
        match = self.cues.relations.at(self.words, group[-1][1])
        return match.end if match and self._lined(group) else None

    def _lined(self, group: Sequence[Stretch]) -> bool:
        pairs = pairwise(group)
        return len(group) > 1 and all(self._is(self.cues.lines, a[1], b[0]) for a, b in pairs)

    def _genitive(self, last: int) -> int | None:
        mark = self.cues.genitives.at(self.words, last)
        if mark is None:
            return None
        for position in range(mark.end, min(mark.end + _GAP, self.end)):
            if self._closed(position):
                return None
            if match := self.cues.acts.at(self.words, position):
                return match.end
        return None

    def _verb(self, first: int, last: int) -> int | None:
        """The end of a verb whose subject the group is, at the beginning of a clause."""
        if not self._opens(first):
            return None
        position = last
        while position < self.end:
            if match := self.cues.verbs.at(self.words, position):
                return match.end
            adverb = self.cues.adverbs.at(self.words, position)
            after = adverb.end if adverb else self.times.get(position)
            if after is None:
                return None
            position = after
        return None

    def _opens(self, position: int) -> bool:
        """Whether a clause begins at a token."""
        if position <= self.start:
            return True
        if _is_mark(self.words[position - 1]):
            return not self._is(self.cues.lines, position - 1, position)
        return position in self.timed or self._ending(self.cues.openings, position) is not None

    def _before(self, table: PhraseTable[bool], end: int) -> int | None:
        """Where the nearest phrase of a table begins that stands before `end` with only plain words between."""
        position = end
        while position > max(self.start, end - _GAP):
            start = self._ending(table, position)
            if start is not None:
                return start
            position -= 1
            if self._closed(position):
                return None
        return None

    def _closed(self, position: int) -> bool:
        """Whether no phrase reaches over a token: a name, a mark, or a word for what is a town's own."""
        word = self.words[position]
        return position in self.named or _is_mark(word) or self.cues.local.at(self.words, position) is not None

    def _ending(self, table: PhraseTable[bool], end: int) -> int | None:
        """Where the longest phrase of a table begins that ends at `end`."""
        for start in range(max(self.start, end - _LONGEST), end):
            if any(match.end == end for match in table.prefixes(self.words, start)):
                return start
        return None

    def _is(self, table: PhraseTable[bool], start: int, end: int) -> bool:
        return any(match.end == end for match in table.prefixes(self.words, start))


def _is_mark(word: str) -> bool:
    return not any(letter.isalnum() for letter in word)
