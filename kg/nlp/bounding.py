"""Move the ends of names where a trained choice is sure that the rules cut too early, or took in too much."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.nlp.candidates import Candidate
from kg.nlp.classifier import Classifier
from kg.nlp.lines import Line, is_headline
from kg.nlp.revising import outer
from kg.nlp.surroundings import OUTSIDE
from kg.spelling import fold

SURE = 0.5
"""How sure the model must be of another end."""
YES = "yes"
_LOWER = 5  # lower-case words that a name may go on over
_FAR = 10  # words of any kind
_BACK = 3  # words that a name may begin earlier
_PLAIN = frozenset({"person", "place"})  # names of these go on over capitals only
_NO_HEAD = "-"
_STOPS = frozenset(',.;:()[]"“”!?…/')


@dataclass(frozen=True, slots=True)
class Move:
    """The name of a candidate might stand at positions `start` to `end` of its line instead."""

    candidate: Candidate
    start: int
    end: int

    @property
    def line(self) -> Line:
        """The line of both."""
        return self.candidate.line


@dataclass(frozen=True, slots=True)
class Nouns:
    """What the words of names tell: `heads` the type of a head noun, `within` the other words that have no capital inside one.

    Without `within` any word may stand there. `plain` are the words whose capitals tell that a line is a headline.
    """

    heads: Callable[[Sequence[str], int], str]
    within: frozenset[str] | None = None
    plain: Collection[str] = ()

    def tell(self, line: Line) -> bool:
        """Whether capitals tell names in a line: in a headline where every word has one they do not."""
        return self.within is None or not is_headline(line, self.plain)

    def joins(self, line: Line, at: int) -> bool:
        """Whether the lower-case word at `at` may be part of a name."""
        return self.within is None or line.words[at] in self.within or self.heads(line.words, at) != _NO_HEAD


def moves(candidate: Candidate, nouns: Nouns) -> Iterator[Move]:
    """Other stretches that the name may have: farther right, farther left, or without its first word."""
    line = candidate.line
    plain = candidate.type in _PLAIN
    longest = 0 if plain else _LOWER
    lower = 0
    at = candidate.end
    while (
        at < min(len(line), candidate.end + _FAR)
        and (line.capital[at] or (lower < longest and nouns.joins(line, at)))
        and line.texts[at] not in _STOPS
    ):
        capital = line.capital[at] or line.texts[at][:1].isdigit()
        lower += not capital
        at += 1
        whole_word = at >= len(line) or not line.joined[at]
        ends_run = not capital or at >= len(line) or not line.capital[at]
        if whole_word and ends_run:
            yield Move(candidate, candidate.start, at)
    for back in range(1, (1 if plain else _BACK) + 1):
        at = candidate.start - back
        if at < 0 or line.texts[at] in _STOPS or not (line.capital[at] or nouns.joins(line, at)):
            break
        if not line.joined[at]:
            yield Move(candidate, at, candidate.end)
    for cut in (1, 2):
        at = candidate.start + cut
        short = candidate.type == "place" and candidate.end - at == 1  # "sông Mã": the rest would not stand alone
        if at < candidate.end and not short and not line.joined[at] and any(line.capital[at : candidate.end]):
            yield Move(candidate, at, candidate.end)


def features(move: Move, others: Sequence[Candidate], nouns: Nouns) -> list[str]:
    """What the model sees of a move; `others` are the names around."""
    candidate, line = move.candidate, move.line
    kind = candidate.type or "untyped"
    first, last = fold(candidate.texts[0]), fold(candidate.texts[-1])
    head = candidate.head.type if candidate.head else "-"
    if move.end > candidate.end:
        added = range(candidate.end, move.end)
        side = "right"
    elif move.start < candidate.start:
        added = range(move.start, candidate.start)
        side = "left"
    else:
        added = range(candidate.start, move.start)
        side = "cut"
    words = [line.words[at] for at in added]
    capitals = sum(line.capital[at] for at in added)
    met = [o.type for o in others if o is not candidate and o.start < move.end and move.start < o.end]
    after, before = line.word(move.end) or OUTSIDE, line.word(move.start - 1) or OUTSIDE
    shape = "".join("A" if line.capital[at] else "9" if line.texts[at][:1].isdigit() else "a" for at in added)
    noun = nouns.heads(line.words, move.start)
    next_capital = move.end < len(line) and line.capital[move.end]
    seen = [
        side,
        f"{side}|k={kind}",
        f"{side}|h={head}|{first}",
        f"{side}|k={kind}|shape={shape}",
        f"{side}|n={len(words)}|c={capitals}",
        f"{side}|k={kind}|n={len(words)}|c={capitals}",
        f"{side}|first={words[0]}",
        f"{side}|last={words[-1]}",
        f"{side}|k={kind}|first={words[0]}",
        f"{side}|k={kind}|last={words[-1]}",
        f"{side}|join={last}|{words[0]}",
        f"{side}|words={' '.join(words)}",
        *(f"{side}|w={word}" for word in words),
        *(f"{side}|k={kind}|w={word}" for word in words),
        f"{side}|met={','.join(sorted(met))}|k={kind}",
        f"{side}|met={len(met)}|shape={shape}",
        f"{side}|after={after}",
        f"{side}|before={before}",
        f"{side}|next={next_capital}|shape={shape}",
        f"{side}|noun={noun}|k={kind}",
        f"{side}|o={candidate.origin}|k={kind}",
        f"{side}|size={min(candidate.end - candidate.start, 4)}|h={head}",
        f"{side}|title={candidate.title is not None}|k={kind}",
    ]
    if side == "cut":
        seen += [f"cut|rest={line.capital[move.start]}", f"cut|{words[-1]}|{line.word(move.start)}"]
    return seen


class Neighbours:
    """The candidates of each line by where they began when this was made, so that a move looks only at those around."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._lines: dict[int, list[Candidate]] = {}
        for candidate in sorted(candidates, key=lambda c: c.start):
            self._lines.setdefault(id(candidate.line), []).append(candidate)
        self._starts = {line: [c.start for c in found] for line, found in self._lines.items()}

    def of(self, move: Move) -> list[Candidate]:
        """Those that may lie in the stretch of a move or reach into it."""
        starts = self._starts[id(move.line)]
        first, last = bisect_left(starts, move.start - _BACK - 1), bisect_left(starts, move.end + _BACK + 1)
        return self._lines[id(move.line)][max(first - 2, 0) : last]


def judged(candidates: Sequence[Candidate], nouns: Nouns) -> Iterator[tuple[Move, list[str]]]:
    """All moves of the names of a document, with what the model sees of them."""
    found = [candidate for candidate in outer(candidates) if not candidate.dropped]
    lines = {id(candidate.line): candidate.line for candidate in found}  # a long line is looked through once
    telling = {key for key, line in lines.items() if nouns.tell(line)}
    names = [candidate for candidate in found if id(candidate.line) in telling]
    neighbours = Neighbours(names)
    for name in names:
        for move in moves(name, nouns):
            yield move, features(move, neighbours.of(move), nouns)


class Bounder:
    """Moves the ends of names."""

    def __init__(self, model: Classifier, nouns: Nouns) -> None:
        self._model = model
        self._nouns = nouns

    def move(self, candidates: Sequence[Candidate]) -> None:
        """Give names their likeliest stretch; a name that another one now covers is dropped."""
        best: dict[int, tuple[float, Move]] = {}
        for move, seen in judged(candidates, self._nouns):
            chance = self._model.chance(seen, YES)
            if chance > SURE and chance > best.get(id(move.candidate), (0.0, move))[0]:
                best[id(move.candidate)] = (chance, move)
        gone = {id(c) for c in candidates if c.dropped}
        neighbours = Neighbours(candidates)
        for _, move in sorted(best.values(), key=lambda pair: -pair[0]):
            if id(move.candidate) not in gone:
                self._apply(move, neighbours.of(move), gone)

    @staticmethod
    def _apply(move: Move, others: Iterable[Candidate], gone: set[int]) -> None:
        candidate = move.candidate
        for other in others:
            if other is candidate or id(other) in gone:
                continue
            inside = move.start <= other.start and other.end <= move.end
            was = candidate.start <= other.start and other.end <= candidate.end
            if inside and not was and other.type != "place":
                other.dropped = True
                gone.add(id(other))
            elif inside and not was:
                other.origin = "inner"
        candidate.moved = candidate.start, candidate.end
        candidate.start, candidate.end = move.start, move.end
        candidate.name_start = max(candidate.name_start, candidate.start)
