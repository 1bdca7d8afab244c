"""Tell where clauses begin and end in a sentence, by the verbs, marks and words that join them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.reading import Item, Reading, Sentence
from kg.extractors.statements.verb_groups import AUXILIARIES, BETWEEN


@dataclass(frozen=True, slots=True)
class ClauseEnds:
    """Looks at the clauses of one sentence."""

    reading: Reading
    sentence: Sentence

    def finite(self, item: Item) -> bool:
        """Whether it is a verb that a subject stands before, as far as its looks tell."""
        inflected = grammars.load(self.reading.document.language).inflection
        past = inflected is not None and item.kind == "word" and inflected.past(self.reading.words[item.start])
        return past or bool(item.kinds & (AUXILIARIES | {"saying"}))

    def third(self, item: Item) -> bool:
        """Whether it may be a verb in the third person that no list has: "The register, X said, proves it"."""
        return item.kind == "word" and not item.kinds and self.reading.words[item.start].endswith("s")

    def clause_begin(self, position: int) -> int:
        """The begin of the sentence, or behind the last semicolon or dash before `position`."""
        words, start = self.reading.words, self.sentence.start
        return next((p + 1 for p in range(position - 1, start, -1) if words[p] == ";"), start)

    def end(self, start: int) -> int:
        """Where what is said ends: with its quotation, at a semicolon, or with the sentence."""
        words = self.reading.words
        return next(
            (p for p in range(start, self.sentence.end) if words[p] == ";" and not self.sentence.quoted(p)),
            self.sentence.end,
        )

    def clause_end(self, start: int, begin: int) -> int | None:
        """Where the clause behind "that" ends and the verb begins whose subject the noun at `start` is; None without one."""
        if any(self.finite(i) for i in self.sentence.until(start)):
            return None
        verbs, within = 0, False
        for item in self.sentence.since(begin):
            if item.kinds & {"boundaries", "conjunctions"} or self.reading.words[item.start] in {",", ";"}:
                return None
            finite = self.finite(item)
            if finite and not within:
                if verbs and item.kinds & AUXILIARIES:
                    return item.start
                verbs += 1
            within = finite or (within and bool(item.kinds & (BETWEEN | {"adverbs"})))
        return None
