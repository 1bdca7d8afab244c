"""What the trained choice of roles sees: a trigger, and somebody of its sentence who may take part in what it tells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from kg.extractors.statements.clause import Clause
from kg.extractors.statements.reading import Item, Reference
from kg.nlp import stems

_FAR = 9  # items: farther counts as far
_SPELLED = 4  # words between that are seen one by one
_GOVERNING = 3  # items before a reference among which its preposition is looked for
_OUTSIDE = "<>"


@dataclass(frozen=True)
class Spot:
    """A trigger in its clause, for an event of class `term`; `others` are the other events told in the sentence.

    Each of them is the token at which it begins and its class, sorted.
    """

    term: str
    clause: Clause
    others: Sequence[tuple[int, str]]

    @cached_property
    def starts(self) -> list[int]:
        """The tokens at which the other events begin."""
        return [start for start, _ in self.others]

    @cached_property
    def seats(self) -> tuple[tuple[str, frozenset[int]], ...]:
        """Where the references in each place of the clause begin."""
        return tuple((seat, frozenset(r.start for r in who)) for seat, who in self.clause.seats().items())

    @cached_property
    def voice(self) -> str:
        """Active, passive or a noun."""
        return self.clause.manner()

    @cached_property
    def trigger(self) -> str:
        """The stems of the trigger's words."""
        reading = self.clause.reading
        words = reading.words[self.clause.start : self.clause.end]
        return stems.load(reading.document.language).phrase(words).replace(" ", "_")


def features(spot: Spot, reference: Reference) -> list[str]:
    """What the model sees of a reference beside a trigger."""
    term, clause, others = spot.term, spot.clause, spot.starts
    behind = reference.start >= clause.end
    side = "after" if behind else "before"
    between = _between(clause, reference)
    passed = sum(1 for item in between if item.reference)
    first, last = _gap(clause, reference)
    crossed = max(bisect_left(others, last) - bisect_left(others, first), 0)
    kind = reference.type if reference.type != "group" else f"group:{reference.category}"
    governor = _governor(clause, reference)
    distance = min(len(between), _FAR)
    voice, trigger = spot.voice, spot.trigger
    same = [i.reference for i in between if i.reference and i.reference.type == reference.type]
    where = f"{side}{distance}"
    place = "|".join([side, *(f"{seat}{int(reference.start in starts)}" for seat, starts in spot.seats)])
    quoted = clause.sentence.quoted(clause.start) != clause.sentence.quoted(reference.start)
    seen = [
        f"k={kind}",
        f"d={where}",
        f"g={side}|{governor}",
        f"p={place}|v{voice}",
        f"p={place}|v{voice}|k={kind}",
        f"n={passed}|{side}",
        f"x={crossed}|{side}",
        f"f={reference.form}",
        f"first={int(not same)}|{side}",
        f"gk={governor}|{kind}|{side}",
        f"q={quoted}",
    ]
    by_class = [
        "",
        f"k={kind}",
        f"g={side}|{governor}",
        f"g={side}|{governor}|k={reference.type}",
        f"p={place}|v{voice}",
        f"p={place}|v{voice}|k={reference.type}",
        f"p={place}|v{voice}|k={reference.type}|n={min(passed, 2)}",
        f"d={where}|k={reference.type}",
        f"n={passed}|{side}|k={reference.type}",
        f"x={crossed}|{side}|k={reference.type}",
        f"first={int(not same)}|{side}|k={reference.type}",
    ]
    seen += [f"{term}:{feature}" for feature in by_class]
    if way := clause.way(between):
        seen += [f"w={side}|{way}", f"w={side}|{way}|k={kind}", f"{term}:w={side}|{way}|k={reference.type}"]
        seen += [f"w={side}|{way}|v{voice}|k={reference.type}"]
    seen += [f"t={trigger}|{place}|v{voice}|k={reference.type}", f"t={trigger}|g={side}|{governor}"]
    return [*seen, *_worded(spot, reference, side), *_joining(spot, reference, side), *_rivals(spot, reference, side)]


def _worded(spot: Spot, reference: Reference, side: str) -> list[str]:
    """What the words of a description or pronoun tell of whom it means, and whether it owns something or is owned."""
    term, owning = spot.term, f"own={int(reference.owning)}|{side}"
    seen = [owning, f"{term}:{owning}|k={reference.type}"]
    if reference.of_type:
        seen.append(f"of={reference.of_type}|{reference.type}")
    if reference.form == "name":
        return seen
    noun = reference.noun or "_".join(spot.clause.reading.words[reference.start : reference.end])
    return [*seen, f"h={noun}|{side}", f"{term}:h={noun}", f"{term}:h={noun}|{side}|v{spot.voice}"]


def _joining(spot: Spot, reference: Reference, side: str) -> list[str]:
    """What stands between the reference and the trigger, and around both, word by word."""
    clause, term, voice, kind = spot.clause, spot.term, spot.voice, reference.type
    words = clause.reading.words
    first, last = _gap(clause, reference)
    begin, end = clause.sentence.start, clause.sentence.end
    behind_trigger = words[clause.end] if clause.end < end else _OUTSIDE
    ahead_of_trigger = words[clause.start - 1] if clause.start > begin else _OUTSIDE
    behind = words[reference.end] if reference.end < end else _OUTSIDE
    opens = reference.start - begin <= 1
    seen = [
        f"at={behind_trigger}|{side}|v{voice}",
        f"bt={ahead_of_trigger}|{side}|k={kind}",
        f"ar={behind}|{side}",
        f"opens={int(opens)}|{behind if opens else ''}|{kind}",
        f"{term}:opens={int(opens)}|{kind}",
    ]
    if last - first <= _SPELLED:
        gap = f"gap={side}|{'_'.join(words[first:last]) or 'next'}"
        seen += [gap, f"{gap}|k={kind}", f"{term}:{gap}", f"t={spot.trigger}|{gap}"]
    return seen


def _rivals(spot: Spot, reference: Reference, side: str) -> list[str]:
    """Which other events are told between the reference and the trigger, and whether one is told nearer to it."""
    term = spot.term
    first, last = _gap(spot.clause, reference)
    told = spot.others[bisect_left(spot.starts, first) : bisect_left(spot.starts, last)]
    crossed = "+".join(sorted({name for _, name in told}))
    at = bisect_left(spot.starts, reference.start)
    beside = ((abs(start - reference.start), name) for start, name in spot.others[max(0, at - 1) : at + 1])
    distance, nearest = min(beside, default=(last, "-"))
    nearer = bool(spot.others) and distance < abs(spot.clause.start - reference.start)
    seen = [f"{term}:near={int(nearer)}|{nearest}|k={reference.type}", f"near={int(nearer)}|{side}"]
    return [*seen, f"{term}:c={crossed}|{side}", f"c={crossed}|{side}"] if crossed else seen


def _gap(clause: Clause, reference: Reference) -> tuple[int, int]:
    """The tokens between a reference and the trigger."""
    return (clause.end, reference.start) if reference.start >= clause.end else (reference.end, clause.start)


def _between(clause: Clause, reference: Reference) -> list[Item]:
    """The items between the trigger and a reference, in the order of the text."""
    if reference.start >= clause.end:
        return list(takewhile(lambda item: item.end <= reference.start, clause.after))
    return list(takewhile(lambda item: item.start >= reference.end, clause.before))[::-1]


def _governor(clause: Clause, reference: Reference) -> str:
    """The nearest word before a reference, classifiers left out: its preposition where it has one."""
    items = clause.sentence.until(reference.start)[-_GOVERNING:]
    for item in reversed(items):
        if item.start < clause.end and clause.start < item.end:
            return "TRIGGER"
        if item.kind != "word":
            return item.kind
        if not item.kinds & {"place_words", "determiners", "modifier"}:
            return clause.word(item)
    return "-"
