"""Merge typed spans of another source, such as a trained model, with the candidates of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from spacy.tokens import Span

from kg.model import MentionType
from kg.nlp.candidates import Candidate
from kg.nlp.lines import Line

WEIGHT = 1.5  # more than a hint of the context, less than a head noun or a title
_TYPES = frozenset(get_args(MentionType))


def merge(candidates: Sequence[Candidate], lines: Sequence[Line], spans: Iterable[Span]) -> list[Candidate]:
    """The candidates, with those that `spans` add where the rules saw none; equal spans let their label speak.

    A span counts if its label is a mention type and it lies within one line. Where boundaries differ the rules win.
    """
    where = {token: (line, position) for line in lines for position, token in enumerate(line.index)}
    taken: dict[int, Candidate] = {}
    for candidate in candidates:
        for position in range(candidate.start, candidate.end):
            taken.setdefault(candidate.line.index[position], candidate)
    merged = list(candidates)
    for span in spans:
        ends = where.get(span.start), where.get(span.end - 1)
        if span.label_ not in _TYPES or ends[0] is None or ends[1] is None or ends[0][0] is not ends[1][0]:
            continue
        line, start, end = ends[0][0], ends[0][1], ends[1][1] + 1
        rival = next((taken[t] for t in range(span.start, span.end) if t in taken), None)
        if rival is None:
            rival = Candidate(line, start, end, origin="model", name_start=start)
            merged.append(rival)
        if (rival.start, rival.end) == (start, end):
            rival.vote(span.label_, WEIGHT, "proposed")
    return merged
