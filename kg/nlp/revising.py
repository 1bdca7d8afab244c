"""Revise the types that the rules gave to names, by a trained choice that sees the rules' reasons and the words around."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from kg.nlp.candidates import Candidate
from kg.nlp.classifier import NONE, Classifier
from kg.nlp.surroundings import OUTSIDE
from kg.spelling import fold

CERTAIN = 0.9
"""How sure the model must be, over all places of a name, to overrule a type that the rules found."""
_SURELY_NONE = 0.9
_FIRM = 6  # votes beyond this count the same
_LONG = 5  # words
_STRONG = 2.0  # votes that need no second look
_LISTED = 2.0  # how many votes the gazetteer is worth


def outer(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that stand in no other one."""
    return [c for c in candidates if c.origin != "inner"]


def features(
    candidate: Candidate, namesakes: Sequence[Candidate], shape: Callable[[Sequence[str]], float]
) -> list[str]:
    """What the model sees of one place of a name; `namesakes` are all places of it, `shape` rates names of people."""
    line, start, end = candidate.line, candidate.start, candidate.end
    words = [fold(text) for text in candidate.texts]
    given = candidate.type or "untyped"
    votes = sorted(candidate.votes.items(), key=lambda item: (-item[1], item[0]))
    best = f"{votes[0][0]}{min(int(votes[0][1]), _FIRM)}" if votes else "-"
    second = f"{votes[1][0]}{min(int(votes[1][1]), _FIRM)}" if len(votes) > 1 else "-"
    left = [line.word(start - n) or OUTSIDE for n in (1, 2, 3)]
    right = [line.word(end + n) or OUTSIDE for n in (0, 1, 2)]
    head = candidate.head.type if candidate.head else "-"
    title = candidate.title.kind if candidate.title else "-"
    known = candidate.entries[0].type if candidate.entries else "-"
    length = min(len(words), _LONG)
    all_types = Counter(c.type or "untyped" for c in namesakes)
    seen = [
        f"rule={given}",
        f"rule={given}|{candidate.origin}",
        f"rule={given}|best={best}|{second}",
        f"best={best}",
        f"head={head}|{words[0]}",
        f"title={title}",
        f"known={known}",
        f"rule={given}|known={known}|n={length}",
        f"rule={given}|dropped={candidate.dropped}|timid={candidate.timid}",
        f"shape={int(shape(candidate.texts) * 2)}|n={length}",
        f"rule={given}|shape={int(shape(candidate.texts) * 2)}",
        f"first={words[0]}",
        f"last={words[-1]}",
        f"rule={given}|first={words[0]}",
        f"pattern={_pattern(candidate.texts)}",
        f"rule={given}|pattern={_pattern(candidate.texts)}",
        *(f"w={word}" for word in words),
        *(f"l{n}={word}" for n, word in enumerate(left)),
        *(f"r{n}={word}" for n, word in enumerate(right)),
        f"rule={given}|l={left[0]}",
        f"rule={given}|r={right[0]}",
        f"l={left[1]}|{left[0]}",
        f"r={right[0]}|{right[1]}",
        f"rule={given}|times={min(len(namesakes), _LONG)}",
        *(f"also={kind}" for kind in all_types if kind != given),
        *(f"end={word[-3:]}" for word in words if word.isascii() and len(word) > 3),  # noqa: PLR2004 - a suffix of three
    ]
    if start == 0:
        seen.append("opens")
    return seen


def _pattern(texts: Sequence[str]) -> str:
    """The build of a name: "Aa" for a capitalised word, "AA" for an acronym, "a" lower case, "9" with digits."""
    return " ".join(_build(text) for text in texts[:_LONG])


def _build(text: str) -> str:
    if any(c.isdigit() for c in text):
        return "9A" if any(c.isalpha() for c in text) else "9"
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    return "Aa" if text[:1].isupper() else "a" if text.isalpha() else text


def groups(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """The places of each name."""
    found: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in outer(candidates):
        found[candidate.name.lower()].append(candidate)
    return iter(found.values())


def _plain(candidate: Candidate) -> bool:
    """Whether the rules have reason enough: a listed name, or strong evidence, and nothing that speaks against it."""
    if candidate.timid or candidate.dropped or candidate.type == "untyped":
        return False
    listed = candidate.origin == "gazetteer" and candidate.is_known(candidate.type)
    against = max((weight for kind, weight in candidate.votes.items() if kind != candidate.type), default=0)
    return candidate.votes[candidate.type] + _LISTED * listed >= against + _STRONG


class Reviser:
    """Corrects types that the model is sure are wrong, and gives some where the rules gave none.

    For these it must be as sure as `enough`.
    """

    def __init__(self, model: Classifier, shape: Callable[[Sequence[str]], float], *, enough: float) -> None:
        self._model = model
        self._shape = shape
        self._enough = enough

    def revise(self, candidates: Sequence[Candidate]) -> None:
        """Set `type` and `dropped` anew; all places of a name that had one type are judged together."""
        for namesakes in groups(candidates):
            if all(_plain(c) for c in namesakes):
                continue
            seen = [features(c, namesakes, self._shape) for c in namesakes]
            for given in sorted({(c.type, c.dropped) for c in namesakes}):
                here = [n for n, c in enumerate(namesakes) if (c.type, c.dropped) == given]
                self._settle([namesakes[n] for n in here], [seen[n] for n in here])

    def _settle(self, places: Sequence[Candidate], seen: Sequence[list[str]]) -> None:
        votes = {self._model.best(found) for found in seen}
        first = places[0]
        given = NONE if first.dropped else first.type
        if votes == {given}:
            return
        total = {label: sum(self._model.chance(found, label) for found in seen) for label in sorted(votes | {given})}
        label, weight = max(total.items(), key=lambda item: (item[1], item[0]))
        sure = weight / len(places)
        if label == given or sure < (self._enough if given in {"untyped", ""} else CERTAIN):
            return
        if label == NONE and sure < _SURELY_NONE:
            return
        for candidate in places:
            candidate.dropped = label == NONE
            if label != NONE:
                candidate.type, candidate.chosen = label, (sure, given or "untyped")
