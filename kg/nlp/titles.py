"""Find titles: offices, ranks, roles, forms of address, with the modifiers before and the field behind them."""

from __future__ import annotations

from kg.nlp.candidates import Candidate, Held
from kg.nlp.knowledge import Knowledge, Title
from kg.nlp.lines import Line
from kg.nlp.people import POSSIBLE
from kg.nlp.phrases import Match

ADDRESS = frozenset({"honorific", "kinship"})
_LOWER = frozenset({"occupation", "kinship", "honorific", "role"})


class TitleReader:
    """Reads the title at a position of a line."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge

    def read(self, line: Line, at: int) -> Held | None:
        """The longest title at `at`, its modifiers and its field within; None where there is none."""
        position, prefix = self._modifiers(line, at)
        match = self._match(line, at, position)
        whole = self._match(line, at, at)
        if whole and (match is None or whole.end >= match.end):
            match, prefix = whole, ""
        if match is None:
            return None
        title, end = match.value, match.end
        if title.fields and end < len(line) and line.capital[end] and (field := self._known.fields.at(line.words, end)):
            end = field.end
        return Held(line, at, end, f"{prefix}-{title.group}" if prefix else title.group, title.kind, title)

    def _match(self, line: Line, at: int, position: int) -> Match[Title] | None:
        """The longest title at `position` whose capitals are those of a title."""
        matches = self._known.titles.prefixes(line.words, position)
        return next((match for match in matches if self._cased(line, at, match)), None)

    def _modifiers(self, line: Line, at: int) -> tuple[int, str]:
        """Where the title begins behind "phó", "cựu", "nữ", and what they make of its group."""
        known, position, prefix = self._known, at, ""
        while (modifier := known.modifiers.at(line.words, position)) and modifier.end < len(line):
            if not (known.titles.at(line.words, modifier.end) or known.modifiers.at(line.words, modifier.end)):
                break
            prefix = modifier.value or prefix
            position = modifier.end
        return position, prefix

    def _cased(self, line: Line, at: int, match: Match[Title]) -> bool:
        """Whether the capitals are those of a title: "Tổng Giám đốc" is one, "Triệu Phú" a name."""
        if line.shouted or self._known.proper_titles:
            return True
        kind = match.value.kind
        if kind in ADDRESS and line.capital[at] and not line.initial[at]:
            return False
        if match.start > at and line.capital[match.start] and kind in _LOWER:
            return False  # "Chị Y Mai": the capital begins the name
        last = match.end - 1
        if not any(line.capital[match.start + 1 : match.end]):
            return True
        if line.capital[last] and last > match.start and self._known.heads.at(line.words, last):
            return False
        return kind not in _LOWER or line.texts[match.start].isupper()

    def stands(self, line: Line, title: Held, found: list[Candidate] | None) -> bool:
        """Whether the words are a title here, and not the beginning of a longer name or an everyday word."""
        rival = found[0] if found else None
        if rival and rival.start == title.start and rival.end > title.end and rival.origin in {"gazetteer", "head"}:
            shape = self._known.people.shape(line.texts[title.end : rival.end])
            return rival.origin == "head" and shape >= POSSIBLE and not line.capital[title.start]
        if title.kind not in ADDRESS and (title.end - title.start > 1 or title.kind == "office"):
            return True
        following = title.end
        while following < len(line) and self.fills(line, following):
            following += 1
        if following >= len(line):
            return False
        return line.capital[following] or self._known.titles.at(line.words, following) is not None

    def fills(self, line: Line, at: int) -> bool:
        """Whether the word may stand between a title and its holder's name: "trung tướng về hưu X"."""
        return not line.capital[at] and line.words[at] in self._known.words["fillers"]
