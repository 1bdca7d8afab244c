"""Compile the pattern language of the language files, and find the leftmost longest matches of many rules.

A pattern is a regular expression with three additions: a space stands for the gap between two words of a line,
`<slot>` for a value of the slot of that name, `{piece}` for a pattern defined once. `<slot:field>` stores the value
under another name. A slot is a table from words to values, a range of integers, a pattern, or several of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.errors import LanguageDataError

Fields = dict[str, Any]
T = TypeVar("T")

GAP = r"[^\S\n]{1,3}"
# A match begins and ends at the edge of a word, and cuts neither "12/8/2024" nor "F-16" in two.
_BEFORE = r"(?<!\w)(?<!\d[.,/:])(?<![^\W\d_][-–])"
_AFTER = r"(?!\w)(?![.,/:]\d)"
# Where a match may begin: at a word, the first of several digits, or a sign of money.
_TOKEN = re.compile(r"(?<!\w)(?:[^\W\d_]+|\d)|[$€£¥₫]")
_DIGIT = "0"
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;\n\"“”'‘’(\[–-])\s*\Z")
_REFERENCE = re.compile(r"<(\w+)(?::(\w+))?>|\{([a-z_]+)\}| ")


def fold(text: str) -> str:
    """`text` in lower case, code point by code point, so that offsets stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a capital letter at `start` is no sign of a name."""
    return bool(_SENTENCE_START.search(text, max(0, start - 5), start))


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
    starts: frozenset[str]
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
        regex = _compiled(f"{_BEFORE}(?:{body}){_AFTER}", name)
        return Rule(entry["id"], regex, tuple(groups), _starts(body), options)

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


def _starts(regex: str) -> frozenset[str]:
    """The words and signs that stand in a regular expression, and whether digits do: a match begins with one of them."""
    literal = re.sub(r"\(\?P<\w+>|\(\?[:=!]|\{\d+(?:,\d*)?\}", " ", regex.replace(GAP, " "))
    literal = re.sub(r"\\d", _DIGIT, literal)
    return frozenset(_DIGIT if token.isdigit() else token for token in re.findall(r"[^\W\d_]+|\d|[$€£¥₫]", literal))


def _compiled(regex: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as error:
        raise LanguageDataError(f"{where}: {error}") from error


class RuleSet:
    """Rules to be tried together on a text.

    A rule is tried only where a word stands that its pattern has, or a digit or sign of money if its pattern has one:
    patterns must not begin with "any word". So the time is linear in the text, and most words cost one look-up. A rule
    that `needs` words is left out where the text has none of them.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_start: dict[str, list[Rule]] = {}
        self._needy: dict[tuple[str, ...], set[str]] = {}
        for rule in rules:
            if "needs" in rule.options:
                self._needy.setdefault(tuple(rule.options["needs"]), set()).add(rule.id)
            for word in sorted(rule.starts):
                self._by_start.setdefault(word, []).append(rule)

    def scan(self, folded: str, accept: Callable[[Rule, re.Match[str]], T | None]) -> Iterator[T]:
        """What `accept` makes of the matches in folded text: leftmost, then longest, then the earlier rule; none overlap.

        A match for which `accept` returns None leaves its place to the others.
        """
        position = 0
        awake: dict[str, list[Rule]] = {}
        idle: set[str] = set()
        for words, rules_of in self._needy.items():
            if not any(map(folded.__contains__, words)):
                idle |= rules_of
        for token in _TOKEN.finditer(folded):
            start = token.start()
            if start < position:
                continue
            word = _DIGIT if token[0].isdigit() else token[0]
            if word not in self._by_start:
                continue
            rules = awake.get(word)
            if rules is None:
                rules = awake[word] = [rule for rule in self._by_start[word] if rule.id not in idle]
            matches = [(rule, match) for rule in rules if (match := rule.regex.match(folded, start))]
            for rule, match in sorted(matches, key=lambda found: -found[1].end()):
                accepted = accept(rule, match)
                if accepted is not None:
                    yield accepted
                    position = match.end()
                    break
