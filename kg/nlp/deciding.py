"""Decide of each candidate whether it is a name, and of which type, with the whole document in view."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.nlp.candidates import Candidate
from kg.nlp.knowledge import Knowledge
from kg.spelling import fold

ENOUGH = 0.8
_ADVERBS = ("đã", "đang", "sẽ", "cũng", "vừa", "từng", "không", "chưa", "còn", "lại", "liền", "bèn", "thì", "vẫn", "mới")
_LONGEST_CUE = 4
_SHARED = frozenset({"person", "place", "organization", "equipment"})


class Decider:
    """Weighs what speaks for each type, name by name, over all places of a document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge

    def decide(self, candidates: Sequence[Candidate]) -> None:
        """Set `type` of every candidate, "untyped" where nothing decides, and `dropped` where it is no name."""
        outer = [c for c in candidates if c.origin != "inner"]
        for candidate in outer:
            self._around(candidate)
            self._peoples(candidate)
        self._aliases(outer)
        self._parts(outer)
        self._memory(outer)
        for _ in range(2):
            self._neighbours(outer)
            self._settle(outer)
        for candidate in outer:
            if not candidate.type:
                candidate.type = "untyped"

    # ---------------------------------------------------------------------------------------------------- context

    def _around(self, candidate: Candidate) -> None:
        line, start, end = candidate.line, candidate.start, candidate.end
        for length in range(_LONGEST_CUE, 0, -1):
            match = self._known.left.at(line.words, start - length) if start >= length else None
            if match and match.end == start:
                for kind, weight in match.value:
                    candidate.vote(kind, weight)
                break
        after = end
        while after < len(line) and line.words[after] in _ADVERBS:
            after += 1
        match = self._known.right.at(line.words, after) if after < len(line) else None
        if match:
            for kind, weight in match.value:
                candidate.vote(kind, weight)
        if self._aged(candidate):
            candidate.vote("person", 3.0)
            known = bool(candidate.entries) and candidate.entries[0].type == "place"
            if known and candidate.votes["place"] < 1 and candidate.origin == "gazetteer":
                candidate.type = "person"
        elif candidate.votes["place"] < 2 and self._described(candidate):  # noqa: PLR2004 - "tại Hoa, phó giám đốc": a new phrase begins
            candidate.vote("person", 3.0)
        if self._located(candidate):
            candidate.vote("place", 2.0)
        if start == 0 and line.word(end) in {"-", "–"} and candidate.type in {"", "place"}:
            candidate.vote("place", 2.0)

    def _peoples(self, candidate: Candidate) -> None:
        """A language ("tiếng Anh") or a people ("người Tày") is no name; "người Nga" names the country."""
        before = candidate.line.word(candidate.start - 1)
        words = self._known.words
        known = bool(candidate.entries) and candidate.entries[0].type == "place"
        tribe = candidate.end - candidate.start == 1 or self._known.stops.at(candidate.line.words, candidate.start) is not None
        if before in words["tongues"] or (before in words["peoples"] and not known and candidate.origin == "run" and tribe):
            candidate.dropped = True

    def _aged(self, candidate: Candidate) -> bool:
        """ "Hoa, 38 tuổi", "Hoa (SN 1990"."""
        line, end = candidate.line, candidate.end
        if line.word(end) in {",", "("}:
            if line.word(end + 1).isdigit() and line.word(end + 2) in self._known.words["age"]:
                return True
            return line.word(end + 1) in {"sn", "sinh"} and (line.word(end + 2).isdigit() or line.word(end + 2) == "năm")
        return line.word(end).isdigit() and line.word(end + 1) in self._known.words["age"]

    def _located(self, candidate: Candidate) -> bool:
        """ "Y Tý (Lào Cai)": a place in brackets behind a name that looks like no person's."""
        line, end = candidate.line, candidate.end
        if candidate.type or line.word(end) != "(" or candidate.votes["person"] > 1:
            return False
        return any(e.type == "place" and not e.weak for m in self._known.surfaces.prefixes(line.words, end + 1) if line.word(m.end) == ")" for e in (s.entry for s in m.value))

    def _described(self, candidate: Candidate) -> bool:
        """ "Hoa, phó giám đốc": a title in lower case behind a comma."""
        line, end = candidate.line, candidate.end
        if line.word(end) not in {",", "-", "–"} or end + 1 >= len(line) or line.capital[end + 1]:
            return False
        at = end + 1
        modifier = self._known.modifiers.at(line.words, at)
        match = self._known.titles.at(line.words, at) or (modifier and self._known.titles.at(line.words, modifier.end))
        return bool(match) and match.value.kind in {"office", "rank", "occupation", "kinship", "role"} and match.end < len(line) and not (line.capital[match.end] and match.value.kind != "office" and match.value.kind != "kinship")  # type: ignore[union-attr]

    def _aliases(self, candidates: Sequence[Candidate]) -> None:
        """ "Tổ chức Y tế Thế giới (WHO)": what stands in brackets behind a body's name is its short form."""
        by_place = {(id(c.line), c.start): c for c in candidates}
        for full in candidates:
            line, end = full.line, full.end
            if line.word(end) != "(" or full.type == "person":
                continue
            close = next((i for i in range(end + 1, min(len(line), end + 12)) if line.texts[i] == ")"), None)
            if close is None:
                continue
            inside = [by_place[id(line), i] for i in range(end + 1, close) if (id(line), i) in by_place]
            if len(inside) != 1 or inside[0].end != close:
                continue
            short = inside[0]
            if full.type in {"", "place"} and not short.text.isupper():
                continue
            if full.type == "place" or (short.entries and short.entries[0].type == "place" and not short.entries[0].weak):
                continue
            if short.end - short.start > 3 or short.type in {"person", "unit"}:
                continue
            if short.start != end + 1 and not short.text.isupper():
                continue
            short.alias_of = full
            if full.type:
                short.type = full.type
            elif short.type:
                full.vote(short.type, 2.0)

    def _parts(self, candidates: Sequence[Candidate]) -> None:
        """ "Codelco Máximo Pacheco" behind a title, where "Codelco" stands alone elsewhere: only the rest is the person."""
        alone = {c.key for c in candidates if c.title is None and c.end - c.start == 1}
        for candidate in candidates:
            if candidate.title is None or candidate.type or candidate.end - candidate.start < 3 or candidate.origin != "run":  # noqa: PLR2004 - a body and a full name
                continue
            if fold(candidate.texts[0]) in alone and candidate.votes["person"] > 2 and not self._known.people.shape(candidate.texts):  # noqa: PLR2004 - by its title
                candidate.start += 1
                candidate.name_start = candidate.start
        brackets = [c for c in candidates if not c.type and not c.alias_of and c.line.word(c.start - 1) == "(" and c.line.word(c.end) == ")"]
        for short in brackets:
            before = [c for c in candidates if c.line is short.line and 0 < short.start - c.end < 16 and c.origin == "head"]  # noqa: PLR2004 - further back it is another's
            if before and short.end - short.start == 1:
                short.vote(before[-1].type, 1.0)

    # ----------------------------------------------------------------------------------------------------- memory

    def _memory(self, candidates: Sequence[Candidate]) -> None:
        """Let every place where a name stands speak for all others of the same words."""
        groups: defaultdict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            groups[candidate.line.text(candidate.name_start if candidate.origin == "class" else candidate.start, candidate.end).lower()].append(candidate)
        people = self._people(candidates)
        for candidate in candidates:
            namesake = candidate.key in people and candidate.origin == "gazetteer" and candidate.type == "place"
            single = candidate.end - candidate.start == 1 and self._known.people.native(candidate.texts[0])
            if namesake and single and candidate.votes["place"] < 1 and candidate.title is None:
                candidate.type = "person"
        for group in groups.values():
            votes: Counter[str] = Counter()
            for candidate in group:
                votes.update(candidate.votes)
                if candidate.type:
                    votes[candidate.type] += 2.0 if not candidate.votes.get("person") else 1.0  # type: ignore[assignment]
            if group[0].key in people:
                votes["person"] += 2.5  # type: ignore[assignment]
            bold = any(not c.timid for c in group)
            for candidate in group:
                if candidate.type and candidate.origin != "class" and not candidate.timid:
                    continue
                if candidate.type and candidate.origin == "class":
                    continue
                own = Counter(candidate.votes)
                for kind, weight in votes.items():
                    own[kind] += min(weight - candidate.votes[kind], 3.0) * 0.6  # type: ignore[assignment]
                candidate.votes = own
                if candidate.timid and not (bold or max(own.values(), default=0) >= 2.5):
                    candidate.dropped = True

    def _people(self, candidates: Sequence[Candidate]) -> set[str]:
        """Short forms of the people named in full: every last word, and every first or last two."""
        short: set[str] = set()
        for candidate in candidates:
            words = candidate.key.split()
            sure = candidate.type == "person" or candidate.votes["person"] >= 1.8
            if len(words) > 1 and sure and not candidate.dropped:
                short |= {words[-1], " ".join(words[-2:]), words[0]} if len(words) > 2 else {words[-1], words[0]}
        return short

    # ------------------------------------------------------------------------------------------------- neighbours

    def _neighbours(self, candidates: Sequence[Candidate]) -> None:
        """Names in one list are of one type."""
        ordered = sorted((c for c in candidates if not c.dropped), key=lambda c: (c.line.index[c.start], -c.end))
        for first, second in zip(ordered, ordered[1:], strict=False):
            if first.line is not second.line:
                continue
            gap = first.line.words[first.end : second.start]
            if second.origin == "class":
                gap = first.line.words[first.end : max(first.end, second.start - 1)] or gap
            if not gap or len(gap) > 2 or any(word not in self._known.words["joins"] for word in gap):
                continue
            if not first.type and second.type in _SHARED:
                first.vote(second.type, 1.0)
            elif not second.type and first.type in _SHARED:
                second.vote(first.type, 1.0)
            elif not second.type and first.type == "facility" and gap == (",",):
                second.vote("place", 1.2)

    def _settle(self, candidates: Sequence[Candidate]) -> None:
        for candidate in candidates:
            if candidate.type or candidate.dropped or not candidate.votes:
                continue
            kind, weight = max(candidate.votes.items(), key=lambda item: (item[1], item[0]))
            if weight >= ENOUGH:
                candidate.type = kind
