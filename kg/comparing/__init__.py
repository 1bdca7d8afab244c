"""Tell what differs between two graphs: who says something new, something else, or nothing any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg import folder
from kg.comparing.likeness import ASPECTS, Aspect, Likeness
from kg.comparing.pairing import Pair, pairs
from kg.comparing.snapshot import COMPETING, Contradiction, Snapshot
from kg.model import Document

__all__ = ["COMPETING", "KINDS", "Change", "Contradiction", "Difference", "Kind", "Regrouped", "compare"]

Kind = Literal["new", "withdrawn", Aspect]
KINDS: tuple[Kind, ...] = ("new", "withdrawn", *ASPECTS)


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that came, went, or became another: `before` and `after` are its keys there.

    `changed` names all in which the two differ, `kind` the first of them. `stands` tells that the claim before is in the
    graph after too.
    """

    kind: Kind
    before: str | None = None
    after: str | None = None
    changed: tuple[Aspect, ...] = ()
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What was several entities and is one, or the other way round, by key."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two graphs; `same` tells that they are equal to the last quad.

    `rewritten` pairs two texts of one file. `resolved` contradictions are of the graph before, `arisen` ones of that
    after. `unchanged` counts the claims that are in both.
    """

    same: bool
    added: tuple[Document, ...] = ()
    removed: tuple[Document, ...] = ()
    rewritten: tuple[tuple[Document, Document], ...] = ()
    changes: tuple[Change, ...] = ()
    arisen: tuple[Contradiction, ...] = ()
    resolved: tuple[Contradiction, ...] = ()
    joined: tuple[Regrouped, ...] = ()
    split: tuple[Regrouped, ...] = ()
    unchanged: int = 0


def compare(before: Path, after: Path) -> Difference:
    """What differs between two graph folders; a StoreError says what is wrong with one.

    Graphs of one hash are equal, and are not read.
    """
    if folder.manifest(before)["sha256"] == folder.manifest(after)["sha256"]:
        return Difference(same=True)
    likeness = Likeness(Snapshot.read(before), Snapshot.read(after))
    found = list(pairs(likeness))
    stays = {pair.before: pair.after for pair in found if not pair.stands}
    added, removed, rewritten = _articles(likeness)
    arisen, resolved = _contradictions(likeness, stays)
    joined, split = _entities(likeness)
    return Difference(
        same=False,
        added=added,
        removed=removed,
        rewritten=rewritten,
        changes=tuple(_changes(likeness, found)),
        arisen=arisen,
        resolved=resolved,
        joined=joined,
        split=split,
        unchanged=sum(not pair.changed for pair in found),
    )


def _changes(likeness: Likeness, found: Iterable[Pair]) -> list[Change]:
    found = list(found)
    old = {pair.before for pair in found if not pair.stands}
    new = {pair.after for pair in found}
    changes = [Change(p.changed[0], p.before, p.after, p.changed, p.stands) for p in found if p.changed]
    changes += [Change("withdrawn", before=key) for key in likeness.before.claims if key not in old]
    changes += [Change("new", after=key) for key in likeness.after.claims if key not in new]

    def place(change: Change) -> tuple[object, ...]:
        snapshot = likeness.after if change.after else likeness.before
        claim = snapshot.claims[change.after or change.before or ""]
        first = min(((snapshot.documents[d].source, span) for d, span in claim.evidence), default=())
        return (KINDS.index(change.kind), first, claim.key)

    return sorted(changes, key=place)


def _articles(
    likeness: Likeness,
) -> tuple[tuple[Document, ...], tuple[Document, ...], tuple[tuple[Document, Document], ...]]:
    """The articles that came, that went, and those of which the same file holds another text."""
    before, after = likeness.before.documents, likeness.after.documents
    gone = sorted((before[key] for key in before.keys() - after.keys()), key=lambda d: (d.source, d.id))
    came = sorted((after[key] for key in after.keys() - before.keys()), key=lambda d: (d.source, d.id))
    by_file = {document.source: document for document in gone}
    rewritten = tuple((by_file[document.source], document) for document in came if document.source in by_file)
    files = {document.source for _, document in rewritten}
    return (
        tuple(document for document in came if document.source not in files),
        tuple(document for document in gone if document.source not in files),
        rewritten,
    )


def _contradictions(
    likeness: Likeness, stays: dict[str, str]
) -> tuple[tuple[Contradiction, ...], tuple[Contradiction, ...]]:
    """Those that arose, and those that are no more: two sides in common make one of a type the same.

    A graph may know only which claims compete, and not in what; then both are compared by that.
    """
    before, after = likeness.before, likeness.after
    typed = not any(snapshot.competing and not snapshot.contradictions for snapshot in (before, after))
    old = before.contradictions if typed else before.competing
    new = after.contradictions if typed else after.competing
    by_side: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, one in enumerate(new):
        for side in one.sides:
            by_side[one.type, side].add(number)
    met: set[int] = set()
    resolved = []
    for one in old:
        sides = [stays[side] for side in one.sides if side in stays]
        near = [number for side in sides for number in by_side.get((one.type, side), ())]
        same = {number for number in near if near.count(number) >= min(2, len(one.sides))}
        met |= same
        if not same:
            resolved.append(one)
    arisen = [one for number, one in enumerate(new) if number not in met]
    return tuple(sorted(arisen, key=_order)), tuple(sorted(resolved, key=_order))


def _order(contradiction: Contradiction) -> tuple[str, tuple[str, ...]]:
    return contradiction.type, contradiction.sides


def _entities(likeness: Likeness) -> tuple[tuple[Regrouped, ...], tuple[Regrouped, ...]]:
    """Entities that were several and are one, and the other way round, by what articles of both graphs name."""
    before, after = (
        {tuple(member): key for key, entity in snapshot.entities.items() for member in entity.members}
        for snapshot in (likeness.before, likeness.after)
    )
    become: dict[str, set[str]] = defaultdict(set)
    come_from: dict[str, set[str]] = defaultdict(set)
    for member in before.keys() & after.keys():
        become[before[member]].add(after[member])
        come_from[after[member]].add(before[member])
    joined = (Regrouped(tuple(sorted(olds)), (new,)) for new, olds in sorted(come_from.items()) if len(olds) > 1)
    split = (Regrouped((old,), tuple(sorted(news))) for old, news in sorted(become.items()) if len(news) > 1)
    return tuple(joined), tuple(split)
