"""Join short forms in brackets to the names before them: "Tổ chức Y tế Thế giới (WHO)"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.candidates import Candidate

_LONGEST = 12
_SHORT = 3
_REACH = 16  # tokens back to the head of a name whose end was not understood


def join_brackets(candidates: Sequence[Candidate]) -> None:
    """Set `alias_of` and the type of every short form that stands alone in brackets behind a body's name."""
    by_place = {(id(c.line), c.start): c for c in candidates}
    for full in candidates:
        short = _inside(full, by_place)
        if short is None or not _may_join(full, short):
            continue
        short.alias_of = full
        if full.type:
            short.type = full.type
            short.note(full.type, "short form", full.start, full.end)
        elif short.type:
            full.vote(short.type, 2.0, "brackets", short.start, short.end)
    head: Candidate | None = None
    for candidate in candidates:
        if candidate.origin == "head":
            head = candidate
        elif head and head.line is candidate.line and _bracketed(candidate) and 0 < candidate.start - head.end < _REACH:
            candidate.vote(head.type, 1.0, "short form", head.start, head.end)


def _inside(full: Candidate, by_place: dict[tuple[int, int], Candidate]) -> Candidate | None:
    """The only candidate in the brackets right behind `full`, if it fills them to their end."""
    line, end = full.line, full.end
    if line.word(end) != "(" or full.type == "person":
        return None
    close = next((i for i in range(end + 1, min(len(line), end + _LONGEST)) if line.texts[i] == ")"), None)
    inside = [by_place[id(line), i] for i in range(end + 1, close or 0) if (id(line), i) in by_place]
    return inside[0] if len(inside) == 1 and inside[0].end == close else None


def _may_join(full: Candidate, short: Candidate) -> bool:
    if full.type == "place" or short.type in {"person", "unit"} or short.end - short.start > _SHORT:
        return False
    if short.is_known("place") and not short.entries[0].weak:
        return False
    acronym = short.text.isupper()
    return acronym or (bool(full.type) and short.start == full.end + 1)


def _bracketed(candidate: Candidate) -> bool:
    line = candidate.line
    alone = not candidate.type and candidate.alias_of is None and candidate.end - candidate.start == 1
    return alone and line.word(candidate.start - 1) == "(" and line.word(candidate.end) == ")"
