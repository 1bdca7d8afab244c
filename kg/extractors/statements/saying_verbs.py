"""Find the verbs of saying of a sentence: those that are verbs where they stand, and say something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from kg.extractors.statements.accounts import fused
from kg.extractors.statements.addressees import ENDS, PREPOSITIONS, QUOTES
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Reading, Sentence
from kg.extractors.statements.said_words import SaidWords
from kg.extractors.statements.speech_cues import Cues
from kg.extractors.statements.verb_groups import AUXILIARIES

_COMPLEMENT = 8  # items between a verb and "that"
_NUMBER = 4  # items of "at between some 20 and 30"
_SUBJECT = 7  # items between "according to what" and its verb


@dataclass(frozen=True, slots=True)
class SayingVerbs:
    """Finds the verbs of saying of one sentence."""

    reading: Reading
    sentence: Sentence
    cues: Cues

    @property
    def _words(self) -> SaidWords:
        return SaidWords(self.reading, self.sentence, self.cues.quoted)

    def find(self) -> Iterator[tuple[Cue, InflectedClause]]:
        """The verbs of saying, each with the sentence as seen from it."""
        words = self.reading.words[self.sentence.start : self.sentence.end]
        taken = {t for r in self.sentence.references() if r.form != "pronoun" for t in range(r.start, r.end)}
        for match in self.cues.verbs.find(words):
            start, end = self.sentence.start + match.start, self.sentence.start + match.end
            if match.value is None or (start in taken and not self._bare(start, end)):
                continue
            cue, forms = match.value
            clause = InflectedClause(self.reading, self.sentence, start, end, forms)
            if clause.nominal() or clause.negated() or self._as_saying(start) or clause.demanded():
                continue
            if cue.clausal and not (self._opens(clause) or self._closes(clause) or self._turned(clause)):
                continue
            if cue.measures and not self._measures(clause):
                continue
            if not cue.quotes and clause.told_of() and self.cues.quoted.at(self.reading.words, end):
                cue = replace(cue, quotes=True, relay=True)  # "was reported as saying"
            if self._accounted(clause) or (not cue.quotes and self._narrows(clause)):
                continue
            if "predicate" not in forms or any("be" in i.kinds for i in clause.group):
                yield cue, clause

    def _narrows(self, clause: InflectedClause) -> bool:
        """Whether it only tells of the noun before it whose it is: "footage verified by X showed"."""
        if clause.group or not clause.ahead:
            return False
        if not clause.told_of():
            closed = bool(clause.after) and clause.word(clause.after[0]) == "," and "participle" in clause.forms
            return closed and any(clause.word(i) == "," for i in clause.before[:2]) and not clause.before[0].reference
        noun = clause.ahead[0]
        behind = [i for i in clause.after if i.start >= max((r.end for r in clause.agents()), default=clause.end)]
        opened = bool(behind) and bool(behind[0].kinds & {"opens_content", "of", "infinitive"})
        named = noun.reference is not None and not noun.reference.owning
        word = noun.kind == "word" and self.reading.words[noun.start].isalpha()
        plain = (named or word) and "claims:nouns" not in noun.kinds
        return plain and not opened and any(self._words.finite(i) for i in behind)

    def _opens(self, clause: InflectedClause) -> bool:
        """Whether "that" follows, behind no more than when, where and to whom: "found on Friday that"."""
        if self._bare_clause(clause):
            return True
        for item in clause.after[:_COMPLEMENT]:
            if "opens_content" in item.kinds:
                return True
            if clause.word(item) in {",", *ENDS, *QUOTES} or self._words.finite(item):
                return False
        return False

    def _bare_clause(self, clause: InflectedClause) -> bool:
        """Whether a clause follows that no "that" opens: "thinks the council has lost its way"."""
        near = [*takewhile(lambda i: not i.kinds & {"boundaries", "prepositions"}, clause.after[:_COMPLEMENT])]
        noun = near and (near[0].reference or near[0].quantity or near[0].kinds & {"determiners"})
        finite = next((n for n, i in enumerate(near) if i.kinds & AUXILIARIES or "speaks" in i.kinds), 0)
        plain = not any(clause.word(i) in {",", *ENDS, *QUOTES} for i in near[:finite])
        return bool(noun) and finite > 0 and plain and "gerund" not in clause.forms

    @staticmethod
    def _turned(clause: InflectedClause) -> bool:
        """Whether a quotation stands right before it, and its subject behind: "“…,” read a statement from X"."""
        behind = clause.after[0] if clause.after else None
        subject = behind and (behind.reference or behind.kinds & {"determiners", "partitive"})
        return bool(subject) and bool(clause.before) and clause.word(clause.before[0]) in QUOTES

    def _measures(self, clause: InflectedClause) -> bool:
        """Whether a number is given to the object: "put growth at 2%"; not "put 40 men on trial"."""
        near = takewhile(lambda i: clause.word(i) not in {",", *ENDS} and not self._words.finite(i), clause.after)
        objects = [*near][:_COMPLEMENT]
        given = next((n for n, i in enumerate(objects) if n and "measured" in i.kinds), len(objects))
        return any(i.quantity for i in objects[given : given + _NUMBER])

    def _closes(self, clause: InflectedClause) -> bool:
        """Whether a clause stands in front of "…, X found", and nothing but when and where behind it."""
        behind = clause.after[0] if clause.after else None
        circumstance = behind is None or behind.time or behind.kinds & PREPOSITIONS
        passive = any(not i.kinds & {"have", "adverbs"} for i in clause.group)
        if passive or not (circumstance or (behind and clause.word(behind) in {",", *ENDS})):
            return False
        comma = next((n for n, i in enumerate(clause.ahead) if clause.word(i) in {",", *QUOTES}), None)
        return comma is not None and any(self._words.finite(i) for i in clause.ahead[comma:])

    def _accounted(self, clause: InflectedClause) -> bool:
        """Whether "according to what" stands before the subject: who speaks there is a source."""
        ahead = clause.ahead[:_SUBJECT]
        return any("sources" in b.kinds and fused(self.reading, a.start) for a, b in pairwise(ahead))

    def _bare(self, start: int, end: int) -> bool:
        """Whether a noun is rather a verb, between a noun and "that": "detectives suspect that"."""
        near = self.sentence.items[max(len(self.sentence.until(start)) - 1, 0) :][:3]
        if len(near) < 3 or near[1].start != start or near[1].end != end:  # noqa: PLR2004 - before, at and behind it
            return False
        return near[0].end == start and near[0].reference is not None and "opens_content" in near[2].kinds

    def _as_saying(self, start: int) -> bool:
        """Whether the cue is the end of "quoted X as saying"."""
        return start > self.sentence.start and self.cues.quoted.at(self.reading.words, start - 1) is not None
