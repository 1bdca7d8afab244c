"""Find what numbers are claimed: how many killed, sent, cleared, and of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.rules import Count, Rules
from kg.model import Quantity

_CLAUSE_ENDS = frozenset({";", "."})
_COMMA = ","
_NOUN_REACH = 4  # tokens between a number and the noun that it counts: "1,5 triệu quả bom mìn"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts: the rule that says so, the population, and the tokens of the claim."""

    rule: Count
    sentence: Sentence
    item: Item
    quantity: Quantity
    population: Reference | None
    start: int
    end: int


def find(reading: Reading, rules: Rules) -> Iterator[Counted]:
    """The numbers claimed in a document, in its order."""
    for sentence in reading.sentences:
        numbers = [item for item in sentence.items if item.quantity and not _part(sentence, item)]
        for index, item in enumerate(numbers):
            left = numbers[index - 1].end if index else sentence.start
            right = numbers[index + 1].start if index + 1 < len(numbers) else sentence.end
            if found := _counted(reading, sentence, item, left, right, rules.counts):
                yield found


def _counted(
    reading: Reading, sentence: Sentence, item: Item, left: int, right: int, counts: Sequence[Count]
) -> Counted | None:
    """The rule whose trigger stands nearest: behind the people counted ("600 binh sĩ đã tử trận") or before the number."""
    population = _population(sentence, item)
    right = _until(reading, item.end, right)
    left = _since(reading, item.start, left)
    candidates: list[tuple[int, Count, tuple[int, int]]] = []
    behind = population.end if population else item.end
    for count in counts:
        if not _may_count(reading, count, item, population):
            continue
        candidates.extend(
            (max(0, item.end + m.start - behind), count, (item.end + m.start, item.end + m.end))
            for m in count.triggers.find(reading.words[item.end : right])
        )
        candidates.extend(
            (item.start - left - m.end + 1, count, (left + m.start, left + m.end))
            for m in count.triggers.find(reading.words[left : item.start])
        )
    if not candidates or item.quantity is None:
        return None
    _, count, (start, end) = min(candidates, key=lambda c: (c[1].generic, c[0], c[1].id))
    parts = [
        (item.start, _noun_end(reading, count, item)),
        (start, end),
        *([(population.start, population.end)] if population else []),
    ]
    return Counted(
        count,
        sentence,
        item,
        replace(item.quantity, measure=count.measure),
        population,
        min(s for s, _ in parts),
        max(e for _, e in parts),
    )


def _part(sentence: Sentence, number: Item) -> bool:
    """Whether the number is only part of one before it: "19 người bị thương, trong đó 4 người …" counts no other people."""
    before = [i for i in sentence.items if i.end <= number.start][-2:]
    return any("of_which" in item.kinds for item in before)


def _until(reading: Reading, start: int, stop: int) -> int:
    return next((i for i in range(start, stop) if reading.words[i] in _CLAUSE_ENDS), stop)


def _since(reading: Reading, start: int, stop: int) -> int:
    """Where the part begins in which a word before the number may tell what it counts: not before a comma."""
    ends = _CLAUSE_ENDS | {_COMMA}
    return next((i + 1 for i in range(start - 1, stop - 1, -1) if reading.words[i] in ends), stop)


def _population(sentence: Sentence, item: Item) -> Reference | None:
    """The people right behind the number."""
    for candidate in [i for i in sentence.items if i.start >= item.end][:2]:
        if candidate.reference:
            close = candidate.start <= item.end + 1 and candidate.reference.type == "group"
            return candidate.reference if close else None
    return None


def _noun_end(reading: Reading, count: Count, item: Item) -> int:
    """Where the unit or noun right behind the number ends."""
    if item.quantity and item.quantity.unit in count.units and item.end < len(reading.words):
        return item.end + 1
    close = reading.words[item.end : item.end + _NOUN_REACH]
    return item.end + max((m.end for m in count.nouns.find(close)), default=0) if count.nouns else item.end


def _may_count(reading: Reading, count: Count, item: Item, population: Reference | None) -> bool:
    if count.units and item.quantity and item.quantity.unit in count.units:
        return True
    if population and population.category in count.categories:
        return True
    close = reading.words[item.end : item.end + _NOUN_REACH]
    return bool(count.nouns) and any(True for _ in count.nouns.find(close))  # type: ignore[union-attr]  # bool() guards
