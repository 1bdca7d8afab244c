"""Find what a colon or a dash alone gives to somebody: "The captain was blunt: “…”", "Inspectors: bridge was rotten"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.statements.addressees import ENDS, QUOTES
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.said_words import SaidWords
from kg.extractors.statements.speaking import speaking
from kg.extractors.statements.speech import Speech
from kg.extractors.statements.speech_cues import Cues

_CUE = Cue("colon", "asserted", relay=False, addressee=False)
_JOINTS = frozenset({":", "-", "–", "—"})
_VOICES = frozenset({"person", "group", "organization"})
_SHORTEST = 3  # items of words said in a headline
_SOURCE = 3  # items of a source that ends a headline: "two senior officials"


@dataclass(frozen=True, slots=True)
class Colons:
    """Finds the acts of one sentence that only a colon or a dash tells."""

    reading: Reading
    sentence: Sentence
    cues: Cues

    def acts(self) -> Iterator[Speech]:
        """The acts: quotations behind a colon, and headlines with their source in front or at the end."""
        items = self.sentence.items
        for number, item in enumerate(items):
            if self._word(item) == ":" and number + 1 < len(items) and self.sentence.quoted(item.start) is None:
                behind = items[number + 1]
                speaker = self._subject(items[:number]) if self._word(behind) in QUOTES else ()
                if speaker:
                    yield self._act(speaker, item, (behind.start, self._words.end(behind.start)))
        if items and self._word(items[-1]) not in {*ENDS, *QUOTES}:
            yield from self._headline(items)

    @property
    def _words(self) -> SaidWords:
        return SaidWords(self.reading, self.sentence, self.cues.quoted)

    def _word(self, item: Item) -> str:
        return self.reading.words[item.start]

    def _act(self, speakers: tuple[Reference, ...], joint: Item, content: tuple[int, int]) -> Speech:
        whole = (min(speakers[0].start, content[0]), max(speakers[-1].end, content[1]))
        return Speech(self.sentence, _CUE, (joint.start, joint.end), speakers, content, *whole)

    def _subject(self, ahead: Sequence[Item]) -> tuple[Reference, ...]:
        """Of whom the clause in front of the colon tells: "Mayor X took a different view"."""
        verb = next((i for i in reversed(ahead) if self._words.finite(i)), None)
        if verb is None:
            return ()
        clause = InflectedClause(self.reading, self.sentence, verb.start, verb.end, frozenset({"past"}))
        _, head = self.reading.subjects.get(verb.start, (0, None))
        far = [r for r in self.sentence.references() if head is not None and r.start <= head < r.end and not r.owning]
        return self._voices(clause.subject() or far)

    def _headline(self, items: Sequence[Item]) -> Iterator[Speech]:
        """What a headline says with its source in front or at the end: "Bridge was rotten: inspectors"."""
        first = items[0].reference
        if first and len(items) > _SHORTEST + 1 and self._word(items[1]) == ":" and not first.owning:
            if found := self._voices([first]):
                yield self._act(found, items[1], (items[2].start, self.sentence.end))
            return
        joint = next((n for n, i in enumerate(items) if n >= len(items) - _SOURCE - 1 and self._joins(i)), len(items))
        last = items[-1].reference
        told = items[:joint]
        if last is None or last.owning or joint >= len(items) - 1 or len(told) < _SHORTEST:
            return
        named = last.form == "name" and last.type == "person"
        if (found := self._voices([last])) and (not named or any(map(self._words.finite, told))):
            yield self._act(found, items[joint], (self.sentence.start, items[joint].start))

    def _joins(self, item: Item) -> bool:
        """Whether it is a colon or a dash that stands by itself: not the hyphen of a name."""
        return item.end - item.start == 1 and self._word(item) in _JOINTS

    @staticmethod
    def _voices(references: Sequence[Reference]) -> tuple[Reference, ...]:
        return tuple(r for r in speaking(references) if r.type in _VOICES)
