"""Look around a trigger in the way of its language: with or without inflection."""

from __future__ import annotations

from collections.abc import Collection

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.clause import Clause
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Reading, Sentence
from kg.nlp import stems
from kg.nlp.inflection import Form


def clause_at(reading: Reading, sentence: Sentence, start: int, end: int, forms: Collection[Form] = ()) -> Clause:
    """The sentence as seen from tokens `start` to `end`; `forms` are those that an inflected trigger may be."""
    if grammars.load(reading.document.language).inflection is None:
        return Clause(reading, sentence, start, end)
    return InflectedClause(reading, sentence, start, end, frozenset(forms))


def clause_of(reading: Reading, sentence: Sentence, start: int, end: int) -> Clause:
    """The sentence as seen from tokens `start` to `end`, of which nobody says what forms they are."""
    return clause_at(
        reading, sentence, start, end, stems.load(reading.document.language).forms(reading.words[start:end])
    )
