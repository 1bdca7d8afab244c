"""Tell names of people by their form: family names, given names, the build of a syllable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg import lexicon, resources
from kg.spelling import bare, fold, unmarked

_REMEMBERED = 65536  # words whose build is known already
_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
_KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]{1,6}")
_INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ])*\.?")
SURE, LIKELY, POSSIBLE = 3.0, 1.8, 0.8
_FULL = (3, 4)  # words of a full Vietnamese name


@dataclass(frozen=True, slots=True)
class People:
    """What a language knows about names of people."""

    surnames: frozenset[str]
    common: frozenset[str]
    korean: frozenset[str]
    given: frozenset[str]
    particles: frozenset[str]
    syllable: re.Pattern[str]
    lent: re.Pattern[str]
    last: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    _seen: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def native(self, text: str) -> bool:
        """Whether `text` is built like a Vietnamese syllable."""
        known = self._seen.get(text)
        if known is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            known = self._seen[text] = bool(self.syllable.fullmatch(_toneless(fold(text))))
        return known

    def key(self, text: str) -> str:
        """How a word is compared: folded, and a foreign one without its diacritics ("Bogotá" as "bogota")."""
        folded = fold(text)
        for one, other in self.same.items():
            folded = folded.replace(one, other)
        return folded if not folded.isalpha() or folded.isascii() or self.native(text) else bare(folded)

    def abroad(self, name: Sequence[str]) -> bool:
        """Whether a name is built as the language that lends its lists builds a full one: "Le Hoang Son", "Phạm Quốc Thái"."""
        full = len(name) in _FULL and self.family(name[0])
        return full and all(self.lent.fullmatch(unmarked(fold(word))) for word in name)

    def family(self, text: str) -> bool:
        """Whether `text` is a family name written the Vietnamese way."""
        return fold(text) in self.surnames

    def shape(self, name: Sequence[str]) -> float:
        """How much the words of `name` look like a person's name: 0 not at all, 3 surely."""
        if not name:
            return 0.0
        if all(self.native(word) for word in name):
            return self._native_shape(name)
        return self._foreign_shape(name)

    def _native_shape(self, name: Sequence[str]) -> float:
        if self.family(name[0]):
            return {2: POSSIBLE, 3: LIKELY, 4: LIKELY, 5: 1.2}.get(len(name), 0.0)
        if len(name) > 1 and name[0] in self.korean:
            return POSSIBLE
        return 0.0

    def _foreign_shape(self, name: Sequence[str]) -> float:
        if len(name) > 1 and any(_KOREAN.fullmatch(word) for word in name[1:]) and name[0] in self.korean:
            return SURE
        if self.abroad(name):
            return LIKELY
        if name[0] in self.given:
            return 2.0 if len(name) > 1 else 0.5
        if len(name) > 1 and name[0] in self.korean and all(len(word) < 9 for word in name):  # noqa: PLR2004 - no longer
            return POSSIBLE
        if len(name) > 1 and any(word in self.given for word in name[1:]):
            return 1.0
        if any("'" in word or "’" in word for word in name) and len(name) > 1 and self.family(name[0]):
            return LIKELY
        if len(name) > 1 and (_INITIALS.fullmatch(name[0]) or any(_INITIALS.fullmatch(w) for w in name[1:-1])):
            return 1.2
        if len(name) in {3, 4} and self.family(name[0]) and self.native(name[0]):
            return POSSIBLE
        return self._last_name_shape(name)

    def _last_name_shape(self, name: Sequence[str]) -> float:
        """What the last word tells where family names stand last: "Smith", the ending of "Shevchenko"."""
        last = name[-1].split("-")[-1]
        if len(name) == 1 or len(name) > 4 or not last[:1].isupper():  # noqa: PLR2004 - no longer
            return 0.0
        if last in self.last:
            return 1.0
        return POSSIBLE if len(last) > 4 and last.endswith(self.endings) else 0.0  # noqa: PLR2004 - a stem is needed


def _toneless(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))


@cache
def load(language: str) -> People:
    """The knowledge of a language, read once; one that `borrows` has the lists of given names of another besides its own."""
    names = lexicon.table(language, "surnames")
    lent = lexicon.table(names["borrows"], "surnames") if "borrows" in names else {}
    surnames = frozenset(fold(name) for key in ("vietnamese", "chinese") for name in names.get(key, "").split())
    if lent:  # abroad Vietnamese names are written with and without their marks
        written = frozenset(fold(name) for name in lent["vietnamese"].split())
        surnames |= written | {unmarked(name) for name in written}
    return People(
        surnames=surnames,
        common=frozenset(fold(name) for name in names["common"].split()),
        korean=frozenset(f"{lent.get('korean', '')} {names['korean']}".split()),
        given=frozenset(f"{lent.get('given', '')} {names['given']}".split())
        - frozenset(names.get("not_given", "").split()),
        particles=frozenset([*lent.get("particles", ()), *names["particles"]]),
        syllable=_syllable(language),
        lent=_syllable(names["borrows"], marks=False) if lent else re.compile("(?!)"),
        last=frozenset(names.get("last", "").split()),
        endings=tuple(names.get("endings", ())),
        same=lexicon.table(language, "writing").get("same", {}),
    )


def _syllable(language: str, *, marks: bool = True) -> re.Pattern[str]:
    """How a native syllable is built, or spelled without `marks`; a pattern that matches none for a language without."""
    if not (resources.language(language) / "syllables.toml").is_file():
        return re.compile(r"(?!)")
    syllables = lexicon.table(language, "syllables")
    onsets = "|".join(sorted(syllables["onsets"], key=len, reverse=True))
    rhymes = "|".join(sorted(set(syllables["rhymes"].split()), key=len, reverse=True))
    return re.compile(f"(?:{onsets})(?:{rhymes})" if marks else unmarked(f"(?:{onsets})(?:{rhymes})"))
