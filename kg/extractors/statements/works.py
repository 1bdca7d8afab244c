"""Remember who published a work that an article tells of: what it shows or says later is theirs to answer for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.clauses import clause_at
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence

LAST = ""
"""The key of the work that was told of last, which "it" takes up."""
_PUBLISHERS = frozenset({"organization", "person", "place"})
_OBJECT = 4  # items from "published" to the noun of the work
_OWNER = 3  # items between an owner or "by" and the work


def learn(reading: Reading, sentence: Sentence, publishers: dict[str, Reference]) -> None:
    """Add the publishers that a sentence names, by the noun of their work."""
    inflected = grammars.load(reading.document.language).inflection is not None
    told = [*_published(reading, sentence)]
    for work, publisher in [*told, *(_owned(sentence) if inflected else ())]:
        publishers[head_noun(reading, work)] = publisher
        if inflected:
            publishers[LAST] = publisher


def head_noun(reading: Reading, item: Item) -> str:
    """The last word names a work: "đoạn video" and "video" are one."""
    return reading.words[item.end - 1]


def _published(reading: Reading, sentence: Sentence) -> Iterator[tuple[Item, Reference]]:
    """The works that somebody is told to have published."""
    for position, item in enumerate(sentence.items):
        if "works:publish" not in item.kinds:
            continue
        work = next((i for i in sentence.items[position + 1 : position + _OBJECT] if "works:nouns" in i.kinds), None)
        if work is None:
            continue
        subject = clause_at(reading, sentence, item.start, item.end, ("past", "participle")).subject()
        if subject and subject[0].type in _PUBLISHERS and subject[0].chains:
            yield work, subject[0]


def _owned(sentence: Sentence) -> Iterator[tuple[Item, Reference]]:
    """The works that belong to somebody: "a report by X", "X's annual report"."""
    for position, item in enumerate(sentence.items):
        if "works:nouns" not in item.kinds:
            continue
        ahead = takewhile(
            lambda i: i.reference or not i.kinds, reversed(sentence.items[max(position - _OWNER, 0) : position])
        )
        owner = next((i.reference for i in ahead if i.reference), None)
        behind = sentence.items[position + 1 : position + 1 + _OWNER]
        if behind and "by" in behind[0].kinds:
            owner = next((i.reference for i in behind if i.reference), None)
        elif owner and not owner.owning:
            owner = None
        if owner and owner.type in _PUBLISHERS and owner.chains and owner.form != "pronoun":
            yield item, owner
