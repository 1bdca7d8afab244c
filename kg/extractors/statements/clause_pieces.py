"""Part a document into the pieces among which the subject of a verb is looked for: names, offices, nouns, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.statements.phrase_text import Text
from kg.extractors.statements.speech_cues import cues

_FINITE_FORMS = frozenset({"base", "third", "past"})
AUXILIARIES = frozenset({"be", "have", "modal"})
GOVERNING = frozenset({"prepositions", "at_place", "by", "belonging", "authored", "infinitive"})
HARD = frozenset({".", ";", ":", "?", "!", "(", ")", '"', "“", "”", "—", "–"})
QUOTES = frozenset('"“”')
DASHES = frozenset({"—", "–", "-"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `start` to `end`: a name, an office, a number, a noun for people or a word, with what it may be."""

    start: int
    end: int
    kinds: frozenset[str]
    nominal: bool
    """Whether it is known to be a noun, a name or a number."""
    finite: bool
    saying: bool
    past: bool = False
    """Whether it may be a verb in the past that no list has."""


def pieces(text: Text) -> Iterator[Piece]:
    """The words of a document, piece by piece."""
    verbs = cues(text.grammar.language).verbs
    inflected = text.grammar.inflection
    position = 0
    while position < len(text.words):
        end, kinds = text.kinds(position)
        known = text.names.get(position) or text.titles.get(position) or text.grammar.nouns.at(text.words, position)
        match = None if known else verbs.at(text.words, position)
        saying = bool(match and match.value and match.value[1] & _FINITE_FORMS)
        if known and not kinds & AUXILIARIES:
            yield Piece(position, known.end, frozenset(), nominal=True, finite=False, saying=False)
            position = known.end
            continue
        irregular = inflected is not None and text.words[position] in inflected.pasts
        finite = bool(kinds & (AUXILIARIES | {"saying", "speaks"})) or irregular
        past = not kinds and inflected is not None and inflected.past(text.words[position])
        yield Piece(position, end, kinds, nominal=position in text.numbers, finite=finite, saying=saying, past=past)
        position = max(end, position + 1)


def points(piece: Piece) -> bool:
    """Whether it is a pronoun or another word that points back."""
    return any(kind.startswith("pronouns:") for kind in piece.kinds)
