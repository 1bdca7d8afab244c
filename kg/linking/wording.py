"""Read from the words around a name what it is the name of, and from a text what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg import lexicon, resources
from kg.spelling import fold, unmarked

_REACH = 60
_TABLE, _EXONYMS = "linking", "exonyms"
_AGE = re.compile(r",\s+\d{1,3}(?:\s+tuổi|-year-old)?\s*,")
_WITHIN = frozenset({"Region", "District", "City"})
PRIVATE = frozenset({"occupation", "kinship"})
OFFICE = frozenset({"office"})


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language speaks of what has a name; `kinds` maps words to classes of the ontology, by where they stand."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    apposed: re.Pattern[str]
    kinds: dict[str, dict[str, str]]
    attached_after: re.Pattern[str]
    attached_before: re.Pattern[str]
    enumeration: tuple[str, ...]
    juxtaposed: bool
    located: re.Pattern[str]
    private_before: re.Pattern[str]
    private_after: re.Pattern[str]
    syllables: tuple[tuple[str, tuple[str, ...]], ...]
    topics: dict[str, re.Pattern[str]]
    scenes: dict[str, re.Pattern[str]]
    titles: dict[str, str]
    renamed: tuple[tuple[re.Pattern[str], str, str], ...]
    exonyms: dict[str, tuple[str, str]]

    def exonym(self, name: str) -> tuple[str, str] | None:
        """Under which English name the packs have what this language calls `name`, and of which class it is."""
        return self.exonyms.get(fold(name))

    def otherwise(self, name: str) -> tuple[tuple[str, str], ...]:
        """Other ways to write a name, each with the language: "sân bay Heathrow" is "Heathrow Airport" in English."""
        found = ((language, form, pattern.fullmatch(name)) for pattern, language, form in self.renamed)
        return tuple((language, form.format(match[1])) for language, form, match in found if match)

    def kind(self, text: str, start: int, end: int) -> str | None:
        """The class that the words around `start` to `end` say the name is of, the nearest words first; None if none do."""
        left, right = fold(text[max(0, start - _REACH) : start]), fold(text[end : end + _REACH])
        found = (
            ("before", self.before.search(left)),
            ("after", self.after.match(right)),
            ("apposition", self.apposed.match(right)),
        )
        if _AGE.match(right):
            return "Person"
        told = (self.kinds[place][match[1]] for place, match in found if match)
        return next(filter(None, told), None) or self._within(fold(text[start:end]))

    def _within(self, name: str) -> str | None:
        """The class that a name's own first or last word says it is of, where that word is not part of many names."""
        first, *rest = name.split()
        ends = ((" ".join((first, *rest[:1])), "before"), (first, "before"), (rest[-1] if rest else "", "after"))
        found = (self.kinds[place].get(words) for words, place in ends if rest)
        own = (self.kinds["within"].get(words) for words, _ in ends if rest)
        return next(filter(None, own), None) or next((kind for kind in found if kind in _WITHIN), None)

    def is_located(self, text: str, start: int) -> bool:
        """Whether the words before a name say that something is, or goes, there."""
        return self.located.search(fold(text[max(0, start - _REACH) : start])) is not None

    def is_private(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a name tell of a person whom readers are not supposed to know."""
        before = self.private_before.search(fold(text[max(0, start - _REACH) : start]))
        behind = self.private_after.match(fold(text[end : end + _REACH]))
        return before is not None or (behind is not None and not self.topics["politics"].search(behind[0]))

    def about(self, text: str) -> tuple[str, ...]:
        """The topics that a text has words of."""
        folded = fold(text)
        return tuple(topic for topic, words in self.topics.items() if words.search(folded))

    def scene(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """The classes of places, of the words between `start` and `end` in which such things happen."""
        folded = fold(text[start:end])
        return tuple(kind for kind, words in self.scenes.items() if words.search(folded))

    def title(self, words: str) -> str | None:
        """The kind of a title, such as "office"; that of the longest one that `words` begin or end with."""
        folded = fold(words).strip()
        parts = folded.split()
        for length in range(len(parts), 0, -1):
            for some in (parts[-length:], parts[:length]):
                if (kind := self.titles.get(" ".join(some))) is not None:
                    return kind
        return None


@cache
def of(language: str) -> Wording | None:
    """The wording of a language; None for one that has no table of it."""
    if not (resources.language(language) / f"{_TABLE}.toml").is_file():
        return None
    table = lexicon.table(language, _TABLE)
    kinds: dict[str, dict[str, str]] = {
        place: {fold(word): kind["class"] for kind in table["kind"] for word in kind.get(place, ())}
        for place in ("before", "after", "apposition", "within")
    }
    fillers = rf"(?:[\w’'-]+\s+){{0,{int(table['fillers'])}}}?"
    attached: dict[str, Any] = table["attached"]
    return Wording(
        before=re.compile(rf"(?<!\w)({_any(kinds['before'])})\s+$"),
        after=re.compile(rf"(?:['’]s)?\s+({_any(kinds['after'])})(?!\w)"),
        apposed=re.compile(rf",\s+{fillers}({_any(kinds['apposition'])})(?!\w)"),
        kinds=kinds,
        attached_after=_either(attached["after"]),
        attached_before=_either(attached["before"]),
        enumeration=tuple(attached["enumeration"]),
        juxtaposed=bool(attached.get("juxtaposed")),
        located=re.compile(rf"(?<!\w)(?:{_any(map(fold, table['located']))})\s+$"),
        private_before=re.compile(rf"(?<!\w)(?:{_any(map(fold, table['private']['before']))})\s+$"),
        private_after=_either(table["private"]["after"]),
        syllables=tuple((fold(own), tuple(others)) for own, others in table.get("syllables", {}).items()),
        topics={
            topic: re.compile(rf"(?<!\w)(?:{_any(map(fold, words))})(?!\w)") for topic, words in table["topics"].items()
        },
        renamed=tuple(
            (re.compile(re.escape(written).replace(r"\{\}", "(.+)"), re.IGNORECASE), other, form)
            for own, other, form in table["renamed"]
            for written in dict.fromkeys((own, unmarked(own)))
        ),
        exonyms=_exonyms(language),
        scenes={
            kind: re.compile(rf"(?<!\w)(?:{_any(map(fold, words))})(?!\w)") for kind, words in table["scenes"].items()
        },
        titles={
            fold(phrase): group["kind"]
            for group in lexicon.table(language, "titles")["group"]
            for phrase in group["phrases"]
        },
    )


def _exonyms(language: str) -> dict[str, tuple[str, str]]:
    """By folded name, also without marks where that is more than one word, an English name and the class."""
    if not (resources.language(language) / f"{_EXONYMS}.toml").is_file():
        return {}
    rows = [
        (own, (other, kind))
        for kind, names in lexicon.table(language, _EXONYMS).items()
        for own, other in names.items()
    ]
    plain = {fold(unmarked(own)): other for own, other in rows if " " in own}
    return plain | {fold(own): other for own, other in rows}


@cache
def described(description: str) -> frozenset[str]:
    """The topics that an English description of an item has words of."""
    words = set(re.findall(r"\w+", fold(description)))
    return frozenset(topic for topic, known in _topics().items() if words.intersection(known))


@cache
def _topics() -> dict[str, list[str]]:
    return dict(lexicon.read_toml(Path(__file__).with_name("topics.toml")))


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def _any(words: Iterable[str]) -> str:
    """A pattern for one of some words, the longest first; one that matches nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"
