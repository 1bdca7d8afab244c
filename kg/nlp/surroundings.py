"""A document's tokens with the words they belong to and what stands at them: what trained models see of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.nlp import sentences, stems
from kg.nlp.texts import texts
from kg.spelling import fold

OUTSIDE = "<>"
_BEGIN, _INSIDE = "B", "I"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Token by token: the folded text, the whole word, its part ("S" alone, "B" first, "I" later), and its kind.

    A kind is the type of the name that the token is part of, "title:" with the kind of a title, "time", "quantity", or
    empty. `stems` are the texts themselves where words do not change. `sentences` are pairs of first token and end.
    """

    tokens: tuple[str, ...]
    stems: tuple[str, ...]
    words: tuple[str, ...]
    parts: tuple[str, ...]
    kinds: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    language: str

    @classmethod
    def of(cls, doc: Doc) -> Surroundings:
        """The surroundings in an annotated document."""
        tokens = tuple(fold(text) for text in texts(doc))
        words, parts, kinds = list(tokens), ["S"] * len(tokens), [""] * len(tokens)
        for span in doc.spans.get("words", ()):
            word = "_".join(tokens[span.start : span.end])
            for position in range(span.start, span.end):
                words[position] = word
                parts[position] = _INSIDE
            parts[span.start] = _BEGIN
        for group, kind in (("titles", "title:"), ("times", "time"), ("quantities", "quantity")):
            for span in doc.spans[group]:
                named = f"{kind}{span.label_}" if group == "titles" else kind
                kinds[span.start : span.end] = [named] * (span.end - span.start)
        for span in sorted(doc.spans["names"], key=lambda s: s.end - s.start):
            kinds[span.start : span.end] = [span.label_] * (span.end - span.start)
        stem = stems.load(str(doc.lang_)).stem
        return cls(
            tokens,
            tuple(map(stem, tokens)),
            tuple(words),
            tuple(parts),
            tuple(kinds),
            tuple(sentences.parts(doc)),
            str(doc.lang_),
        )

    def forms(self, start: int, end: int) -> str:
        """What the first word of the tokens `start` to `end` may be, in one word; empty where words do not change."""
        return "/".join(sorted(stems.load(self.language).forms(self.tokens[start:end])))

    def before(self, position: int, first: int, count: int) -> list[str]:
        """The `count` whole words before `position`, nearest first, none from before `first`."""
        found: list[str] = []
        at = position - 1
        while len(found) < count and at >= first:
            found.append(self.words[at])
            while self.parts[at] == _INSIDE and at > first:
                at -= 1
            at -= 1
        return found + [OUTSIDE] * (count - len(found))

    def after(self, position: int, end: int, count: int) -> list[str]:
        """The `count` whole words from `position` on, none from `end` on."""
        found: list[str] = []
        at = position
        while len(found) < count and at < end:
            found.append(self.words[at])
            at += 1
            while at < end and self.parts[at] == _INSIDE:
                at += 1
        return found + [OUTSIDE] * (count - len(found))

    def kind_before(self, position: int, first: int, reach: int) -> tuple[str, int]:
        """The nearest kind within `reach` tokens before `position`, and how many tokens stand between; "-" for none."""
        near = range(position - 1, max(first, position - reach) - 1, -1)
        return next(((self.kinds[at], position - 1 - at) for at in near if self.kinds[at]), ("-", reach))

    def kind_after(self, position: int, end: int, reach: int) -> tuple[str, int]:
        """The nearest kind within `reach` tokens from `position` on, and how many tokens stand between; "-" for none."""
        near = range(position, min(end, position + reach))
        return next(((self.kinds[at], at - position) for at in near if self.kinds[at]), ("-", reach))

    def content(self, positions: Iterable[int], small: Collection[str]) -> str:
        """The stem of the first of the tokens that is no small word, or its kind where it is part of a name."""
        found = next((at for at in positions if self.tokens[at] not in small), None)
        return OUTSIDE if found is None else self.kinds[found] or self.stems[found]

    def breaks_word(self, start: int, end: int) -> bool:
        """Whether tokens `start` to `end` begin or end inside a word."""
        return self.parts[start] == _INSIDE or (end < len(self.parts) and self.parts[end] == _INSIDE)
