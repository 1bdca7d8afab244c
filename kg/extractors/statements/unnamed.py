"""Refer to whom and what is only described, by nouns listed by kind or marked so in the corpus: "the tanker", "herders"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

from kg import lexicon
from kg.extractors.statements.phrase_text import Text
from kg.extractors.statements.reading import Item, Reference, Sentence
from kg.model import MentionType
from kg.nlp import noun_kinds, pipelines
from kg.nlp.classifier import models
from kg.nlp.phrases import PhraseTable

BODY = "body"
"""How the list marks nouns for bodies, which are groups of that category."""
SPEAKER = "speaker"
"""What "I" points to: whoever says the words around."""
_OPENING = frozenset({"determiners", "modifier"})
_PLAIN = frozenset({"modifier", "adverbs"})


@dataclass(frozen=True, slots=True)
class Nouns:
    """The nouns that refer, each with the type of what it means; `last` where a compound is of the kind of its last noun.

    `uttering` are the pronouns of who speaks and of who is spoken to, `oneself` those that mean the speaker alone.
    """

    table: PhraseTable[str]
    last: bool
    oneself: frozenset[str]
    uttering: frozenset[str]


def noun_file(language: str) -> Path:
    """Where the nouns lie that training found."""
    return models(language) / "nouns.tsv"


@cache
def load(language: str) -> Nouns:
    """The nouns of a language, read once."""
    lines = noun_file(language).read_text(encoding="utf-8").splitlines() if noun_file(language).is_file() else []
    known = dict(noun_kinds.referring(language))
    known |= {noun: kind for noun, kind, *_ in (line.split("\t") for line in lines)}
    return Nouns(PhraseTable(known.items()), pipelines.load(language).head == "last", *uttering(language))


def uttering(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The pronouns that mean the speaker alone, and all of who speaks or is spoken to."""
    pronouns = lexicon.table(language, "people")["uttering"]
    oneself = frozenset(pronouns["oneself"])
    return oneself, oneself.union(pronouns["others"])


def filled_in(sentence: Sentence, text: Text, nouns: Nouns) -> Sentence:
    """The sentence with references for its nouns that refer and that nothing else has read."""
    return replace(sentence, items=tuple(_items(sentence.items, text, nouns)))


def _items(items: Sequence[Item], text: Text, nouns: Nouns) -> Iterator[Item]:
    position = 0
    while position < len(items):
        found = _at(items, position, text, nouns) if items[position].kind == "word" else None
        if found is None:
            yield items[position]
            position += 1
            continue
        reference, position = found
        yield Item("reference", reference.start, reference.end, reference=reference)


def _at(items: Sequence[Item], position: int, text: Text, nouns: Nouns) -> tuple[Reference, int] | None:
    """The reference that begins with the item at `position`, and the place of the item behind it."""
    item = items[position]
    if item.end - item.start == 1 and text.words[item.start] in nouns.oneself:
        chain = text.words[item.start]  # learned.py puts in who speaks
        return Reference(item.start, item.end, (chain,), "person", "pronoun", noun=chain, pointer=SPEAKER), position + 1
    noun = position
    while noun < len(items) and items[noun].kind == "word" and items[noun].kinds & _OPENING:
        noun += 1
    kind, end, head = "", noun, noun
    while end < len(items) and (match := _noun(items[end], text, nouns)):
        kind, stop = match
        head = end
        while end < len(items) and items[end].start < stop:
            end += 1
        if not nouns.last:
            break
    if not kind or any(item.kind != "word" for item in items[position:end]):
        return None
    if end < len(items) and items[end].reference and items[end].reference.form == "name" and nouns.last:  # type: ignore[union-attr]
        return None  # "the trawler Binh Minh" is what is named
    chain = " ".join(text.words[items[head].start : items[end - 1].end])
    category = BODY if kind == BODY else "described"
    type_ = cast("MentionType", "group" if kind == BODY else kind)
    reference = Reference(
        items[position].start, items[end - 1].end, (chain,), type_, "nominal", category=category, noun=chain
    )
    return reference, end


def _noun(item: Item, text: Text, nouns: Nouns) -> tuple[str, int] | None:
    if item.kind != "word" or item.kinds - _PLAIN:
        return None
    match = nouns.table.at(text.words, item.start)
    return (match.value, match.end) if match else None
