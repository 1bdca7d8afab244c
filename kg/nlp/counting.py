"""Tell numbers that count or measure from those that name, order or score something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.nlp.patterns import PatternLanguage, any_of, opens_sentence

_LAST_WORD = re.compile(r"([^\s,;.:!?()]+)\s+\Z")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\Z")
_DIGIT_NEAR = re.compile(r"[\d%/]\s*\Z")
_DIGIT_NEXT = re.compile(r"\s*\d")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_NEVER = re.compile(r"(?!)")
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Site:
    """A number found in a text: where it stands and what follows it.

    `modified` says that a word such as "khoảng" stands before it, `measures` that a measuring unit follows, `measured`
    that a unit or a counted noun does.
    """

    text: str
    folded: str
    start: int
    end: int
    modified: bool
    measured: bool
    measures: bool

    @property
    def number(self) -> str:
        """The folded words of the number."""
        return self.folded[self.start : self.end]

    @property
    def before(self) -> str:
        """The folded words before it on its line."""
        return self.folded[max(0, self.start - _CONTEXT) : self.start].rpartition("\n")[2]


class Counting:
    """A language's words that tell what a number is for."""

    def __init__(self, table: Mapping[str, Any], patterns: PatternLanguage, *, where: str) -> None:
        def before(words: list[str]) -> re.Pattern[str]:
            return patterns.before(any_of(words), where=where) if words else _NEVER

        designations, sometimes = table["designations"], table["sometimes"]
        self._names = before(designations["names"])
        self._loose_names = before(designations["loose_names"])
        self._formations = re.compile(rf"(?<!\w)(?:{any_of(designations['formations'])})(?: \w+){{0,4}} \Z")
        self._orders = before(designations["orders"])
        self._counts = before(designations["counts"])
        self._scores = re.compile(rf"(?<!\w)(?:{any_of(designations['scores'])})(?!\w)[^.;]*\Z")
        self._phrases = patterns.here(any_of(designations["phrases"]), where=where)
        self._fractions = patterns.here(f"( )?({'|'.join(designations['fractions'])})", where=where)
        self._no_names = frozenset(designations.get("no_names", ()))
        self._one, self._year = sometimes["one"], sometimes["year"]
        self._one_after = before(sometimes["one_after"])
        self._year_after = before(sometimes["year_after"])
        self._year_after_uncounted = before(sometimes["year_after_uncounted"])
        number = patterns.plain("{number}", where=where)
        words = any_of(sometimes["enumerates"])
        self._enumerates = re.compile(rf"(?<!\w){number} [^.;\d]{{1,40}}?(?: (?:{words})|,) \Z")

    def counts(self, site: Site) -> bool:
        """Whether the number is a count or a measure."""
        if self._phrases.match(site.folded, site.start) or self._fractions.match(site.folded, site.end):
            return False
        if not self._sound(site):
            return False
        if site.number[0].isdigit():
            return self._digits_count(site)
        return self._words_count(site)

    def _sound(self, site: Site) -> bool:
        """Whether the number is not a part of something longer, such as "F-16", "2-1" or "54/2019/NĐ-CP"."""
        before, after = site.folded[max(0, site.start - 2) : site.start], site.folded[site.end : site.end + 2]
        glued_before = len(before) == 2 and before[1] in "-–/_" and not before[0].isspace()  # noqa: PLR2004 - two characters
        glued_after = len(after) == 2 and after[0] in "-–/_" and after[1].isalnum() and not site.measures  # noqa: PLR2004 - same
        return not glued_before and not glued_after

    def _digits_count(self, site: Site) -> bool:
        if site.modified:
            return True
        if (site.number[0] == "0" and site.number[1:2].isdigit()) or self._lists(site):
            return False
        if self._orders.search(site.before) and not self._counts.search(site.before):
            return False
        if self._names.search(site.before) and not (site.measures or self._counts.search(site.before)):
            return False
        if self._no_names and not site.measures and self._follows_name(site):
            return False
        return site.measured or not self._designates(site)

    def _designates(self, site: Site) -> bool:
        """Whether a number without unit or noun is a year, a score or a part of a name."""
        cues = (self._loose_names, self._formations, self._scores)
        return bool(
            _BARE_YEAR.fullmatch(site.number)
            or any(cue.search(site.before) for cue in cues)
            or self._follows_name(site)
        )

    def _lists(self, site: Site) -> bool:
        """Whether the number is that of an entry: "1." at the beginning of a line."""
        line_start = bool(_LIST_NUMBER.search(site.text, max(0, site.start - 5), site.start))
        return line_start and site.folded[site.end : site.end + 1] in {".", ")"}

    def _follows_name(self, site: Site) -> bool:
        """Whether a capitalised word that opens no sentence stands directly before: "Boeing 737"."""
        word = _LAST_WORD.search(site.text, max(0, site.start - _CONTEXT), site.start)
        if word is None or not word[1][0].isupper() or word[1].lower() in self._no_names:
            return False
        return bool(self._no_names) or not opens_sentence(site.text, word.start())

    def _words_count(self, site: Site) -> bool:
        if site.text[site.start].isupper() and not opens_sentence(site.text, site.start):
            return False
        if self._orders.search(site.before) and not self._counts.search(site.before):
            return False
        if site.number == self._one:
            return site.measures or site.modified or bool(self._one_after.search(site.before)) or self._continues(site)
        return site.number != self._year or self._is_five(site)

    def _is_five(self, site: Site) -> bool:
        """Whether "năm" is the number, not the year."""
        if (
            self._year_after.search(site.before)
            or _DIGIT_NEAR.search(site.before)
            or _DIGIT_NEXT.match(site.folded, site.end)
        ):
            return False
        return site.measured or not self._year_after_uncounted.search(site.before)

    def _continues(self, site: Site) -> bool:
        """Whether another number stands before it in the same enumeration."""
        return bool(self._enumerates.search(site.before))
