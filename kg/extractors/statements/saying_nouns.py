"""Find what nouns say that somebody says: "X's claim that …", "a warning by X that …", "The verdict of X: …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.extractors.statements.addressees import PREPOSITIONS
from kg.extractors.statements.carriers import Carriers
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.said_words import SaidWords
from kg.extractors.statements.second_hand import NESTED, RECKONED
from kg.extractors.statements.speaking import speaking
from kg.extractors.statements.speech import Speech
from kg.extractors.statements.speech_cues import Cues
from kg.extractors.statements.verb_groups import AUXILIARIES, BETWEEN

_BEFORE = 4  # items from an owner to the noun: "the army's repeated, angry claim"
_BEHIND = 4  # items from "by" to whose claim it is
_COLON = 8  # items between the noun and a colon
_AGENT = 4  # items from "was first published" to "by"


@dataclass(frozen=True, slots=True)
class SayingNouns:
    """Finds the acts of one sentence that nouns of saying tell."""

    reading: Reading
    sentence: Sentence
    cues: Cues

    @property
    def _words(self) -> SaidWords:
        return SaidWords(self.reading, self.sentence, self.cues.quoted)

    def acts(self) -> Iterator[Speech]:
        """The acts, each with who passes it on."""
        first, words = self.sentence.start, self.reading.words
        for match in self.cues.nouns.find(words[first : self.sentence.end]):
            start, end = first + match.start, first + match.end
            owner, behind = self._owner(start, end)
            begin, kind = self._begin(start, behind), "noun"
            if begin is None and match.value == "estimated":
                kind = RECKONED
                owner, behind = owner or self._owned(start), self.sentence.since(end)
                begin = self._reckoned(behind) if owner and owner.owning else None
            if begin is None:
                continue
            clause_end = self._words.clause_end(start, begin)
            if owner is None and clause_end is not None:
                owner = self._publisher(clause_end)
            if owner is None or not speaking([owner]):
                continue
            content = (begin, self._words.end(begin) if clause_end is None else clause_end)
            cue = Cue(kind, match.value, relay=False, addressee=False)
            whole = (min(start, owner.start), max(content[1], owner.end))
            act = Speech(self.sentence, cue, (start, end), (owner,), content, *whole)
            yield act
            clause = InflectedClause(self.reading, self.sentence, start, end)
            carriers = Carriers(self.reading, self.sentence, self.cues)
            if through := carriers.publisher(clause.before) or carriers.through(clause, content):
                yield replace(act, speakers=through, cue=replace(cue, relay=True), source=NESTED)

    def _owner(self, start: int, end: int) -> tuple[Reference | None, Sequence[Item]]:
        """Whose words the noun at `start` to `end` names, and the items behind them."""
        items = self.sentence.since(end)
        if len(items) > 1 and items[0].kinds & {"by", "of", "belonging"}:
            reach = takewhile(lambda n: not items[n].kinds & AUXILIARIES, range(1, min(_BEHIND, len(items))))
            found = next((n for n in reach if items[n].reference and not items[n].reference.owning), None)  # type: ignore[union-attr]
            if found is not None:
                return items[found].reference, items[found + 1 :]
        within = items[1].reference if len(items) > 1 and "at_place" in items[0].kinds else None
        if (
            within
            and not within.owning
            and Carriers(self.reading, self.sentence, self.cues).medium(within, within=True)
        ):
            return within, items[2:]  # "a report in the weekly X that"
        return self._owned(start), items

    def _owned(self, start: int) -> Reference | None:
        """Who owns the noun at `start`, in front of it: "the army's repeated, angry claim"."""
        ahead = self.sentence.until(start)[::-1][:_BEFORE]
        near = takewhile(
            lambda i: i.reference or (i.kind == "word" and not i.kinds & (BETWEEN | {"boundaries"})), ahead
        )
        owner = next((i.reference for i in near if i.reference), None)
        return owner if owner and owner.owning else None

    def _begin(self, start: int, behind: Sequence[Item]) -> int | None:
        """Where the words begin: behind "that", or behind a colon where the noun begins the sentence."""
        if len(behind) > 1 and "opens_content" in behind[0].kinds and self.reading.words[behind[0].start] != ":":
            relative = "relatives" in behind[0].kinds and behind[1].kinds & {"be", "have", "modal"}
            return None if relative else behind[1].start
        rest = self._behind_aside(behind)
        if len(rest) > 1 and rest is not behind and self.reading.words[rest[0].start] == self._that(rest[0]):
            return rest[1].start  # "X's claim, repeated by Y, that"
        if len(rest) > 2 and "be" in rest[0].kinds and "opens_content" in rest[1].kinds:  # noqa: PLR2004 - "is that X"
            return rest[2].start
        ahead = self.sentence.until(start)
        colon = next((n for n, i in enumerate(behind[:_COLON]) if self.reading.words[i.start] == ":"), None)
        if colon is None or colon + 1 >= len(behind):
            return None
        verbs = [n for n, i in enumerate(behind[:colon]) if self._words.finite(i)]
        told = [i for n in verbs[:1] for i in behind[n:colon]]
        described = (
            told and told[0].kinds & {"be", "have"} and not any(i.reference or i.kinds & PREPOSITIONS for i in told)
        )
        several = any(not i.kinds & AUXILIARIES for i in behind[:colon] if self._words.finite(i))
        finite = any(map(self._words.finite, ahead)) or several or (verbs and not described)
        return None if finite else behind[colon + 1].start  # "The message was simple: X"

    def _reckoned(self, behind: Sequence[Item]) -> int | None:
        """Where the words begin that give a number: "its estimate of growth to 2%"."""
        if len(behind) < 2 or not behind[0].kinds & {"of", "belonging"}:  # noqa: PLR2004 - "of growth"
            return None
        near = takewhile(lambda i: "boundaries" not in i.kinds and self.reading.words[i.start] != ",", behind[:_COLON])
        return behind[1].start if any(i.quantity for i in near) else None

    def _that(self, item: Item) -> str:
        """The word of an item that opens what is said, a colon aside; else nothing."""
        word = self.reading.words[item.start]
        return word if "opens_content" in item.kinds and word.isalpha() else ""

    def _behind_aside(self, items: Sequence[Item]) -> Sequence[Item]:
        """The items behind what two commas enclose, where one stands first."""
        if not items or self.reading.words[items[0].start] != ",":
            return items
        closing = next((n for n, i in enumerate(items[1:], 1) if self.reading.words[i.start] == ","), None)
        return items if closing is None else items[closing + 1 :]

    def _publisher(self, position: int) -> Reference | None:
        """By whom, as the verb at `position` says, it was reported: "was first published by X"."""
        items = self.sentence.since(position)
        near = list(takewhile(lambda i: bool(i.kinds & (BETWEEN | {"adverbs"})), items))
        rest = items[len(near) :]
        if len(rest) < 2 or self.cues.carried.at(self.reading.words, rest[0].start) is None:  # noqa: PLR2004 - "by X"
            return None
        by = next((n for n, i in enumerate(rest[1:_AGENT], start=1) if "by" in i.kinds), None)
        return next((i.reference for i in rest[by + 1 : by + 3] if i.reference), None) if by is not None else None
