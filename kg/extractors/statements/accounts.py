"""Find the acts of speech that no verb tells: "according to X", "by the army's own count"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.addressees import PREPOSITIONS
from kg.extractors.statements.carriers import Carriers
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.said_words import SaidWords
from kg.extractors.statements.second_hand import NESTED
from kg.extractors.statements.speaking import Speaking, speaking
from kg.extractors.statements.speech import Speech
from kg.extractors.statements.speech_cues import Cues

_DATELINE = 3  # tokens that may stand before "According to"
_PHRASE = 14  # tokens behind a source up to the comma
_SUBJECT = 7  # tokens of a subject and a comma before it
_ACCORDING = Cue("according", "asserted", relay=False, addressee=False)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Finds the acts of one sentence that phrases tell."""

    reading: Reading
    sentence: Sentence
    cues: Cues

    def acts(self) -> Iterator[Speech]:
        """The acts, kind by kind."""
        yield from self._according()
        yield from self._reckoned()

    @property
    def _words(self) -> SaidWords:
        return SaidWords(self.reading, self.sentence, self.cues.quoted)

    def _according(self) -> Iterator[Speech]:
        """The acts that "according to" tells."""
        words = self.reading.words
        for match in self.cues.according.find(words[self.sentence.start : self.sentence.end]):
            start, end = self.sentence.start + match.start, self.sentence.start + match.end
            near = self.sentence.since(end)[:6]
            telling = self._telling(end, near)
            sources = (
                Speaking(self.reading, self.sentence, self.cues.quoted).of(*telling) if telling else self._sources(near)
            )
            if not sources:
                continue
            last = max(telling[0].end, *(r.end for r in telling[0].objects())) if telling else sources[-1].end
            comma = self._comma(last)
            content = self._around(start, comma, last)
            act = Speech(
                self.sentence,
                replace(_ACCORDING, modality=match.value),
                (start, end),
                sources,
                content,
                min(start, content[0]),
                max(content[1], last),
                source="according",
            )
            yield act
            clause = telling[0] if telling else InflectedClause(self.reading, self.sentence, start, end)
            carriers = Carriers(self.reading, self.sentence, self.cues)
            told = tuple(r for r in clause.objects() if carriers.medium(r)) if telling else ()
            if through := told or carriers.through(clause, content):
                yield replace(act, speakers=through, cue=replace(act.cue, relay=True), source=NESTED)

    def _telling(self, position: int, near: Sequence[Item]) -> tuple[InflectedClause, Cue] | None:
        """The verb of saying in "according to what X told Y", of which "what" stands at `position`, with its cue."""
        if not near or not fused(self.reading, position):
            return None
        for match in self.cues.verbs.find(self.reading.words[position + 1 : near[-1].end]):
            start, end = position + 1 + match.start, position + 1 + match.end
            if match.value and match.value[1] & {"past", "third", "base"}:
                return InflectedClause(self.reading, self.sentence, start, end, match.value[1]), match.value[0]
        return None

    def _reckoned(self) -> Iterator[Speech]:
        """The acts that "by the army's own count" and "by his account" tell."""
        for position, item in enumerate(self.sentence.items):
            ahead = self.sentence.items[max(position - 3, 0) : position]
            owner = next((i.reference for i in ahead if i.reference and i.reference.owning), None)
            by = next((i for i in ahead if "by" in i.kinds), None)
            reckoned = "reckonings:nouns" in item.kinds
            told = reckoned or "accounts:nouns" in item.kinds
            if not told or owner is None or by is None or not speaking([owner]):
                continue
            comma = item.end if item.end < self.sentence.end and self.reading.words[item.end] == "," else None
            content = self._around(by.start, comma, item.end)
            cue = replace(_ACCORDING, modality="estimated") if reckoned else _ACCORDING
            whole = (min(by.start, content[0]), max(content[1], item.end))
            yield Speech(self.sentence, cue, (by.start, by.end), (owner,), content, *whole, source="according")

    def _comma(self, last: int) -> int | None:
        """The comma that ends the phrase around a source that ends at `last`, behind an aside: "X, quoted in Y,"."""
        words = self.reading.words
        reach = range(last - 1, min(last + _PHRASE, self.sentence.end))
        commas = [p for p in reach if words[p] == ","]
        return commas[1] if len(commas) > 1 and self._is_aside(commas[0] + 1) else commas[0] if commas else None

    def _is_aside(self, position: int) -> bool:
        """Whether words at `position` only say more of the source: "quoted in Y", "who heads Z"."""
        first, second = (*self.sentence.since(position)[:2], None, None)[:2]
        inflected = grammars.load(self.reading.document.language).inflection
        if first is None or second is None or inflected is None:
            return False
        participle = self.reading.words[first.start].endswith(inflected.shapes.participles)
        led = "sources" in first.kinds or bool(second.kinds & PREPOSITIONS)
        return bool(first.kinds & {"relatives", "asides"}) or (participle and first.kind == "word" and led)

    def _around(self, start: int, comma: int | None, last: int) -> tuple[int, int]:
        """What is said around "according to X" at `start`, behind which `comma` may stand: behind, in front, or both."""
        words, begin = self.reading.words, self._words.clause_begin(start)
        before = self.sentence.until(start)[-2:]
        opened = any("opens_content" in i.kinds for i in before)
        apart = (
            words[start - 1] == "," and bool(before[:1]) and before[0].kinds & {"boundaries", "contrasts", "and_then"}
        )
        opened = opened or bool(apart)  # "the town where, according to X, he lived"
        whole = any(self._words.finite(i) for i in self.sentence.between(begin, start))
        if comma is not None and words[start - 1] == "," and start - begin <= _SUBJECT and not (opened or whole):
            return begin, self._words.end(comma + 1)  # "The drone, according to X, crossed the border"
        if comma is not None and (start - self.sentence.start <= _DATELINE or opened):
            return comma + 1, self._words.end(comma + 1)
        if opened:
            return last, self._words.end(last)  # "said that by its estimate 40 had died"
        cleft = next(
            (i.kinds for i in self.sentence.items if comma is not None and i.start == comma + 1), frozenset[str]()
        )
        function = grammars.load(self.reading.document.language).function
        first = function.at(words, begin)
        split = "relatives" in cleft and "opens_content" not in cleft and first and "pronouns:thing" in first.value
        return begin, self._words.end(start) if split else start  # "It was X, by Y's account, who"

    def _sources(self, near: Sequence[Item]) -> tuple[Reference, ...]:
        """The first source behind "according to", with one that "and" joins; the owner of a work speaks for it."""
        for position, item in enumerate(near):
            if item.reference and not item.reference.owning:
                found = speaking([item.reference])
                rest = [i for i in near[position + 1 : position + 4] if not (i.reference and i.reference.owning)]
                if len(rest) > 1 and "conjunctions" in rest[0].kinds and rest[1].reference:
                    found += speaking([rest[1].reference])
                return found
            if item.reference:
                following = near[position + 1] if position + 1 < len(near) else None
                if following is None or not (following.reference or self._of_name(near[position + 1 :])):
                    return speaking([item.reference])
        return ()

    def _of_name(self, items: Sequence[Item]) -> bool:
        """Whether an office and, between commas, its holder's name stand first: "according to its former bursar, A,"."""
        head = list(takewhile(lambda i: i.reference is None and i.kind == "word" and not self._mark(i), items))
        named = items[len(head) + 1].reference if len(items) > len(head) + 1 else None
        return bool(head) and named is not None and named.type == "person" and named.form == "name"

    def _mark(self, item: Item) -> bool:
        return not self.reading.words[item.start][0].isalnum()


def fused(reading: Reading, position: int) -> bool:
    """Whether "what" stands at `position`, be it by itself or the beginning of a description: "what a guard told"."""
    function = grammars.load(reading.document.language).function
    return any("manner" in match.value for match in function.prefixes(reading.words, position))
