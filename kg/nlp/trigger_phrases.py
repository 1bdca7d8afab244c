"""Find the phrases that may tell events: those listed by hand, and those that training found in the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import lexicon
from kg.nlp import stems
from kg.nlp.classifier import models
from kg.nlp.phrases import PhraseTable
from kg.nlp.surroundings import Surroundings
from kg.nlp.tokenizer import pieces
from kg.spelling import fold

NEVER = "!"
"""Marks a phrase in phrases.tsv that tells no event."""
_NAMED = frozenset({"person", "organization", "unit", "place", "facility", "time"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is known of a phrase: the classes it is listed under, and the one it nearly always tells, or none.

    `sure` are those of its classes that the list says it tells at most places. A phrase with `never` tells no event, and
    hides shorter ones that it begins with: "gặp khó khăn".
    """

    classes: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    usual: str = ""
    never: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start` to `end`, of the sentence from `first` to `last`, are a phrase that may tell an event.

    `text` are their stems, as the table has them, `forms` what the first of them may be where words change.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    phrase: Phrase
    forms: str = ""


def listed(language: str) -> dict[str, Phrase]:
    """The phrases of `triggers.toml`, as stems."""
    table = lexicon.table(language, "triggers")
    sure = _classes(table["sure"], language)
    found = _classes(table["classes"], language)
    for phrase, names in sure.items():
        found[phrase] |= names
    silent = {cut(entry, language): Phrase(never=True) for entry in table["never"]["phrases"]}
    return silent | {
        phrase: Phrase(tuple(sorted(names)), tuple(sorted(sure.get(phrase, ())))) for phrase, names in found.items()
    }


def _classes(table: Mapping[str, Sequence[str]], language: str) -> defaultdict[str, set[str]]:
    """The classes under which each phrase stands, by its stems."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, entries in table.items():
        for entry in entries:
            found[cut(entry, language)].add(name)
    return found


def cut(phrase: str, language: str) -> str:
    """The stems of a phrase, folded, parted by single spaces."""
    return stems.load(language).phrase(pieces(fold(phrase)))


def phrases(language: str) -> dict[str, Phrase]:
    """All phrases that may tell an event: those listed by hand, and those that training found in the corpus."""
    known = listed(language)
    for line in phrase_file(language).read_text(encoding="utf-8").splitlines():
        text, usual = line.split("\t")
        silent = usual == NEVER
        known[text] = replace(known.get(text, Phrase()), usual="" if silent else usual, never=silent)
    return known


def phrase_file(language: str) -> Path:
    """Where the phrases lie that training found."""
    return models(language) / "phrases.tsv"


def candidates(around: Surroundings, table: PhraseTable[tuple[str, Phrase]]) -> Iterator[Candidate]:
    """The phrases of the table, longest first, that begin in no name and no time."""
    for first, last in around.sentences:
        at = first
        tokens = around.stems[first:last]
        while at < last:
            match = None if around.kinds[at] in _NAMED else table.at(tokens, at - first)
            if match is None:
                at += 1
                continue
            text, phrase = match.value
            end = first + match.end
            if not phrase.never:
                yield Candidate(at, end, first, last, text, phrase, around.forms(at, end))
            at = end


def table_of(known: Mapping[str, Phrase]) -> PhraseTable[tuple[str, Phrase]]:
    """A table of phrases over folded tokens."""
    return PhraseTable((text, (text, phrase)) for text, phrase in known.items())


def topics(found: Sequence[Candidate]) -> Counter[str]:
    """How often phrases that nearly always tell one class stand in the document, by class."""
    return Counter(c.phrase.usual for c in found if c.phrase.usual)
