"""A sentence as the statement extractors see it: references, times, numbers and words in their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, NamedTuple

from kg.model import Document, MentionForm, MentionType, Quantity, Span, Time


@dataclass(frozen=True, slots=True)
class Title:
    """An office or rank in front of a name: its words, its group in the list of titles, whether it leads a country."""

    start: int
    end: int
    words: str
    kind: str
    group: str
    leader: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens `start` to `end` refer to `chains`, one or more things of type `type`.

    `category` is that of a people noun (`soldier`), `noun` its canonical word, `plural` whether the words say more than one, `titles` the offices
    in front of a person's name, `of` and `at` the chains of the place or body that the words say it belongs to or is
    accredited to. `fallen` is the chain of those of a group who died, where the words say that they did.
    `inside` are the chains of the places named inside a name. `owning` marks one that what follows belongs to:
    "Russia's", "his".
    """

    start: int
    end: int
    chains: tuple[str, ...]
    type: MentionType
    form: MentionForm = "name"
    category: str = ""
    noun: str = ""
    plural: bool = False
    titles: tuple[Title, ...] = ()
    of: tuple[str, ...] = ()
    of_type: MentionType | Literal[""] = ""
    at: tuple[str, ...] = ()
    media: bool = False
    pointer: str = ""
    fallen: str = ""
    inside: tuple[str, ...] = ()
    owning: bool = False


class Item(NamedTuple):
    """One piece of a sentence; `kinds` are the function-word kinds of a word."""

    kind: Literal["reference", "time", "quantity", "word"]
    start: int
    end: int
    kinds: frozenset[str] = frozenset()
    reference: Reference | None = None
    time: Time | None = None
    quantity: Quantity | None = None
    duration: bool = False


_start, _end = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `start` to `end` of a document; `items` cover them."""

    index: int
    start: int
    end: int
    items: tuple[Item, ...]
    quotes: tuple[tuple[int, int], ...] = ()

    def references(self) -> Iterator[Reference]:
        """The references in their order."""
        return (item.reference for item in self.items if item.reference)

    def since(self, position: int) -> tuple[Item, ...]:
        """The items from token `position` on."""
        return self.items[bisect_left(self.items, position, key=_start) :]

    def until(self, position: int) -> tuple[Item, ...]:
        """The items that end at token `position` or before."""
        return self.items[: bisect_right(self.items, position, key=_end)]

    def between(self, start: int, end: int) -> tuple[Item, ...]:
        """The items that begin from token `start` on and before token `end`."""
        first = bisect_left(self.items, start, key=_start)
        return self.items[first : bisect_left(self.items, end, lo=first, key=_start)]

    def quoted(self, token: int) -> tuple[int, int] | None:
        """The token range of the quotation that `token` stands in, if any."""
        return next(((s, e) for s, e in self.quotes if s <= token < e), None)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tokens `start` to `end` tell an event of the class `term`, as a model sees it with probability `chance`."""

    start: int
    end: int
    term: str
    chance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read: its sentences, the folded words of its tokens, and where each token stands in the text.

    `triggers` are the words that tell events, as the trained model sees it; `listed` are the chains that the gazetteer has.
    `subjects` are the first tokens of the subjects of verbs of saying, and of their nouns, by where the verb begins.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    types: dict[str, MentionType]
    triggers: tuple[Trigger, ...] = ()
    listed: frozenset[str] = frozenset()
    subjects: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """The span of tokens `start` to `end`, without surrounding quotation marks or commas."""
        while start < end - 1 and _trimmed(self.words[start]):
            start += 1
        while end - 1 > start and _trimmed(self.words[end - 1]):
            end -= 1
        return self.document.span(self.offsets[start][0], self.offsets[end - 1][1])


_TRIMMED = frozenset({",", ".", ";", ":", '"', "“", "”", "(", ")"})


def _trimmed(word: str) -> bool:
    return word in _TRIMMED or not word.strip()
