"""Find what is denied or confirmed where it was told before: "…, a claim X rejects", "…, which X denies", "X denied it"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.reading import Item, Reading
from kg.extractors.statements.second_hand import NESTED, SETTLED
from kg.extractors.statements.speech import Speech

_STANCES = frozenset({"denied", "confirmed"})
_NOUN = 4  # items of ", a claim that"
_OBJECT = 3  # items of "denied the claims"
_CLOSING = frozenset({",", ".", ";", "?", "!"})


def settled(reading: Reading, acts: Sequence[Speech], before: Sequence[Speech] = ()) -> Iterator[Speech]:
    """The acts; one that takes a stance on words told before, perhaps in the acts `before`, has these for its content."""
    found = {
        n: told for n, act in enumerate(acts) if (told := _before(reading, act, acts) or _earlier(reading, act, before))
    }
    for number, act in enumerate(acts):
        if number in found:
            told = found[number]
            yield replace(act, content=told, start=min(told[0], act.start), source=SETTLED)
        else:
            commas = [end for n, (_, end) in found.items() if act.covers(acts[n].cue_at[0]) and act.content[0] < end]
            yield replace(act, content=(act.content[0], min([act.content[1], *commas])))


def _before(reading: Reading, act: Speech, acts: Sequence[Speech]) -> tuple[int, int] | None:
    """The words told before that the act is about, if it names none of its own."""
    if act.cue.modality not in _STANCES or act.source == NESTED:
        return None
    first = min(act.cue_at[0], *(r.start for r in act.speakers))
    comma = _taken_up(reading, act, first)
    if comma is None and not _names_them(reading, act):
        return None
    ends = first if comma is None else comma
    inside = [a for a in acts if a is not act and a.content[0] < ends and a.cue_at[0] != act.cue_at[0]]
    last = max(inside, key=lambda a: a.content[0], default=None)
    if last is not None:
        return last.content[0], min(last.content[1], ends)
    if comma is None:
        return None
    return act.sentence.start, comma


def _earlier(reading: Reading, act: Speech, before: Sequence[Speech]) -> tuple[int, int] | None:
    """The words told last in the sentence before, if the act takes a stance on them: "X denies the charge"."""
    told = [a for a in before if a.source != NESTED and a.speakers and a.cue.modality not in _STANCES]
    stands = (
        act.cue.modality in _STANCES and act.source != NESTED and told and not set(told[-1].chains) & set(act.chains)
    )
    return told[-1].content if stands and _names_them(reading, act) else None


def _taken_up(reading: Reading, act: Speech, first: int) -> int | None:
    """The comma behind the words that "a claim" or "which" in front of the speakers takes up."""
    items = act.sentence.until(first)[::-1][:_NOUN]
    for position, item in enumerate(items):
        if reading.words[item.start] == ",":
            between = items[:position]
            named = any(_claim(reading, i) or _word(reading, i) == "which" for i in between)
            return item.start if named else None
    return None


def _names_them(reading: Reading, act: Speech) -> bool:
    """Whether the object only points back: "denied it", "rejected the allegations"."""
    after = act.sentence.since(act.cue_at[1])
    for position, item in enumerate(after[:_OBJECT]):
        if (
            _claim(reading, item)
            or item.kinds & {"claims:pronouns"}
            or (item.reference and item.reference.pointer == "thing")
        ):
            following = after[position + 1] if position + 1 < len(after) else None
            joined = following is not None and bool(following.kinds & {"conjunctions", "comparing"})
            return following is None or joined or following.time is not None or _word(reading, following) in _CLOSING
        if not item.kinds & {"determiners", "definite", "modifier"}:
            return False
    return False


def _claim(reading: Reading, item: Item) -> bool:
    """Whether it is a noun for what somebody said, by itself or as the last word of a description: "a charge"."""
    function = grammars.load(reading.document.language).function
    last = function.at(reading.words, item.end - 1) if item.reference else None
    return "claims:nouns" in (last.value if last else item.kinds)


def _word(reading: Reading, item: Item) -> str:
    return reading.words[item.start]
