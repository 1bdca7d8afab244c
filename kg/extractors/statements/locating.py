"""Find the place at which the words around a token of a sentence say that something happens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extractors.statements.reading import Item, Sentence

_AT = frozenset({"at_place", "out_of", "in_particular"})
_TOWARDS = "directions"
_BETWEEN = frozenset({"determiners", "modifier", "place_words", "adjoining"})
_MEANT = frozenset({"name", "pronoun"})


def located(sentence: Sentence, near: int, *, owners_first: bool = False, moving: bool = True) -> str:
    """The place nearest to the token `near` at which something is said to happen.

    What is not `moving` does not happen where something goes: "seized 2 tonnes bound for export to Chile".

    `owners_first`: of two places side by side the first has the second, "in Laos's Xekong province".
    """
    found = [
        (_inner(sentence, position) if owners_first else item).reference
        for position, (before, item) in enumerate(pairwise(sentence.items), start=1)
        if before.kinds & _AT and _names_place(item) and (moving or _TOWARDS not in before.kinds)
    ]
    here = [r for r in found if r and not _apart(sentence, r.start, near)]
    return min(here, key=lambda r: abs(r.start - near)).chains[0] if here else ""


def _names_place(item: Item) -> bool:
    return item.reference is not None and item.reference.type == "place" and item.reference.form in _MEANT


def _inner(sentence: Sentence, position: int) -> Item:
    """The last of the places that stand side by side from `position` on."""
    item = sentence.items[position]
    for following in sentence.items[position + 1 :]:
        if following.start != item.end or not _names_place(following):
            break
        item = following
    return item


def _apart(sentence: Sentence, one: int, other: int) -> bool:
    """Whether a new clause begins between two tokens of a sentence, or what a part of them did: "among them four in Pakse"."""
    between = [i for i in sentence.items if min(one, other) < i.start < max(one, other)]
    return any(item.kinds & {"contrasts", "of_which"} for item in between)


def listed_with(place: str, sentence: Sentence, words: Sequence[str]) -> tuple[str, ...]:
    """The places with which a list goes on behind the place `place`: "in Laos, Nepal and neighbouring India".

    Input: a place's chain, a sentence, and the words of the article; nothing where the sentence does not name the place
    or "and" joins none to it.
    """
    items = sentence.items
    at = next((n for n, i in enumerate(items) if i.reference and place in i.reference.chains), len(items))
    found: list[str] = []
    joint: Item | None = None
    for item in items[at + 1 :]:
        if joint is None:
            if item.kind != "word" or not ("conjunctions" in item.kinds or words[item.start] == ","):
                return ()
            joint = item
        elif item.reference and item.reference.type == "place" and item.reference.chains:
            found.append(item.reference.chains[0])
            if "conjunctions" in joint.kinds:  # the last of the list
                return tuple(dict.fromkeys(one for one in found if one != place))
            joint = None
        elif found and "conjunctions" in item.kinds and words[joint.start] == ",":  # "Laos, Nepal, and India"
            joint = item
        elif not item.kinds & _BETWEEN:
            return ()
    return ()
