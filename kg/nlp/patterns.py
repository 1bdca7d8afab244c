"""Compile the pattern language of the language files, and find the leftmost longest matches of many rules.

A pattern is a regular expression with three additions: a space stands for the gap between two words of a line,
`<slot>` for a value of the slot of that name, `{piece}` for a pattern defined once. `<slot:field>` stores the value
under another name. A slot is a table from words to values, a range of integers, a pattern, or several of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.errors import LanguageDataError

Fields = dict[str, Any]
T = TypeVar("T")

GAP = r"[^\S\n]{1,3}"
# A match begins and ends at the edge of a word, and cuts no number such as "1.250,75" or "12/8/2024" in two.
_BEFORE = r"(?<!\w)(?<!\d[.,/:])"
_AFTER = r"(?!\w)(?![.,/:]\d)"
_REFERENCE = re.compile(r"<(\w+)(?::(\w+))?>|\{([a-z_]+)\}| ")


def fold(text: str) -> str:
    """`text` in lower case, code point by code point, so that offsets stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def word_regex(phrase: str) -> str:
    """A phrase as a regular expression, any gap between its words."""
    return GAP.join(re.escape(word) for word in phrase.split())


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for one of the phrases, longest first."""
    return "|".join(word_regex(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p)))


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand at a `<slot>`: words with their values, integers of a range, or text of a pattern.

    `Slot(words={"tư": 4}, range=(1, 12))` reads "tư" and "04" as 4.
    """

    words: Mapping[str, Any] = field(default_factory=dict)
    range: tuple[int, int] | None = None
    pattern: str = ""

    def regex(self) -> str:
        """Longest words first, then digits."""
        digits = rf"\d{{1,{len(str(self.range[1]))}}}" if self.range else ""
        return "|".join(filter(None, (any_of(self.words), digits, self.pattern)))

    def value(self, text: str) -> Any:
        """What the words mean; None when the number is out of range."""
        words = " ".join(text.split())
        if words in self.words:
            return self.words[words]
        if self.range is None:
            return words
        return int(words) if self.range[0] <= int(words) <= self.range[1] else None


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule of a language file; `options` are its other keys."""

    id: str
    regex: re.Pattern[str]
    groups: tuple[tuple[str, str, Slot], ...]
    options: Mapping[str, Any]

    def fields(self, match: re.Match[str]) -> Fields | None:
        """The values of the slots that matched, by field; None when one is out of its range."""
        found: Fields = dict(self.options.get("set", {}))
        for group, name, slot in self.groups:
            text = match[group]
            if text is None:
                continue
            found[name] = slot.value(text)
            if found[name] is None:
                return None
        return found

    def span(self, match: re.Match[str], name: str) -> tuple[int, int]:
        """Where the slot of a field matched; (-1, -1) if it did not."""
        spans = (match.span(group) for group, field_name, _ in self.groups if field_name == name)
        return next((span for span in spans if span[0] >= 0), (-1, -1))


class PatternLanguage:
    """The slots and pieces that the patterns of a language may name."""

    def __init__(self, *tables: Mapping[str, Any]) -> None:
        self._pieces: dict[str, str] = {}
        for table in tables:
            self._pieces |= table.get("piece", {})
        self._slots: dict[str, Slot] = {}
        for table in tables:
            for name, entry in table.get("slot", {}).items():
                pattern = self._expand(entry.get("pattern", ""), where=f"slot {name}", groups=None)
                limits = entry.get("range")
                self._slots[name] = Slot(entry.get("words", {}), tuple(limits) if limits else None, pattern)

    def rule(self, entry: Mapping[str, Any], *, where: str) -> Rule:
        """A rule of a language file, compiled; an error names the rule."""
        groups: list[tuple[str, str, Slot]] = []
        name = f"{where}: rule {entry.get('id')!r}"
        body = self._expand(entry["pattern"], where=name, groups=groups)
        options = {key: value for key, value in entry.items() if key not in {"id", "pattern"}}
        return Rule(entry["id"], _compiled(f"{_BEFORE}(?:{body}){_AFTER}", name), tuple(groups), options)

    def plain(self, pattern: str, *, where: str) -> str:
        """A pattern as a regular expression without groups."""
        return f"(?:{self._expand(pattern, where=where, groups=None)})"

    def before(self, pattern: str, *, where: str) -> re.Pattern[str]:
        """A pattern that must end where the text given to `search` ends."""
        return _compiled(rf"(?<!\w)(?:{self._expand(pattern, where=where, groups=None)})\W?\Z", where)

    def here(self, pattern: str, *, where: str) -> re.Pattern[str]:
        """A pattern to `match` at a place, up to the edge of a word."""
        return _compiled(rf"(?:{self._expand(pattern, where=where, groups=None)})(?!\w)", where)

    def _expand(self, pattern: str, *, where: str, groups: list[tuple[str, str, Slot]] | None) -> str:
        def replace(part: re.Match[str]) -> str:
            slot_name, field_name, piece = part.groups()
            if piece:
                if piece not in self._pieces:
                    raise LanguageDataError(f"{where}: no piece {{{piece}}}")
                return f"(?:{self._expand(self._pieces[piece], where=where, groups=groups)})"
            if not slot_name:
                return GAP
            if slot_name not in self._slots:
                raise LanguageDataError(f"{where}: no slot <{slot_name}>")
            slot = self._slots[slot_name]
            if groups is None:
                return f"(?:{slot.regex()})"
            groups.append((f"g{len(groups)}", field_name or slot_name, slot))
            return f"(?P<{groups[-1][0]}>{slot.regex()})"

        return _REFERENCE.sub(replace, pattern)


def _compiled(regex: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as error:
        raise LanguageDataError(f"{where}: {error}") from error


def scan(rules: Sequence[Rule], folded: str, accept: Callable[[Rule, re.Match[str]], T | None]) -> Iterator[T]:
    """What `accept` makes of the matches of `rules`: leftmost, then longest, then the earlier rule; none overlap.

    A match for which `accept` returns None leaves its place to the others.
    """
    heads = [(rule, rule.regex.search(folded)) for rule in rules]
    position = 0
    while True:
        heads = [
            (rule, rule.regex.search(folded, position) if match.start() < position else match)
            for rule, match in heads
            if match
        ]
        live = [(match.start(), -match.end(), order) for order, (_, match) in enumerate(heads) if match]
        if not live:
            return
        rule, match = heads[min(live)[2]]
        assert match is not None  # noqa: S101 - only live heads are ordered
        accepted = accept(rule, match)
        if accepted is None:
            heads[min(live)[2]] = (rule, rule.regex.search(folded, match.start() + 1))
            continue
        yield accepted
        position = match.end()
