"""Join the names of one person within a document: short forms, and spellings of foreign names."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from kg.nlp.candidates import Candidate
from kg.nlp.people import People
from kg.nlp.sets import Sets
from kg.spelling import bare, squash

_CLOSE = 0.8  # how alike two spellings of one foreign word are
_NAMESAKES = 40  # full names that share a word; more is a list, and short forms mean nothing there

Full = Mapping[str, Mapping[str, Sequence[int]]]


def join_people(candidates: Sequence[Candidate], people: People, sets: Sets) -> None:
    """Join each short form with the nearest full name before it, else with the first behind it.

    A short form is the end of a full name ("Macron", Vietnamese "Bình"), or its beginning where that is no Vietnamese
    family name.
    """
    full = _full_names(candidates)
    _join_spellings(candidates, full, people, sets)
    for position, candidate in enumerate(candidates):
        words = _words(candidate)
        if candidate.type != "person" or not words or words[-1] not in full:
            continue
        longer = [p for p in full[words[-1]].values() if _is_short(words, candidates[p[0]], people)]
        before = [places[cut - 1] for places in longer if (cut := bisect(places, position))]
        if longer:
            sets.join(max(before) if before else min(places[0] for places in longer), position)


def _full_names(candidates: Sequence[Candidate]) -> Full:
    """By each of their words, the full names and the positions where they stand."""
    full: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
    for position, candidate in enumerate(candidates):
        words = _words(candidate)
        if candidate.type != "person" or len(words) == 1:
            continue
        for word in dict.fromkeys(words):
            if len(full[word]) < _NAMESAKES or candidate.key in full[word]:
                full[word].setdefault(candidate.key, []).append(position)
    return full


def _is_short(short: Sequence[str], full: Candidate, people: People) -> bool:
    words = _words(full)
    if len(words) <= len(short):
        return False
    first = full.texts[0]
    begins = words[: len(short)] == list(short) and (not people.native(first) or first in people.korean)
    return begins or words[-len(short) :] == list(short)


def _join_spellings(candidates: Sequence[Candidate], full: Full, people: People, sets: Sets) -> None:
    """Join "Aleksandr" and "Alexandr" with one family name."""
    for names in full.values():
        distinct = [places[0] for places in names.values()]
        for index, one in enumerate(distinct):
            for other in distinct[index + 1 :]:
                if _are_alike(candidates[one].key.split(), candidates[other].key.split(), people):
                    sets.join(one, other)


def _are_alike(one: Sequence[str], other: Sequence[str], people: People) -> bool:
    if len(one) != len(other) or all(people.native(word) for word in (*one, *other)):
        return False
    pairs = ((bare(a), bare(b)) for a, b in zip(one, other, strict=True))
    return all(a == b or SequenceMatcher(None, a, b).ratio() >= _CLOSE for a, b in pairs)


def _words(candidate: Candidate) -> list[str]:
    """The words of a name as names of people are compared: hyphens and stops aside."""
    return [word for part in candidate.key.split() if (word := squash(part))]
