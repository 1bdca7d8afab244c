"""Compare full names of people: marks, hyphens, transliterations, order, middle names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from kg import naming
from kg.naming.opinions import Opinion
from kg.spelling import bare, fold, squash

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’`][^\W\d_]+)*|[ivx]+", re.IGNORECASE)
_APART = re.compile(r"[-‐‑]")
_JOINED = re.compile(r"^[^-‐‑]+[-‐‑]")
_INITIAL = 1
_ALIKE = 0.7
_KOREAN_SYLLABLES = (2, 4)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name as it is compared: "Joseph R. Biden Jr." has the words joseph, r, biden and the generation jr.

    `native` is the language whose names are built so ("vi"), empty for others; `unmarked` says that marks may have been
    left out. Particles ("von der", "al-") are no words of a name that is not native.
    """

    words: tuple[str, ...]
    native: str = ""
    unmarked: bool = False
    generation: str = ""

    @property
    def bare(self) -> tuple[str, ...]:
        """The words in plain letters, a hyphenated one as one."""
        return tuple(bare(word) for word in self.words)

    @property
    def syllables(self) -> tuple[str, ...]:
        """The words in plain letters, parted at hyphens too."""
        return tuple(bare(part) for word in self.words for part in _APART.split(word))


@lru_cache(maxsize=65536)
def parse(text: str, language: str) -> PersonName:
    """The name `text` as an article in `language` writes it."""
    words = tuple(fold(match[0]) for match in _WORD.finditer(text))
    generation = ""
    if len(words) > 1 and bare(words[-1]) in _western()["generations"]:
        generation, words = bare(words[-1])[:2], words[:-1]
    plain = bool(words) and all(word.isascii() for word in words)
    for code, native in naming.natives():
        unmarked = plain and (language != code or words[0] not in native.surnames)
        if words and native.is_name(words):
            return PersonName(words, code, unmarked, generation)
    return PersonName(_without_particles(words), "", plain, generation)


def _without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    particles = _western()["particles"]
    parted = tuple(_JOINED.sub("", word) if bare(_APART.split(word)[0]) in particles else word for word in words)
    return tuple(w for at, w in enumerate(parted) if w and (at == 0 or bare(w) not in particles)) or words


def keys(name: PersonName) -> Iterator[str]:
    """The blocks in which a full name is compared: those of two names that may be one share a block.

    The letters of the whole name, in whatever order; its ends without what stands between; a Korean name's syllables;
    an initial beside a family name.
    """
    if len(name.words) < 2:  # noqa: PLR2004 - one word tells nobody
        return
    plain = name.bare
    yield "letters " + "".join(sorted("".join(plain)))
    if name.native:
        return
    first, last = _given(plain[0]), cyrillic(plain[-1])
    yield "ends " + " ".join(sorted((first, last)))
    yield f"initial {first[:1]} {last}"
    if korean := _korean(name):
        yield "syllables " + " ".join(korean)


def compare(one: PersonName, other: PersonName) -> Opinion | None:
    """Whether two full names are one person's; None where nothing speaks for it."""
    if "".join(one.bare) == "".join(other.bare):
        return _aged(one, other) or _marks(one, other)
    if one.native and other.native:
        return _unmarked_turned(one, other)
    opinion = _ordered(one, other) or _ends(one, other) or _syllables(one, other)
    return (_aged(one, other) or opinion) if opinion and opinion.verdict in {"same", "lacking"} else opinion


def resemble(one: str, other: str) -> bool:
    """Whether two full names are alike word by word, as spellings of one name are: "Aleksandr", "Alexandr"."""
    pairs = zip(one.split(), other.split(), strict=False)
    return all(cyrillic(bare(a)) == cyrillic(bare(b)) or _ratio(bare(a), bare(b)) >= _ALIKE for a, b in pairs)


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b).ratio()


def _aged(one: PersonName, other: PersonName) -> Opinion | None:
    """Father and son, or perhaps."""
    if one.generation == other.generation:
        return None
    if one.generation and other.generation:
        return Opinion("apart", 0.95, "one is the elder, one the younger")
    return Opinion("unsure", 0.4, f"only one is called {one.generation or other.generation}")


def _marks(one: PersonName, other: PersonName) -> Opinion:
    """What marks say of two names of the same letters: of a native one everything, of a foreign one little."""
    exact = [squash("".join(name.words)) for name in (one, other)]
    if exact[0] == exact[1]:
        return Opinion("same", 0.98, "the same letters but for hyphens, spaces and case")
    plain = [letters.isascii() for letters in exact]
    if not any(plain):
        return Opinion("apart", 0.95, "the marks differ")
    marked, bared = (other, one) if plain[0] else (one, other)
    if not marked.native:
        return Opinion("same", 0.95, "a foreign name with and without its marks")
    if bared.unmarked:
        return Opinion("lacking", 0.85, "one is written without its marks", fuller=1 if plain[0] else 0)
    return Opinion("apart", 0.95, "the marks differ")


def _unmarked_turned(one: PersonName, other: PersonName) -> Opinion | None:
    if one.bare in _turns(other.bare) and (one.unmarked or other.unmarked):
        return Opinion("unsure", 0.5, "one is written without its marks, and the family name last")
    return None


def _ordered(one: PersonName, other: PersonName) -> Opinion | None:
    """A family name that comes first in one language and last in another."""
    if any("".join(turned) == "".join(other.bare) for turned in _turns(one.bare)):
        ends = {one.bare[0], one.bare[-1]} & {other.bare[0], other.bare[-1]}
        if ends & _first_families():
            return Opinion("same", 0.85, "the family name first or last")
        return Opinion("unsure", 0.5, "the same words in another order")
    return None


def _turns(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return ((*words[1:], words[0]), (words[-1], *words[:-1]))


def _ends(one: PersonName, other: PersonName) -> Opinion | None:
    """Names with the same given and the same family name, whatever stands between."""
    a, b = one.bare, other.bare
    if min(len(a), len(b)) < 2:  # noqa: PLR2004 - one word tells nobody
        return None
    slavic = _is_slavic(a) or _is_slavic(b)
    if not _alike(a[-1], b[-1], slavic=slavic):
        return _appended(a, b)
    if not _alike_given(a[0], b[0], slavic=slavic):
        initial = _INITIAL in (len(a[0]), len(b[0])) and a[0][0] == b[0][0]
        return Opinion("unsure", 0.5, "an initial for the given name") if initial else None
    return _between(a[1:-1], b[1:-1], slavic=slavic, asian=bool({a[0], a[-1], b[0], b[-1]} & _first_families()))


def _appended(a: tuple[str, ...], b: tuple[str, ...]) -> Opinion | None:
    shorter, longer = sorted((a, b), key=len)
    if len(longer) == len(shorter) + 1 and longer[: len(shorter)] == shorter:
        return Opinion("unsure", 0.4, "one has another name behind the family name")
    return None


def _between(a: tuple[str, ...], b: tuple[str, ...], *, slavic: bool, asian: bool) -> Opinion | None:
    """What the names between given and family name say."""
    if len(a) == len(b):
        if all(_alike(x, y, slavic=slavic) for x, y in zip(a, b, strict=True)):
            return Opinion("same", 0.9, "two spellings of one foreign name")
        if all(_abbreviates(x, y, slavic=slavic) for x, y in zip(a, b, strict=True)):
            fuller = 0 if len("".join(a)) > len("".join(b)) else 1
            return Opinion("lacking", 0.85, "an initial for a middle name", fuller=fuller)
        return Opinion("apart", 0.8, "the middle names differ")
    if a and b:
        initials = any(len(word) == _INITIAL for word in (*a, *b))
        return Opinion("apart", 0.8, "the initials differ") if initials else Opinion("unsure", 0.4, "more middle names")
    longer, fuller = (a, 0) if a else (b, 1)
    if all(word.endswith(_patronymics()) for word in longer):
        return Opinion("lacking", 0.9, "one has the father's name too", fuller=fuller)
    if all(len(word) == _INITIAL for word in longer):
        return Opinion("lacking", 0.85, "one has a middle initial", fuller=fuller)
    return None if asian else Opinion("lacking", 0.75, "one has a middle name", fuller=fuller)


def _abbreviates(x: str, y: str, *, slavic: bool) -> bool:
    return _alike(x, y, slavic=slavic) or (_INITIAL in (len(x), len(y)) and x[0] == y[0])


def _syllables(one: PersonName, other: PersonName) -> Opinion | None:
    first, second = _korean(one), _korean(other)
    if first and first == second:
        return Opinion("same", 0.8, "two romanizations of one Korean name")
    return None


def _alike(x: str, y: str, *, slavic: bool) -> bool:
    return x == y or (slavic and cyrillic(x) == cyrillic(y))


def _alike_given(x: str, y: str, *, slavic: bool) -> bool:
    return _alike(x, y, slavic=slavic) or (min(len(x), len(y)) > _INITIAL and _given(x) == _given(y))


@lru_cache(maxsize=65536)
def cyrillic(word: str) -> str:
    """A word in plain letters with the ways to write one Cyrillic letter made one: "sergey" and "sergei"."""
    for pattern, written in _rules():
        word = pattern.sub(written, word)
    return "".join(letter for place, letter in enumerate(word) if not place or letter != word[place - 1])


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), written) for pattern, written in naming.table("people")["cyrillic"]["rules"])


@lru_cache(maxsize=65536)
def _given(word: str) -> str:
    """One string for all forms of a given name."""
    written = cyrillic(word)
    return _roots().get(word) or _roots().get(written) or written


@cache
def _roots() -> dict[str, str]:
    """From the forms of a given name to one of them, which no other name shares."""
    tables = naming.table("people")
    found: dict[str, str] = {}
    for kind, lines in (("east", tables["cyrillic"]["given"]), ("west", tables["western"]["familiar"])):
        for word, first in naming.classes(lines).items():
            found.setdefault(word, f"{first} {kind}")
            found.setdefault(cyrillic(word), f"{first} {kind}")
    return found


def _is_slavic(words: tuple[str, ...]) -> bool:
    return words[-1].endswith(_family_endings()) or _given(words[0]).endswith(" east")


@cache
def _family_endings() -> tuple[str, ...]:
    return tuple(naming.table("people")["cyrillic"]["family"])


@cache
def _patronymics() -> tuple[str, ...]:
    return tuple(naming.table("people")["cyrillic"]["patronymics"])


def _korean(name: PersonName) -> tuple[str, ...]:
    """Family name and syllables of a Korean name, each in one of its romanizations; empty for other names."""
    parts = name.syllables
    if len(name.bare[0]) < 2 or not _KOREAN_SYLLABLES[0] <= len(parts) <= _KOREAN_SYLLABLES[1]:  # noqa: PLR2004 - an initial
        return ()
    family = _korean_families().get(parts[0])
    return (family, *(_korean_syllables().get(part, part) for part in parts[1:])) if family else ()


@cache
def _korean_families() -> dict[str, str]:
    return naming.classes(naming.table("people")["korean"]["families"])


@cache
def _korean_syllables() -> dict[str, str]:
    return naming.classes(naming.table("people")["korean"]["syllables"])


@cache
def _first_families() -> frozenset[str]:
    return frozenset(bare(name) for name in naming.table("people")["first"]["families"].split())


@cache
def _western() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(bare, words)) for name, words in naming.table("people")["western"].items()}
