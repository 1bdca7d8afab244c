"""Join the short forms of bodies, sites and events where head nouns stand last: "Defence Ministry", "Tesla", "Saring"."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence

from kg.nlp.candidates import Candidate
from kg.nlp.sets import Sets

_TYPES = frozenset({"organization", "unit", "facility", "event", "treaty", "document"})
_ENOUGH = 2  # words of an end that stands for the whole


def join_ends(candidates: Sequence[Candidate], keys: Sequence[str], sets: Sets) -> None:
    """Join each short form with the nearest longer name before it, else with the first behind it.

    A short form is the end of a longer name, of two words and more ("Defence Ministry" of "Russian Defence Ministry"), or
    what is left of one without its head noun: "Tesla" of "Tesla Inc.", "Saring" of "Typhoon Saring".
    """
    longer: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, candidate in enumerate(candidates):
        if candidate.type not in _TYPES:
            continue
        for form in _forms(candidate):
            longer[candidate.type, form].append(position)
    for position, candidate in enumerate(candidates):
        places = longer.get((candidate.type, candidate.key), ())
        fitting = [p for p in places if not (keys[p] and keys[position] and keys[p] != keys[position])]
        if fitting:
            before = bisect(fitting, position)
            sets.join(fitting[before - 1] if before else fitting[0], position)


def _forms(candidate: Candidate) -> list[str]:
    """The short forms of a name, folded."""
    words = candidate.key.split()
    forms = [" ".join(words[at:]) for at in range(1, len(words) - _ENOUGH + 1)]
    noun = next((ground for ground in candidate.grounds if ground.code == "head"), None)
    if noun is not None and noun.line is candidate.line:
        line = candidate.line
        rest = (line.text(candidate.start, noun.start), line.text(noun.end, candidate.end))
        forms += [text.lower() for text in rest if text and candidate.start <= noun.start and noun.end <= candidate.end]
    return forms
