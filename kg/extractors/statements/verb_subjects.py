"""Find the noun that a finite verb of saying has for its subject, past all that may stand between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kg.extractors.statements.certain_speakers import says
from kg.extractors.statements.clause_pieces import AUXILIARIES, DASHES, GOVERNING, HARD, Piece, pieces, points
from kg.extractors.statements.phrase_text import Text

_WINDOW = 40  # pieces in front of a verb in which its subject may stand
_ASIDES = 3  # commas in front of a verb that may open what the last one closes
_RELATIVE = 12  # pieces of a clause that narrows a noun
_GROUP = frozenset({"be", "have", "modal", "get", "adverbs", "negations"})
_JOINING = frozenset({"conjunctions", "contrasts", "and_then"})


@dataclass(frozen=True, slots=True)
class VerbSubjects:
    """`of` are the first tokens of the subjects of verbs of saying, and those of their nouns, by where the verb begins.

    `speakers` are those of the nouns that speak for certain: their verb has none but speakers, or words follow that are said.
    """

    of: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    speakers: frozenset[int] = frozenset()


def find(text: Text) -> VerbSubjects:
    """The subjects of the verbs of saying of a document."""
    row = tuple(pieces(text))
    found = {row[n].start: (n, subject) for n, subject in _found(text, row)}
    certain = (head for n, (start, head) in found.values() if says(text, row, n, start, head))
    return VerbSubjects({verb: subject for verb, (_, subject) in found.items()}, frozenset(certain))


def _found(text: Text, pieces: Sequence[Piece]) -> Iterator[tuple[int, tuple[int, int]]]:
    for number, piece in enumerate(pieces):
        near = pieces[max(number - _WINDOW, 0) : number] if piece.saying else ()
        if near and (found := _Before(text, near).head()) is not None:
            yield number, found


@dataclass(frozen=True, slots=True)
class _Before:
    """The pieces in front of a verb, in their order."""

    text: Text
    pieces: Sequence[Piece]

    def head(self) -> tuple[int, int] | None:
        """The first tokens of the subject and of its noun, if the verb has one here."""
        last = len(self.pieces) - 1
        while last >= 0 and self.pieces[last].kinds & _GROUP and not self._is(last, ","):
            last -= 1
        if last < 0:
            return None
        mark = self._word(last)
        if self.pieces[last].kinds & _JOINING and mark not in DASHES:
            verbs = (n for n in range(last - 1, -1, -1) if self.pieces[n].finite or self.pieces[n].past)
            first = next(verbs, None)  # "laughed and replied": both have one subject
            return _Before(self.text, self.pieces[:first]).head() if first is not None else None
        if "infinitive" in self.pieces[last].kinds:
            finite = next((n for n in range(last - 1, -1, -1) if self.pieces[n].finite), 0)
            usual = "catenatives" in self.pieces[last - 1].kinds if last else False  # "used to say"
            if usual:
                return _Before(self.text, self.pieces[: last - 1]).head()
            held = "have" in self.pieces[finite].kinds  # "had reason to believe"
            return _Before(self.text, self.pieces[:finite]).head() if held else None
        same = DASHES if mark in DASHES else {mark}
        if mark not in {",", *DASHES}:
            return self._within(last)
        openings = (n for n in range(last - 1, 0, -1) if self._word(n) in same)
        hard = next((n for n in range(last, -1, -1) if self._word(n) in HARD - same), -1)
        near = takewhile(lambda n: n > hard, openings)
        found = (self._within(n - 1) for n, _ in zip(near, range(_ASIDES), strict=False) if self._aside(n + 1, last))
        return next((head for head in found if head is not None), None)

    def _word(self, number: int) -> str:
        return self.text.words[self.pieces[number].start]

    def _is(self, number: int, word: str) -> bool:
        return self._word(number) == word

    def _aside(self, start: int, end: int) -> bool:
        """Whether the pieces may only say more of a noun in front: no clause of their own, unless one that "who" begins."""
        kinds = self.pieces[start].kinds
        if kinds & {"relatives", "asides", "personal"}:
            return True
        told = (n for n in range(start, end) if self.pieces[n].finite and not self._led(n))
        return all(self.pieces[n].saying for n in told)  # "Her aunt, recalls X, used to say"

    def _led(self, number: int) -> bool:
        """Whether a word such as "who" begins the clause of a verb."""
        return self._relative(number) is not None

    def _relative(self, number: int) -> int | None:
        for n in range(number - 1, max(number - _RELATIVE, -1), -1):
            kinds = self.pieces[n].kinds
            if "relatives" in kinds or "asides" in kinds:
                return n
            if self._word(n) in HARD or self._is(n, ","):
                return None
        return None

    def _within(self, last: int) -> tuple[int, int] | None:
        """The head of the noun phrase that ends at piece `last`, with all that narrows it."""
        first = last
        while first >= 0:
            piece = self.pieces[first]
            if self._word(first) in HARD or self._is(first, ","):
                break
            if piece.finite:
                relative = self._relative(first)
                relative = self._contact(first) if relative is None else relative
                if relative is None or not self._noun_before(relative):
                    break
                first = relative
            elif "opens_content" in piece.kinds and not ("relatives" in piece.kinds and self._verb_behind(first, last)):
                break
            elif "boundaries" in piece.kinds and not piece.kinds & {"relatives", "opens_content"}:
                relative = self._relative(first) if "comparing" in piece.kinds else None
                if relative is None or not self._noun_before(relative):
                    break
                first = relative  # "who gave his name as X"
            first -= 1
        return self._leading_noun(first + 1, last)

    def _contact(self, number: int) -> int | None:
        """Where a pronoun begins a clause that narrows the noun right before it: "the group it is fighting"."""
        pronoun = number - 1
        pointing = pronoun > 0 and points(self.pieces[pronoun])
        ahead = self.pieces[pronoun - 1] if pointing else None
        joined = ahead is None or ahead.saying or self._word(pronoun - 1) in {",", *HARD}
        return None if joined or (ahead and ahead.kinds & (_JOINING | GOVERNING | {"boundaries"})) else pronoun

    def _noun_before(self, number: int) -> bool:
        """Whether a noun stands right before a word such as "who", and not a verb whose words "that" begins."""
        return (
            number > 0
            and not self.pieces[number - 1].kinds & (GOVERNING | AUXILIARIES)
            and not (self.pieces[number - 1].finite or self.pieces[number - 1].saying)
        )

    def _verb_behind(self, number: int, last: int) -> bool:
        return number < last and bool(self.pieces[number + 1].kinds & AUXILIARIES)

    def _leading_noun(self, first: int, last: int) -> tuple[int, int] | None:
        """The head of the first noun phrase of the pieces: the last noun before what narrows it."""
        while first <= last and self.pieces[first].kinds & _JOINING:
            first += 1
        if first > last or self.pieces[first].kinds & (GOVERNING | {"boundaries"}):
            return None
        head: Piece | None = None
        begin = number = first
        while number <= last:
            piece = self.pieces[number]
            if "somebody" in piece.kinds:
                return self.pieces[begin].start, piece.start  # "someone close to him"
            if "alone" in piece.kinds and number < last and self.pieces[number + 1].kinds & {"personal", "present"}:
                return self.pieces[begin].start, piece.start  # "those who know him"
            if "of" in piece.kinds and number < last and self._parts(first, number):
                head, first = None, number + 1  # "two of his aides"
            elif self._ends(number, head, last):
                break
            elif self._substantial(piece):
                head = piece
            number += 1
        if head is None and begin == last and "alone" in self.pieces[last].kinds:
            head = self.pieces[last]  # "Some say"
        return (self.pieces[begin].start, head.start) if head else None

    def _parts(self, first: int, of: int) -> bool:
        """Whether what stands before "of" parts some from all: "one", "two"."""
        only = self.pieces[first:of]
        return bool(only) and all(p.start in self.text.numbers or p.kinds & {"partitive", "determiners"} for p in only)

    def _substantial(self, piece: Piece) -> bool:
        word = self.text.words[piece.start]
        light = piece.kinds & {"determiners", "possessive", "owning", "conjunctions", "adverbs", "definite"}
        return word[:1].isalnum() and (piece.nominal or not light)

    def _ends(self, number: int, head: Piece | None, last: int) -> bool:
        """Whether a noun phrase that has a head ends before a piece: a preposition, "who", a participle behind its noun."""
        if head is None:
            return False
        piece = self.pieces[number]
        if points(piece):
            return True
        if piece.kinds & (GOVERNING | {"of", "relatives", "boundaries", "conjunctions"}) or piece.finite:
            return True
        inflected = self.text.grammar.inflection
        if (
            piece.nominal
            or "works:nouns" in piece.kinds
            or inflected is None
            or not self._word(number).endswith(inflected.shapes.participles)
        ):
            return False
        following = self.pieces[number + 1] if number < last else None
        closed = following is None or bool(following.kinds & GOVERNING) or self._is(number + 1, ",")
        return closed or head.nominal  # "a memo signed by X", "a man calling himself X"; not "a senior unnamed envoy"
