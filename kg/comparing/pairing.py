"""Find for each claim of one graph the claim of the other that it has become, if any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.comparing.likeness import ASPECTS, SPOKEN, Aspect, Likeness, words
from kg.comparing.snapshot import Snapshot
from kg.model import Claim

_MOSTLY = 0.6
"""The share of words in common from which two wordings are one utterance: another number or name changes fewer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim before and what it is after, by key; `changed` names in what they differ.

    `stands` tells that the old claim is in the graph after too: somebody said something else later.
    """

    before: str
    after: str
    changed: tuple[Aspect, ...] = ()
    stands: bool = False


def pairs(likeness: Likeness) -> Iterator[Pair]:
    """The claims that are in both graphs, changed or not, each once, and beside them the later words of one source.

    First come equal keys, then claims of one class that rest on the same words of an article, then claims about the same
    thing that differ in one respect at most, then what somebody says in nearly the same words in a new version.
    """
    before, after = likeness.before.claims, likeness.after.claims
    kept = before.keys() & after.keys()
    yield from (Pair(key, key) for key in sorted(kept))
    gone = [before[key] for key in sorted(before.keys() - kept)]
    came = [after[key] for key in sorted(after.keys() - kept)]
    for find in (_of_the_same_words, _alike, _reworded):
        found = list(_best(find(likeness, gone, came)))
        yield from found
        gone = [claim for claim in gone if claim.key not in {pair.before for pair in found}]
        came = [claim for claim in came if claim.key not in {pair.after for pair in found}]
    yield from _later(likeness, [before[key] for key in sorted(kept)], came)


_Rank = tuple[object, ...]


def _best(candidates: Iterable[tuple[_Rank, Pair]]) -> Iterator[Pair]:
    """The candidates of the lowest rank, as long as neither of their claims is taken."""
    old: set[str] = set()
    new: set[str] = set()
    for _, pair in sorted(candidates, key=lambda c: (*c[0], c[1].before, c[1].after)):
        if pair.before not in old and pair.after not in new:
            old.add(pair.before)
            new.add(pair.after)
            yield pair


def _of_the_same_words(
    likeness: Likeness, gone: Sequence[Claim], came: Sequence[Claim]
) -> Iterator[tuple[_Rank, Pair]]:
    """Claims of one class that rest on the same words; those that one reading made differ in nothing."""
    by_place: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in came:
        for place in _places(likeness.after, likeness, claim):
            by_place[place].append(claim)
    for claim in gone:
        others = {c.key: c for place in _places(likeness.before, likeness, claim) for c in by_place.get(place, ())}
        for other in others.values():
            shared = len(set(claim.statements) & set(other.statements))
            changed = frozenset[Aspect]() if shared else likeness.differences(claim, other)
            if changed is not None:
                yield (-shared, len(changed)), Pair(claim.key, other.key, _ordered(changed))


def _places(snapshot: Snapshot, likeness: Likeness, claim: Claim) -> Iterator[tuple[object, ...]]:
    block = likeness.block(snapshot, claim)
    for document, span in claim.evidence:
        yield (*block, document, span.start, span.end)


def _alike(likeness: Likeness, gone: Sequence[Claim], came: Sequence[Claim]) -> Iterator[tuple[_Rank, Pair]]:
    """Claims about one thing that differ in one respect at most; in number or date only where one source gives both.

    Two dates that exclude each other are two events, unless a new version of the article says the other one.
    """
    for claim, other in _of_one_block(likeness, gone, came):
        changed = likeness.differences(claim, other)
        if changed is None or len(changed) > 1:
            continue
        one_file = _one_file(likeness, claim, other)
        if "date" in changed and not (one_file or likeness.may_be_one_time(claim, other)):
            continue
        if changed <= {"attribution", "firmness"} or likeness.one_voice(claim, other):
            rank = (len(changed), *(ASPECTS.index(aspect) for aspect in changed), not one_file)
            yield rank, Pair(claim.key, other.key, _ordered(changed))


def _reworded(likeness: Likeness, gone: Sequence[Claim], came: Sequence[Claim]) -> Iterator[tuple[_Rank, Pair]]:
    """Words spoken in an article that mostly stand in another version of it."""
    by_file: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in came:
        for file in likeness.after.files(claim) if claim.type in SPOKEN else ():
            by_file[claim.type, file].append(claim)
    for claim in gone:
        others = {c.key: c for file in likeness.before.files(claim) for c in by_file.get((claim.type, file), ())}
        for other in others.values():
            common = SequenceMatcher(None, words(claim), words(other), autojunk=False).ratio()
            changed = likeness.differences(claim, other)
            if common >= _MOSTLY and changed is not None:
                yield (-common,), Pair(claim.key, other.key, _ordered({*changed, "wording"}))


def _later(likeness: Likeness, kept: Sequence[Claim], came: Sequence[Claim]) -> Iterator[Pair]:
    """New claims of a source that gave another number, or said it less or more firmly, in a claim that still stands."""
    latest: dict[str, tuple[_Rank, Pair]] = {}
    for claim, other in _of_one_block(likeness, kept, came):
        changed = likeness.differences(claim, other)
        if changed in (frozenset({"number"}), frozenset({"firmness"})) and likeness.one_voice(claim, other):
            rank = (likeness.before.heard(claim), claim.key)
            known = latest.get(other.key)
            if known is None or rank > known[0]:
                latest[other.key] = (rank, Pair(claim.key, other.key, _ordered(changed or ()), stands=True))
    yield from (latest[key][1] for key in sorted(latest))


def _of_one_block(likeness: Likeness, old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    by_block: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in new:
        by_block[likeness.block(likeness.after, claim)].append(claim)
    for claim in old:
        for other in by_block.get(likeness.block(likeness.before, claim), ()):
            yield claim, other


def _one_file(likeness: Likeness, old: Claim, new: Claim) -> bool:
    return bool(likeness.before.files(old) & likeness.after.files(new))


def _ordered(changed: Iterable[Aspect]) -> tuple[Aspect, ...]:
    return tuple(sorted(changed, key=ASPECTS.index))
