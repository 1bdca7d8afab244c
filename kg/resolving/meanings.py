"""Compare names of bodies, units, works, sites and places by what their words mean, in whatever language."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import naming
from kg.model import MentionType
from kg.naming import people
from kg.naming.opinions import Opinion
from kg.spelling import bare, fold

_WORD = re.compile(r"\w+(?:'\w+)?")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_PARTS = ("bodies", "organizations", "forms", "units", "arms", "works", "waters", "proper")
_DIRECTIONS = "directions"
_LEVELS = ("regions", "towns")
_MEANT, _STATE, _LEVEL = "=", "@", "~"
_ROMAN = re.compile(r"[IVX]{2,5}")
_ROMANS = {"I": 1, "V": 5, "X": 10}
_LONGEST = 6
_TELLING = 4  # meanings that tell a work from others, with no word of its own
_WORKS = frozenset({"treaty", "document", "award", "event"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words of a name, as what they mean where that is known: "42nd Engineer Regiment" is 42, =engineers, =regiment.

    Meanings begin with "=", keys of states with "@", kinds of places with "~"; the rest are words. `unmarked` says that
    the article writes words of other languages without their marks.
    """

    words: tuple[str, ...]
    unmarked: bool = False

    @property
    def literal(self) -> tuple[str, ...]:
        """The words that are compared letter by letter."""
        return tuple(word for word in self.words if word[0] not in _MEANT + _STATE + _LEVEL)

    @property
    def bare(self) -> tuple[str, ...]:
        """All words, in plain letters."""
        return tuple(sorted(bare(w) if w[0] not in _MEANT + _STATE + _LEVEL else w for w in self.words))

    @property
    def states(self) -> frozenset[str]:
        """The keys of the states that the name names."""
        return frozenset(word for word in self.words if word[0] == _STATE)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in the name."""
        return tuple(word for word in self.words if word[0].isdigit())

    @property
    def tells(self) -> bool:
        """Whether the name says which one it is: by a word of its own, translated or not, a number or a state."""
        return bool(self.literal or self.states or self.among("proper"))

    def among(self, part: str) -> frozenset[str]:
        """Those of its meanings that the table `part` lists."""
        return frozenset(self.words) & _listed(part)


@lru_cache(maxsize=65536)
def parse(text: str, language: str, *, place: bool = False, unmarked: bool = False) -> Meaning:
    """What the name `text` means, read as `language`; kinds of places are told apart from a `place`'s own name.

    `unmarked`: it stands in an article that may leave out the marks of words of other languages.
    """
    plain = _POSSESSIVE.sub("", _DOTTED.sub(lambda match: match[0].replace(".", ""), text))
    words = [_american(_number(word)) for word in _WORD.findall(plain)]
    found: list[str] = []
    phrases = _phrases(language, place=place)
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(min(_LONGEST, len(words) - at), 0, -1) if tuple(words[at : at + n]) in phrases), 0
        )
        if length and phrases[tuple(words[at : at + length])] in _listed(_DIRECTIONS) and not _is_direction(words, at):
            length = 0
        meaning = phrases[tuple(words[at : at + length])] if length else words[at]
        named = any(word[0] not in _MEANT + _STATE + _LEVEL for word in found)
        if length == 1 and named and _is_syllable(meaning, language):
            meaning = words[at]
        found += [meaning] if meaning else []
        at += max(length, 1)
    return Meaning(tuple(found), unmarked=unmarked)


def plain(text: str, *, unmarked: bool = False) -> Meaning:
    """The name `text` word by word, without what its words may mean."""
    return Meaning(tuple(map(fold, _WORD.findall(text))), unmarked=unmarked)


def _is_direction(words: Sequence[str], at: int) -> bool:
    """Whether a word for a direction stands before a name that is not built as its own language builds them."""
    natives = (native for _, native in naming.natives())
    following = bare(words[at + 1]) if at == 0 and len(words) > 1 else ""
    return bool(following) and not any(native.bare_syllable.fullmatch(following) for native in natives)


def _is_syllable(meaning: str, language: str) -> bool:
    """Whether one syllable behind a word of the name itself is likelier such a word: "trường" in "Bệnh viện Vân Trường"."""
    return meaning[:1] in {_MEANT, _LEVEL} and naming.keeps_marks(language) and meaning not in _listed("arms")


def keys(kind: MentionType, meaning: Meaning) -> Iterator[str]:
    """The blocks in which a name of `kind` is compared: one for all names of the same words, in plain letters."""
    if kind == "place":
        own = _own(meaning)
        if own:
            yield "place " + " ".join(own)
        return
    words = tuple(word for word in meaning.bare if not _may_miss(word) and (kind != "unit" or word[0] != _STATE))
    if len(words) > 1 or meaning.literal:
        yield f"{kind} " + " ".join(words)
    if kind == "unit" and meaning.numbers:
        yield "number " + " ".join((*meaning.numbers, *sorted(meaning.among("units"))))


def own(meaning: Meaning) -> str:
    """The words that only the thing itself has, in plain letters; empty where they are too few to be known by."""
    words = tuple(bare(word) for word in meaning.literal)
    return " ".join(words) if len(words) > 1 and not meaning.numbers else ""


def compare_own(one: Meaning, other: Meaning) -> Opinion | None:
    """Names of the same words of their own; one that has only these lacks what the other says of what kind it is."""
    if not own(one) or own(one) != own(other):
        return None
    if one.literal != other.literal and _marks(one, other).verdict == "apart":
        return None
    kinds = [frozenset(meaning.words) - frozenset(meaning.literal) for meaning in (one, other)]
    if kinds[0] and kinds[1] and kinds[0] != kinds[1]:
        return None
    if kinds[0] == kinds[1]:
        return Opinion("same", 0.75, "the same words")
    return Opinion("lacking", 0.75, "one says more of what kind it is", fuller=0 if kinds[0] else 1)


def of_state(meaning: Meaning, state: str) -> Meaning | None:
    """What a name without a state means in an article about the one with the key `state`: "the General Staff".

    None for bodies of which a state has many, and where no state is known.
    """
    one_of_each = frozenset(_MEANT + name for name in naming.table("concepts")["national"]["bodies"])
    if not state or meaning.tells or not one_of_each & set(meaning.words):
        return None
    return Meaning((*meaning.words, _STATE + state), meaning.unmarked)


def compare(kind: MentionType, one: Meaning, other: Meaning) -> Opinion | None:
    """Whether two names of one kind of thing are one thing's; None where nothing speaks for it."""
    if kind == "place":
        return _places(one, other)
    if kind == "unit":
        return _units(one, other)
    return _named(kind, one, other)


def _named(kind: MentionType, one: Meaning, other: Meaning) -> Opinion | None:
    """Names whose words are the same, but perhaps for their marks and for words that a name may be used without."""
    a, b = (tuple(word for word in meaning.bare if not _may_miss(word)) for meaning in (one, other))
    if a != b:
        return None
    if one.literal != other.literal:
        return _marks(one, other)
    extra = [frozenset(word for word in meaning.words if _may_miss(word)) for meaning in (one, other)]
    if extra[0] != extra[1]:
        return _extra(*extra) if one.literal or len(a) > 1 else None
    works = kind in _WORKS and len(one.words) >= _TELLING
    if len(one.words) < 2 or not (one.tells or works):  # noqa: PLR2004 - one word is compared as it is written
        return Opinion("unsure", 0.5, "a name that many bear")
    return Opinion("same", 0.9, "the same words, or words of the same meaning")


def _extra(a: frozenset[str], b: frozenset[str]) -> Opinion | None:
    """One name says what kind of body or place it is, or says more of it."""
    if any(word[0] == _LEVEL for word in a) and any(word[0] == _LEVEL for word in b):
        return None
    if a < b or b < a:
        return Opinion("lacking", 0.75, "one says more of what kind it is", fuller=0 if b < a else 1)
    return Opinion("unsure", 0.4, "they are called different kinds of thing")


def _may_miss(word: str) -> bool:
    """Whether a name may be used without the word: legal forms, kinds of places."""
    return word[0] == _LEVEL or word in _listed("forms") or word[1:] in naming.table("concepts")["optional"]["words"]


def _marks(one: Meaning, other: Meaning) -> Opinion:
    plain = [meaning.unmarked and all(word.isascii() for word in meaning.literal) for meaning in (one, other)]
    if plain[0] == plain[1]:
        return Opinion("apart", 0.9, "the marks differ")
    return Opinion("lacking", 0.8, "one is written without its marks", fuller=1 if plain[0] else 0)


def _units(one: Meaning, other: Meaning) -> Opinion | None:
    if one.numbers != other.numbers:
        return None
    if one.states and other.states and one.states != other.states:
        return Opinion("apart", 0.95, "units of different states")
    a, b = (Counter(word for word in meaning.bare if word[0] != _STATE) for meaning in (one, other))
    if a == b:
        if one.literal != other.literal:
            return _marks(one, other)
        if one.states == other.states:
            return Opinion("same", 0.9, "the same number, branch and size")
        return Opinion("lacking", 0.8, "the same number, branch and size", fuller=0 if one.states else 1)
    arms = [meaning.among("arms") for meaning in (one, other)]
    without = [Counter(w for w in c.elements() if w not in _listed("arms")) for c in (a, b)]
    if one.numbers and without[0] == without[1] and not (arms[0] and arms[1]):
        return Opinion("unsure", 0.5, "the same number and size, the branch is told by one only")
    return None


def _places(one: Meaning, other: Meaning) -> Opinion | None:
    a, b = _own(one), _own(other)
    if not a or a != b:
        return None
    exact = [meaning.literal for meaning in (one, other)]
    if exact[0] != exact[1] and not (_cyrillic(one) or _cyrillic(other)):
        return _marks(one, other)
    levels = [frozenset(word for word in meaning.words if word[0] == _LEVEL) for meaning in (one, other)]
    if levels[0] == levels[1]:
        return Opinion("same", 0.85, "the same name, or another spelling of it")
    told = levels[0] and levels[1]
    return None if told else Opinion("unsure", 0.5, "one is called a region or a town, the other nothing")


def _own(meaning: Meaning) -> tuple[str, ...]:
    """The words of a place's own name, in plain letters, those out of Cyrillic letters in one spelling; none for numbers."""
    own = tuple(
        _stem(word) for word in (*meaning.literal, *sorted(meaning.among("waters") | meaning.among(_DIRECTIONS)))
    )
    return own if any(word[0].isalpha() for word in own) else ()


def _stem(word: str) -> str:
    plain = bare(word) if word[0] != _MEANT else word
    if known := _towns().get(plain):
        return known
    if not word.isascii() or not _looks_cyrillic(plain):
        return plain
    adjectives = tuple(naming.table("people")["cyrillic"]["adjectives"])
    cut = next((plain.removesuffix(end) for end in adjectives if plain.endswith("sk" + end)), plain)
    return people.cyrillic(cut)


@cache
def _towns() -> dict[str, str]:
    return naming.classes(naming.table("people")["cyrillic"]["towns"])


def _looks_cyrillic(word: str) -> bool:
    if word in _towns():
        return True
    known = naming.table("people")["cyrillic"]
    adjectives = tuple("sk" + end for end in known["adjectives"])
    return len(word) > 4 and word.endswith((*known["places"], *adjectives))  # noqa: PLR2004 - short words prove nothing


def _cyrillic(meaning: Meaning) -> bool:
    return any(_looks_cyrillic(bare(word)) for word in meaning.literal if word.isascii())


def _number(word: str) -> str:
    """A word folded, and a number the same however it is written: "42nd", "seventh", "III"."""
    if _ROMAN.fullmatch(word):
        values = [_ROMANS[letter] for letter in word]
        following = [*values[1:], 0]
        return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))
    folded = fold(word)
    return _ordinals().get(folded) or _ORDINAL.sub(r"\1", folded)


@cache
def _ordinals() -> dict[str, str]:
    return {word: str(place) for place, word in enumerate(naming.table("concepts")["spellings"]["ordinals"], start=1)}


def _american(word: str) -> str:
    return _atlantic().get(word, word)


@cache
def _atlantic() -> dict[str, str]:
    return dict(pair.split() for pair in naming.table("concepts")["spellings"]["pairs"])


@cache
def _listed(part: str) -> frozenset[str]:
    return frozenset(_MEANT + name for name in naming.table("concepts")[part])


@cache
def _phrases(language: str, *, place: bool) -> Mapping[tuple[str, ...], str]:
    """From phrases of a language to what they mean; to nothing for words that only join others."""
    found: dict[tuple[str, ...], str] = {}
    parts: Iterable[tuple[str, str]] = [*((part, _MEANT) for part in _PARTS), *((p, _LEVEL) for p in _LEVELS)]
    if place:
        parts = [("waters", _MEANT), (_DIRECTIONS, _MEANT), *((part, _LEVEL) for part in _LEVELS)]
    written: defaultdict[tuple[str, ...], str] = defaultdict(str)
    for part, mark in parts:
        for name, words in naming.table("concepts")[part].items():
            for phrase in words.get(language, ()):
                written.setdefault(_words(phrase), mark + name)
    for code, name, key in naming.states():
        if code == language and not place:
            written[_words(name)] = _STATE + key
    found.update(written)
    found.update({_words(word): "" for word in naming.table("concepts")["joining"]["words"].get(language, ())})
    return found


def _words(phrase: str) -> tuple[str, ...]:
    plain = _POSSESSIVE.sub("", _DOTTED.sub(lambda match: match[0].replace(".", ""), phrase))
    return tuple(_american(fold(word)) for word in _WORD.findall(plain))
