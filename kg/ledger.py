"""The records of the claims ledger: passages that were copied, claims that contradict, dates that were inferred."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

ContradictionType = Literal["value", "date", "status", "attribution", "stale", "scope"]
"""Numbers or times exclude each other, what came of a thing does, the source changes, a denial is out of date, a part
is told as the whole."""
AboutKind = Literal["question", "event", "entity", "document"]
ReasonKind = Literal["told event", "own day", "copied passage", "year left out"]
Evidence = TypeVar("Evidence")


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A sentence `text` of the article `document`, at code points `start` to `end` of its NFC text."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """One wording that stands in several articles, word for word or lightly edited.

    `passages` are sorted. `origin` is the document that is its first known place: the earliest dated one, which need not have written it. None
    where no article is dated.
    """

    key: str
    passages: tuple[Passage, ...]
    origin: str | None = None

    def within(self, document: str) -> tuple[Passage, ...]:
        """Where it stands in a document."""
        first = bisect_left(self.passages, document, key=lambda passage: passage.document)
        last = bisect_right(self.passages, document, key=lambda passage: passage.document)
        return self.passages[first:last]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot stand side by side: `sides` are their keys, `about` is the key of what they are about.

    `words` are what an explanation is made of, such as the numbers or the days. `inherited` is the key of the copied
    passage in which an outdated denial stands, where it was taken over from another article.
    """

    key: str
    type: ContradictionType
    kind: AboutKind
    about: str
    sides: tuple[str, ...]
    words: tuple[str, ...] = ()
    inherited: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class DateReason:
    """Why an article was not published before (`from`) or after (`until`) a day: the words of an article that say so."""

    bound: Literal["from", "until"]
    day: str
    kind: ReasonKind
    passage: Passage


@dataclass(frozen=True, slots=True)
class InferredDate:
    """When an undated article was published, as far as other articles show: an EDTF interval, and the reasons."""

    document: str
    edtf: str
    reasons: tuple[DateReason, ...]


@dataclass(frozen=True, slots=True)
class InferredYear:
    """The time of an event or a claim with the year that the only articles to tell it, undated ones, leave out."""

    kind: Literal["event", "claim"]
    key: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Copies:
    """The copied passages by article, each with the key of what it is a copy of."""

    by_document: Mapping[str, Sequence[tuple[Passage, str]]]

    @classmethod
    def of(cls, copies: Iterable[CopiedPassage], document: str | None = None) -> Copies:
        """Index copied passages, or those of them that stand in `document`; the order of `copies` makes no difference."""
        found: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
        for copied in copies:
            for passage in copied.passages if document is None else copied.within(document):
                found[passage.document].append((passage, copied.key))
        return cls({name: sorted(passages) for name, passages in found.items()})

    def keys(self) -> frozenset[str]:
        """The keys of all of them."""
        return frozenset(key for passages in self.by_document.values() for _, key in passages)

    def copied(self, document: str, start: int, end: int) -> tuple[str, ...]:
        """The keys of those copied passages that the words are part of, or mostly consist of, in the order of the text.

        Block: one article. Members: its copied passages.
        """
        found = []
        for passage, key in self.by_document.get(document, ()):
            shared = min(end, passage.end) - max(start, passage.start)
            if shared > 0 and 2 * shared >= min(end - start, passage.end - passage.start):
                found.append(key)
        return tuple(dict.fromkeys(found))

    def wording(self, copied: str, document: str) -> str:
        """The document's version of a copied passage, without case and marks; empty where it has none."""
        for passage, key in self.by_document.get(document, ()):
            if key == copied:
                return " ".join("".join(c if c.isalnum() else " " for c in passage.text.casefold()).split())
        return ""


def origins(
    evidence: Iterable[Evidence], document: Callable[[Evidence], str], copied: Callable[[Evidence], Sequence[str]]
) -> list[list[Evidence]]:
    """The evidence of one claim, parted by independent origin; in the order given.

    What stands in one copied passage has one origin, and so has what one article says: whoever prints a copy and a
    sentence of his own knew the copy.

    Block: one claim. Members: its evidence, with the article and the copied passages that each piece stands in.
    """
    parts: list[tuple[set[Hashable], list[Evidence]]] = []
    for piece in evidence:
        marks: set[Hashable] = {("document", document(piece)), *(("copied", key) for key in copied(piece))}
        joined = [part for part in parts if part[0] & marks]
        parts = [part for part in parts if not part[0] & marks]
        members = [member for part in joined for member in part[1]]
        parts.append((marks.union(*(part[0] for part in joined)), [*members, piece]))
    return [members for _, members in parts]
