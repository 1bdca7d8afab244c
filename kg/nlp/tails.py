"""Follow a name from its head noun to its end: "Bộ | Giáo dục và Đào tạo", "Công an | huyện Đông Anh"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.gazetteer import Entry
from kg.nlp.inner_words import DASHES, InnerWords
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.people import LIKELY, POSSIBLE
from kg.nlp.runs import Runs
from kg.nlp.tail import Tail, Task

NUMBER = re.compile(r"\d{1,5}(?:/\d{4})?[A-ZĐa-z]?\d*|\d{1,4}-\d{2}[A-Z]?|[IVX]{1,5}")
_CODE = re.compile(r"[A-ZĐ]{1,5}[A-Za-zĐ]{0,5}-?\d+[A-Za-z0-9/\-]*|\d+[A-Z][A-Z0-9]*")
_DEEPEST = 3  # a department of an office of a ministry
_LONGEST = 28
_BODIES = frozenset({"organization", "unit"})
_NUMBERED = frozenset({"facility", "unit", "equipment", "document"})


class Tails:
    """The grammar of what follows a head noun."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = runs
        self._words = InnerWords(knowledge, runs)

    def follow(self, line: Line, at: int, task: Task) -> Tail:
        """What follows a head that ends at `at`; an empty tail where nothing does."""
        tail = Tail(at)
        position = at
        while position < min(len(line), at + _LONGEST):
            before = tail.end
            step = self._step(line, position, task, tail)
            if step <= position:
                break
            if tail.first < 0 and tail.end > before:
                tail.first = position
            position = step
        return tail

    def unnamed(self, line: Line, at: int) -> Tail:
        """What follows a capitalised head that no capital follows: "Hiệp định dẫn độ"."""
        tail = Tail(at, at)
        end = self._words.plain(line, at)
        if end > at:
            tail.take("word", end)
        return tail

    def _step(self, line: Line, at: int, task: Task, tail: Tail) -> int:
        """Take one part at `at`; the position behind it, or `at` when the name is over."""
        for part in (self._class_place, self._listed, self._numbered, self._nested):
            end = part(line, at, task, tail)
            if end > at:
                return end
        if not line.capital[at]:
            return self._words.take(line, at, task.head, tail)
        end = self._runs.word(line, at)
        return tail.take("word", end) if end > at else self._capitals(line, at, task, tail)

    # ---------------------------------------------------------------------------------------------------- places

    def _class_place(self, line: Line, at: int, task: Task, tail: Tail) -> int:
        """A class word with a place ("tỉnh Quảng Ninh", "quận 3"), or at the very end without one ("tỉnh")."""
        match = self._known.inner.at(line.words, at)
        word = self._known.compounds.at(line.words, at)
        if word and match and word.end > match.end:  # "xã hội" is no commune
            return at
        if match is None or (line.capital[at] and not line.texts[at].isupper() and at != tail.end):
            return at
        start = match.end + (line.word(match.end) == "." and match.end + 1 < len(line))
        end = self._place_end(line, start, task, tail) if start < len(line) else 0
        if end > start:
            tail.inner.append((start, end))
            return tail.take("class", end)
        holder = end == start  # a person's name follows: the class word stands for the body alone
        closes = self._known.sets["closers"].at(line.words, at) is not None and not line.capital[at]
        if task.head.tail == "body" and (holder or closes):
            return tail.take("closer", match.end)
        return at

    def _place_end(self, line: Line, start: int, task: Task, tail: Tail) -> int:
        """Where the place at `start` ends; `start` itself where a person's name stands there, 0 where nothing fits."""
        found = self._runs.listed(line, start)
        run = self._runs.run(line, start)
        if found and found[1][0].type == "place" and not (found[0] - start == 1 and run > found[0]):
            tail.places.append(found[1][0])
            return found[0]
        if task.titled and task.head.tail == "body" and self._people.shape(line.texts[start:run]) >= LIKELY:
            return start
        if line.capital[start] and line.texts[start][0].isalpha() and self._runs.word(line, start) == start:
            return self._runs.place(line, start, titled=task.titled)
        return start + 1 if NUMBER.fullmatch(line.texts[start]) else 0

    def _listed(self, line: Line, at: int, task: Task, tail: Tail) -> int:
        """A place or a body of the gazetteer."""
        found = self._runs.listed(line, at)
        if found is None:
            return at
        end, entry = found[0], found[1][0]
        if entry.type not in {"place", "organization", task.head.type} or entry.type == "person":
            return at
        if not self._fits(line, at, end, entry, task, tail):
            return at
        if entry.type != "place":
            return tail.take("body", end)
        tail.places.append(entry)
        tail.inner.append((at, end))
        return tail.take("place", end)

    def _fits(self, line: Line, at: int, end: int, entry: Entry, task: Task, tail: Tail) -> bool:
        longer = self._runs.run(line, at) > end
        named = task.head.tail == "name"
        if longer and ((entry.weak and end - at == 1) or (entry.subtype != "State" and named)):
            return False
        if entry.type == "organization":
            return line.capital[at]
        again = "place" in tail.kinds and tail.end == at
        return not (again and entry.type == "place" and not named)

    # --------------------------------------------------------------------------------------------------- numbers

    def _numbered(self, line: Line, at: int, task: Task, tail: Tail) -> int:
        """Designations: "số 3", "249", "K53"."""
        head = task.head
        match = self._known.sets["numbers"].at(line.words, at)
        if (
            match
            and match.end < len(line)
            and NUMBER.fullmatch(line.texts[match.end])
            and self._may_count(head, line, at)
        ):
            return tail.take("number", match.end + 1)
        code = _CODE.fullmatch(line.texts[at]) is not None
        if not code and not NUMBER.fullmatch(line.texts[at]):
            return at
        if at > tail.end and head.tail != "number" and head.type != "facility":
            return at
        designed = head.type in _NUMBERED or (head.type == "organization" and head.tail == "name" and bool(tail.kinds))
        if (
            not (code or head.tail == "number" or head.number or designed)
            or line.word(at + 1) in self._known.words["units"]
        ):
            return at
        slash = at + 2 < len(line) and line.texts[at + 1] == "/" and line.capital[at + 2]
        return tail.take("number", at + 3 if slash else at + 1)

    def _may_count(self, head: Head, line: Line, at: int) -> bool:
        counted = {*_NUMBERED, "event", "organization"} - {"equipment"}
        return head.tail == "number" or bool(head.number) or head.type in counted or line.capital[at - 1]

    # ---------------------------------------------------------------------------------------------------- bodies

    def _nested(self, line: Line, at: int, task: Task, tail: Tail) -> int:
        """Another body inside the name: "Phòng Cảnh sát hình sự | Công an Hà Nội"."""
        head = task.head
        if head.type not in {*_BODIES, "facility"} or head.number == "must" or task.depth >= _DEEPEST:
            return at
        for match in self._known.heads.prefixes(line.words, at):
            if match.end - at == 1 and self._runs.family(line, at):
                continue
            for inner in match.value:
                if not self._may_nest(inner, capital=line.capital[at]):
                    continue
                found = self.follow(line, match.end, replace(task, head=inner, depth=task.depth + 1))
                if found.end > match.end or inner.bare == "always":
                    tail.inner += found.inner
                    tail.places += found.places
                    return tail.take("nested", max(found.end, match.end))
        return at

    def _may_nest(self, inner: Head, *, capital: bool) -> bool:
        body = inner.type in _BODIES and inner.keep and inner.place != "drop"
        return body and (capital or (inner.nests and not inner.capital))

    # -------------------------------------------------------------------------------------------------- capitals

    def _capitals(self, line: Line, at: int, task: Task, tail: Tail) -> int:
        """A run of capitals: any name for heads that take one, for others nothing that looks like a person's."""
        end = self._runs.run(line, at)
        if end == at or (task.head.tail != "name" and tail.last in {"place", "class", "closer"}):
            return at
        shape = self._people.shape(line.texts[at:end])
        if tail.last in {"place", "class", "closer"} and shape >= POSSIBLE:
            return at
        if task.head.tail == "body" and tail.kinds and self._people.native(line.texts[at]) and shape >= LIKELY:
            return at
        if task.titled:
            if self._is_holder(line, at, end, task.head, tail):
                return at
            end = next((c for c in range(at + 1, end - 1) if self._people.shape(line.texts[c:end]) >= LIKELY), end)
        return tail.take("name", self._across(line, end, task.head))

    def _is_holder(self, line: Line, at: int, end: int, head: Head, tail: Tail) -> bool:
        """Whether the capitals behind a titled head are the name of the title's holder."""
        foreign = not self._people.native(line.texts[at]) and end - at > 1
        if foreign and not tail.kinds and (head.bare or head.role):
            return True
        alone = bool(head.bare) and line.capital[at - 1]
        enough = POSSIBLE if tail.kinds or alone else LIKELY
        takes_names = head.tail == "name" and not tail.kinds and line.capital[at - 1]
        return self._people.shape(line.texts[at:end]) >= enough and not takes_names

    def _across(self, line: Line, end: int, head: Head) -> int:
        """The end behind a dash between two names of one site: "Lò Gò - Xa Mát"."""
        after = end + 1
        if head.type != "facility" or after >= len(line) or line.texts[end] not in DASHES:
            return end
        named = line.capital[after] and not line.initial[after] and line.texts[after][0].isalpha()
        return self._runs.run(line, after) if named else end
