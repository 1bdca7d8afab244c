"""Find what numbers are claimed: how many killed, sent, cleared, and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.rules import Count, Rules
from kg.model import Quantity
from kg.nlp.inflection import Form

_CLAUSE_ENDS = frozenset({";", "."})
_COMMA = ","
_SHARE = "percent"
_UNIT = 2  # tokens of a unit: "per cent"; and of what a share is of: "the vote"
_PERSON = "person"
_PLAIN_UNITS = frozenset({None, _PERSON, "thing"})  # of what is counted; all others measure
_SPAN = re.compile(r"P(?P<clock>T)?(?P<number>\d+)(?P<unit>[YMWDHS])")
_SPAN_UNITS = {
    ("", "Y"): "year",
    ("", "M"): "month",
    ("", "W"): "week",
    ("", "D"): "day",
    ("T", "H"): "hour",
    ("T", "M"): "minute",
    ("T", "S"): "second",
}
_CLOSE = 9  # tokens between a number and a word that tells nothing but what sort of number it is
_NOUN_REACH = 4  # tokens between a number and the noun that it counts: "1,5 triệu quả bom mìn"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts: the rule that says so, the population, the tokens of the claim.

    `trigger` are the tokens of the word that says what is counted, and the forms of a verb that it may be.
    """

    rule: Count
    sentence: Sentence
    item: Item
    quantity: Quantity
    population: Reference | None
    start: int
    end: int
    trigger: tuple[int, int, frozenset[Form]]


def find(reading: Reading, rules: Rules) -> Iterator[Counted]:
    """The numbers claimed in a document, in its order."""
    inflected = grammars.load(reading.document.language).inflection is not None
    counted: set[str] = set()
    for sentence in reading.sentences:
        items = [_as_number(item) for item in sentence.items]
        numbers = [item for item in items if item.quantity and not _part(sentence, item)]
        people: Reference | None = None
        last: Counted | None = None
        for index, item in enumerate(numbers):
            left = numbers[index - 1].end if index else sentence.start
            right = numbers[index + 1].start if index + 1 < len(numbers) else sentence.end
            found = _counted(reading, sentence, item, left, right, rules.counts)
            if found is None and inflected and last is not None:
                found = _shared(reading, sentence, item, last)
            if found and inflected:
                found, people = _elliptic(found, people)
            last = found
            if found and not (found.rule.measure in counted and _of_another(sentence, found)):
                counted.add(found.rule.measure)
                yield found


def _counted(
    reading: Reading, sentence: Sentence, item: Item, left: int, right: int, counts: Sequence[Count]
) -> Counted | None:
    """The rule whose trigger stands nearest: behind the people counted ("600 binh sĩ đã tử trận") or before the number."""
    population = _population(sentence, item)
    inflected = grammars.load(reading.document.language).inflection is not None
    first = left
    right = _until(reading, item.end, right)
    left = _since(reading, item.start, left)
    if inflected:
        right = _joined(sentence, item.end, right)
        left = _begun(reading, sentence, first, item.start)
    candidates: list[tuple[int, Count, tuple[int, int, frozenset[Form]]]] = []
    behind = population.end if population else item.end
    for count in counts:
        if not (_may_count(reading, count, item, population) or _alone(reading, count, left, item)):
            continue
        near = count.generic and not inflected  # word order is looser where words change
        ahead, after = _near(reading, left, item.start, behind, right) if near else (left, right)
        candidates.extend(
            (
                _distance(count, item.end + m.start, item.end + m.end, behind),
                count,
                (item.end + m.start, item.end + m.end, m.value),
            )
            for m in count.triggers.find(reading.words[item.end : after])
        )
        candidates.extend(
            (item.start - ahead - m.end + 1, count, (ahead + m.start, ahead + m.end, m.value))
            for m in count.triggers.find(reading.words[ahead : item.start])
        )
    if not candidates or item.quantity is None:
        return None
    _, count, (start, end, forms) = min(candidates, key=lambda c: (c[1].generic, c[0], c[1].id))
    parts = [
        (item.start, _noun_end(reading, sentence, count, item)),
        (start, end),
        *([(population.start, population.end)] if population else []),
    ]
    return Counted(
        count,
        sentence,
        item,
        replace(item.quantity, measure=count.measure, unit=_unit(count, item.quantity)),
        population,
        min(s for s, _ in parts),
        max(e for _, e in parts),
        (start, end, forms),
    )


def _distance(count: Count, start: int, end: int, behind: int) -> int:
    """How far a word behind the number stands from those counted; one that tells little, among them, as far as any."""
    return _CLOSE if count.generic and end <= behind else max(0, start - behind)


def _unit(count: Count, quantity: Quantity) -> str | None:
    """The unit that the rule gives, "" for none; else that of the number."""
    return quantity.unit if count.unit is None else count.unit or None


def _part(sentence: Sentence, number: Item) -> bool:
    """Whether the number is only part of one before it: "19 người bị thương, trong đó 4 người …" counts no other people."""
    before = sentence.until(number.start)[-2:]
    return any("of_which" in item.kinds for item in before)


def _of_another(sentence: Sentence, found: Counted) -> bool:
    """Whether the words make the number a part or the rest of one before it: "riêng xã X", "40 người khác"."""
    behind = found.population.end if found.population else found.item.end
    opening = sentence.items[0].kinds if sentence.items else frozenset()
    return "in_particular" in opening or any("others" in i.kinds for i in sentence.items if i.start == behind)


def _begun(reading: Reading, sentence: Sentence, start: int, stop: int) -> int:
    """Where the clause begins that the number at `stop` stands in: not before a verb of saying, nor a comma.

    A comma before "and" or "along with" only goes on with the list.
    """
    items = sentence.between(start, stop)
    begun = start
    for position, item in enumerate(items):
        word = reading.words[item.start]
        goes_on = position + 1 < len(items) and "conjunctions" in items[position + 1].kinds
        if word in _CLAUSE_ENDS or (word == _COMMA and not goes_on) or "boundaries" in item.kinds:
            begun = item.end
        elif (
            "saying" in item.kinds
        ):  # of more than one word it may say itself what is counted: "put the number of … at"
            begun = item.start + 1
    return begun


def _near(reading: Reading, left: int, start: int, behind: int, right: int) -> tuple[int, int]:
    """Where a word may stand that counts anything of its kind: close, and behind the number in its own part only."""
    comma = next((i for i in range(behind, right) if reading.words[i] == _COMMA), right)
    return max(left, start - _CLOSE), min(comma, behind + _CLOSE)


def _until(reading: Reading, start: int, stop: int) -> int:
    return next((i for i in range(start, stop) if reading.words[i] in _CLAUSE_ENDS), stop)


def _elliptic(found: Counted, people: Reference | None) -> tuple[Counted, Reference | None]:
    """The number, of the `people` counted before it in the sentence where it has none: "40 miners died and 17 were hurt"."""
    if found.population is not None:
        return found, found.population
    following = next(iter(found.sentence.since(found.item.end)), None)
    bare = following is not None and (following.kinds & {"be", "have"} or found.start <= following.start < found.end)
    between = (i for i in found.sentence.items if people and people.end <= i.start < found.item.start)
    contrasted = any("contrasts" in i.kinds for i in between)
    if people is None or not bare or contrasted or found.quantity.unit != _PERSON:
        return found, people
    return replace(found, population=people), people


def _shared(reading: Reading, sentence: Sentence, item: Item, last: Counted) -> Counted | None:
    """The number that "and" joins to the one before: it counts the same of others: "freed 146 soldiers and 22 civilians"."""
    behind = last.population.end if last.population else _noun_end(reading, sentence, last.rule, last.item)
    between = sentence.between(behind, item.start)
    population = _population(sentence, item)
    if len(between) != 1 or "conjunctions" not in between[0].kinds or item.quantity is None:
        return None
    if not _may_count(reading, last.rule, item, population):
        return None
    end = population.end if population else _noun_end(reading, sentence, last.rule, item)
    quantity = replace(item.quantity, measure=last.rule.measure, unit=_unit(last.rule, item.quantity))
    return Counted(last.rule, sentence, item, quantity, population, item.start, end, last.trigger)


def _as_number(item: Item) -> Item:
    """A span of time that was read as a time, as the number that it also is: "four years in prison"."""
    span = _SPAN.fullmatch(item.time.edtf) if item.time and item.duration else None
    if span is None:
        return item
    number = Decimal(span["number"])
    unit = _SPAN_UNITS[span["clock"] or "", span["unit"]]
    return item._replace(quantity=Quantity(number, "exact", number, number, unit))


def _joined(sentence: Sentence, start: int, stop: int) -> int:
    """Where "and" joins another verb behind the number: "killing 23 people and driving …"."""
    behind = sentence.between(start, stop)
    return next((i.start for i in behind if "and_then" in i.kinds), stop)


def _since(reading: Reading, start: int, stop: int) -> int:
    """Where the part begins in which a word before the number may tell what it counts: not before a comma."""
    ends = _CLAUSE_ENDS | {_COMMA}
    return next((i + 1 for i in range(start - 1, stop - 1, -1) if reading.words[i] in ends), stop)


def _population(sentence: Sentence, item: Item) -> Reference | None:
    """The people right behind the number."""
    for candidate in sentence.since(item.end)[:2]:
        if "by" in candidate.kinds:
            return None
        if candidate.reference:
            close = (
                candidate.start <= item.end + 1
                and candidate.reference.type == "group"
                and not candidate.reference.owning
            )
            return candidate.reference if close else None
    return None


def _noun_end(reading: Reading, sentence: Sentence, count: Count, item: Item) -> int:
    """Where the unit or noun right behind the number ends; of a share, what it is of: "54 percent of the vote"."""
    if item.quantity and item.quantity.unit in count.units and item.end < len(reading.words):
        unit = range(item.end, item.end + _UNIT)
        of = next((i for i in sentence.items if i.start in unit and "of" in i.kinds), None)
        whole = of if item.quantity.unit == _SHARE else None
        return min(whole.end + _UNIT, sentence.end) if whole else item.end + 1
    close = reading.words[item.end : item.end + _NOUN_REACH]
    return item.end + max((m.end for m in count.nouns.find(close)), default=0) if count.nouns else item.end


def _alone(reading: Reading, count: Count, left: int, item: Item) -> bool:
    """Whether the words before say what is counted, so that no noun has to follow: "the death toll rose to 52"."""
    if count.alone is None or (item.quantity and item.quantity.unit not in {None, count.unit}):
        return False
    return any(m.end >= item.start - left - _CLOSE for m in count.alone.find(reading.words[left : item.start]))


def _may_count(reading: Reading, count: Count, item: Item, population: Reference | None) -> bool:
    if count.units and item.quantity and item.quantity.unit in count.units:
        return True
    unit = item.quantity.unit if item.quantity else None
    money = unit is not None and unit.isupper()  # "paid 2 billion dong for contracts" counts no contracts
    if money or (unit not in _PLAIN_UNITS and grammars.load(reading.document.language).inflection is None):
        return False
    if population and population.category in count.categories:
        return True
    close = reading.words[item.end : item.end + _NOUN_REACH]
    return bool(count.nouns) and any(True for _ in count.nouns.find(close))  # type: ignore[union-attr]  # bool() guards
