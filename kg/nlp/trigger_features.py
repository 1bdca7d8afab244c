"""What the trained choice of triggers sees: a phrase that may tell an event, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.nlp import noun_kinds
from kg.nlp.noun_kinds import NounKinds
from kg.nlp.surroundings import Surroundings
from kg.nlp.trigger_phrases import Candidate
from kg.spelling import fold

_REACH = 15  # tokens in which the nearest name, time or number is looked for
_NEAR = 4  # tokens before the phrase in which small words count
_BESIDE = 8  # tokens on either side whose nouns count


@dataclass(frozen=True, slots=True)
class Hints:
    """What a language's features look for around a phrase: small words before and behind it, and kinds of nouns."""

    before: frozenset[str]
    behind: frozenset[str]
    nouns: NounKinds


@cache
def hints(language: str) -> Hints:
    """The hints of a language, read once."""
    table = lexicon.table(language, "triggers")["small"]
    before, behind = (frozenset(map(fold, table.get(side, ()))) for side in ("words", "behind"))
    return Hints(before, behind, noun_kinds.load(language))


def features(around: Surroundings, candidate: Candidate, about: Counter[str], hints: Hints) -> list[str]:
    """What the model sees of a candidate; `about` are the document's topics."""
    c = candidate
    phrase = c.text.replace(" ", "_")
    left = around.before(c.start, c.first, 2)
    right = around.after(c.end, c.last, 2)
    (kind_left, gap_left), (kind_right, gap_right) = (
        around.kind_before(c.start, c.first, _REACH),
        around.kind_after(c.end, c.last, _REACH),
    )
    kind_left_close = f"{kind_left}{int(gap_left == 0)}"
    kind_right_close = f"{kind_right}{int(gap_right == 0)}"
    inside = around.breaks_word(c.start, c.end)
    others = [topic for topic, n in about.items() if n > (topic == c.phrase.usual)]
    seen = [
        f"p={phrase}",
        f"p={phrase}|l={left[0]}",
        f"p={phrase}|r={right[0]}",
        f"p={phrase}|l2={left[1]}",
        f"p={phrase}|r2={right[1]}",
        f"p={phrase}|in={inside}",
        f"p={phrase}|w={around.words[c.start]}|{around.words[c.end - 1]}",
        f"p={phrase}|kl={kind_left_close}",
        f"p={phrase}|kr={kind_right_close}",
        f"l={left[0]}",
        f"r={right[0]}",
        f"l2={left[1]}",
        f"r2={right[1]}",
        f"w={around.words[c.start]}",
        f"we={around.words[c.end - 1]}",
        f"in={inside}",
        f"kl={kind_left}",
        f"kr={kind_right}",
        f"kk={kind_left}|{kind_right}",
        f"kl={kind_left_close}",
        f"kr={kind_right_close}",
        *(f"h={token}" for token in around.tokens[c.start : c.end]),
        *(f"t={topic}" for topic in others),
    ]
    near = hints.before.intersection(around.tokens[max(c.first, c.start - _NEAR) : c.start])
    for word in sorted(near):
        seen += [f"b={word}", f"p={phrase}|b={word}"]
    classes = c.phrase.classes
    seen.append(f"ls={'|'.join(classes)}" if classes else "nols")
    for name in classes:
        seen += [
            f"ls={name}",
            f"ls={name}|l={left[0]}",
            f"ls={name}|r={right[0]}",
            f"ls={name}|kl={kind_left}",
            f"ls={name}|kr={kind_right}",
            *(f"ls={name}|t={topic}" for topic in others),
        ]
    seen += _sure(c, left[0], right[0])
    seen += _nouns(around, c, hints.nouns)
    return seen + _inflected(around, c, hints, left[0], right[0]) if c.forms else seen


def _sure(c: Candidate, left: str, right: str) -> list[str]:
    """What the model sees of a phrase that the list says tells its class at most places, so that it need not have met it."""
    if not c.phrase.sure:
        return ["nosu"]
    seen = ["su", f"su|l={left}", f"su|r={right}", f"su|f={c.forms}", f"su|n={c.text.count(' ')}"]
    seen += [f"su|f={c.forms}|l={left}", f"su|f={c.forms}|r={right}"] if c.forms else []
    for name in c.phrase.sure:
        seen += [f"su={name}", f"su={name}|f={c.forms}", f"su={name}|l={left}", f"su={name}|r={right}"]
    return seen


def _nouns(around: Surroundings, c: Candidate, nouns: NounKinds) -> list[str]:
    """What the model sees of the nouns and names around: what kinds of things are spoken of, and which are nearest."""
    before = range(c.start - 1, max(c.first, c.start - _BESIDE) - 1, -1)
    behind = range(c.end, min(c.last, c.end + _BESIDE))
    ahead = _kinds(around, nouns, before, c.first, c.start)
    following = _kinds(around, nouns, behind, c.end, c.last)
    nearest, next_ = next(iter(ahead), "-"), next(iter(following), "-")
    beside = sorted({*ahead, *following})
    phrase = c.text.replace(" ", "_")
    seen = [
        f"nL={nearest}",
        f"nR={next_}",
        f"nLR={nearest}|{next_}",
        f"p={phrase}|nL={nearest}",
        f"p={phrase}|nR={next_}",
    ]
    seen += [f"nk={kind}" for kind in beside]
    for name in c.phrase.classes:
        seen += [f"ls={name}|nL={nearest}", f"ls={name}|nR={next_}", *(f"ls={name}|nk={kind}" for kind in beside)]
    return seen + [f for name in c.phrase.sure for f in (f"su={name}|nL={nearest}", f"su={name}|nR={next_}")]


def _kinds(around: Surroundings, nouns: NounKinds, positions: Iterable[int], first: int, end: int) -> list[str]:
    """The kinds of the nouns and names whose heads stand at `positions`, in that order, within `first` and `end`."""
    found = (nouns.at(around.stems, at, first, end) or around.kinds[at].title() for at in positions)
    return [kind for kind in found if kind]


def _inflected(around: Surroundings, c: Candidate, hints: Hints, left: str, right: str) -> list[str]:
    """What the model sees besides where words change: the form, small words behind, and the nearest other words."""
    phrase = c.text.replace(" ", "_")
    near = sorted(hints.behind.intersection(around.tokens[c.end : min(c.last, c.end + _NEAR)]))
    behind = around.content(range(c.end, min(c.last, c.end + _REACH)), hints.behind)
    ahead = around.content(range(c.start - 1, max(c.first, c.start - _REACH) - 1, -1), hints.before)
    seen = [feature for word in near for feature in (f"a={word}", f"p={phrase}|a={word}")]
    seen += [f"f={c.forms}", f"p={phrase}|f={c.forms}", f"f={c.forms}|l={left}", f"f={c.forms}|r={right}"]
    seen += [f"rc={behind}", f"lc={ahead}"]
    for name in c.phrase.classes:
        seen += [
            f"ls={name}|f={c.forms}",
            f"ls={name}|f={c.forms}|l={left}",
            f"ls={name}|f={c.forms}|r={right}",
            f"ls={name}|rc={behind}",
            f"ls={name}|lc={ahead}",
            f"ls={name}|n={len(c.phrase.classes)}",
        ]
    return seen
