"""Tell whose words are passed on: of those who cite others, and of those told of inside what others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extractors.statements.reading import Reference
from kg.extractors.statements.speech import Speech

NESTED = "nested"
"""The source of a speech that only says who passed on what somebody else said."""
SETTLED = "settled"
"""The source of a speech that takes a stance on what somebody else said before."""
_OBJECT = 4  # items from a verb to "what"
_ASIDE = 5  # items from "one of whom" to the verb
_OWNER = 2  # items of "and her" before a speaker
HEARSAY = "hearsay"
"""The source of a speech that nobody is named for."""


@dataclass(frozen=True, slots=True)
class Citing:
    """A "citing Y" at token `start`, beside another verb of saying; `speakers` cite the `quoted`.

    `seen` are documents that the quoted have seen, where the words come from: "citing officials who had seen a report".
    """

    start: int
    speakers: tuple[Reference, ...]
    quoted: tuple[Reference, ...]
    seen: tuple[Reference, ...] = ()

    @property
    def chains(self) -> frozenset[str]:
        """Who cites."""
        return frozenset(c for r in self.speakers for c in r.chains)


def with_cited(acts: Sequence[Speech], cited: Sequence[Citing]) -> Iterator[Speech]:
    """The acts; the words of somebody who cites another are the other's: "X, citing Y, reported that …"."""
    taken: dict[int, Citing] = {}
    acts = _cut_apart(acts)
    told = {n: act for n, act in enumerate(acts) if act.source != NESTED}
    for citing in cited:
        outer = {n: act for n, act in told.items() if not _inside(act, told.values())} or told
        noun = {n: act for n, act in told.items() if act.cue.id == "noun"}  # "a report by X, which cited Y, that"
        own = [n for n, act in (outer | noun).items() if set(act.chains) & citing.chains]
        near = sorted((act.cue_at, n) for n, act in outer.items() if act.cue_at[1] <= citing.start)
        behind = sorted((act.cue_at, n) for n, act in outer.items() if act.cue_at[0] > citing.start)
        taken |= dict.fromkeys(own or [n for _, n in near[-1:] or behind[:1]], citing)
    for number, act in enumerate(acts):
        if number in taken:
            yield replace(act, cue=replace(act.cue, relay=True), source=NESTED)
            citing = taken[number]
            if citing.seen:
                yield replace(act, speakers=citing.quoted, cue=replace(act.cue, relay=True), source=NESTED)
            yield replace(act, speakers=citing.seen or citing.quoted, cue=replace(act.cue, relay=False))
        else:
            yield act


def _inside(act: Speech, acts: Iterable[Speech]) -> bool:
    """Whether an act is told in the words of another."""
    return any(o is not act and o.covers(act.cue_at[0]) and not act.covers(o.cue_at[0]) for o in acts)


def with_nested(acts: Sequence[Speech]) -> Iterator[Speech]:
    """The acts, and for each inside another's words who passed it on."""
    acts = _cut_apart([*_with_asides(acts)])
    yield from acts
    passing = (a for a in acts if a.source != NESTED and not a.relay and a.cue.modality != "denied")
    telling = [(act, frozenset(act.chains)) for act in passing]
    for inner in acts:
        if inner.source == NESTED:
            continue
        own, at = frozenset(inner.chains), inner.cue_at[0]
        for outer, speakers in telling:
            inside = outer.covers(at) and not inner.covers(outer.cue_at[0])
            if _passes_on(outer, inner) and inside and not speakers & own and not outer.sentence.quoted(at):
                yield replace(
                    outer, cue=replace(outer.cue, relay=True), content=inner.content, source=NESTED, addressees=()
                )


def _passes_on(outer: Speech, inner: Speech) -> bool:
    """Whether what is told inside comes through the outer speaker: not in "X confirmed what Y had reported", "a report by Y"."""
    if outer is inner:
        return False
    near = [i for i in outer.sentence.items if i.start >= outer.cue_at[1]][:_OBJECT]
    told = inner.cue.id == "noun" or any("manner" in i.kinds for i in near)
    return not (outer.cue.modality == "confirmed" and told) and not _explained(inner, outer)


def _explained(inner: Speech, outer: Speech) -> bool:
    """Whether ", one of whom" begins the clause of the inner speaker: the writer explains there what the outer one said."""
    ahead = [i for i in inner.sentence.items if outer.cue_at[1] <= i.start and i.end <= inner.cue_at[0]][-_ASIDE:]
    return any("asides" in i.kinds for i in ahead)


def _with_asides(acts: Sequence[Speech]) -> Iterator[Speech]:
    """The acts; one told between another's verb and words passes these on: "was told by X, one of them said, that"."""
    for act in acts:
        first = min([act.cue_at[0], *(r.start for r in act.speakers)])
        ahead = [i for i in act.sentence.items if i.end <= first][-_OWNER:]
        joined = any(i.kinds & {"conjunctions", "contrasts", "and_then"} for i in ahead)
        told = (o for o in acts if not joined and o.source != NESTED and set(o.chains) != set(act.chains))
        aside = any(o.cue_at[1] <= act.cue_at[0] < o.content[0] and o.content == act.content for o in told)
        yield replace(act, cue=replace(act.cue, relay=True), source=NESTED) if aside else act


def _contrast(act: Speech) -> int | None:
    """Where "while", "but" or ", and" stands right in front of an act: what is said before it ends there."""
    items = [i for i in act.sentence.items if i.end <= act.start]
    if not items or act.sentence.quoted(act.start):
        return None
    joined = "and_then" in items[-1].kinds and len(items) > 1 and items[-2].end - items[-2].start == 1
    absolute = len(items) > 1 and "belonging" in items[-1].kinds and items[-2].end - items[-2].start == 1
    if absolute and not items[-2].kinds and items[-2].kind == "word" and act.start < act.cue_at[0]:
        return items[-2].start  # ", with the army saying"
    plain = joined and not items[-2].kinds and items[-2].kind == "word" and items[-2].reference is None
    return items[-1].start if "contrasts" in items[-1].kinds or plain else None


def _cut_apart(acts: Sequence[Speech]) -> list[Speech]:
    """The acts; what is said ends before "while" or "but" of another act."""
    contrasts = [start for act in acts if (start := _contrast(act)) is not None]
    return [_cut(act, acts, contrasts) for act in acts]


def _cut(act: Speech, acts: Sequence[Speech], contrasts: Sequence[int]) -> Speech:
    """An act told inside words that stand in front of "…, X said" ends where they do."""
    ends = [start for start in contrasts if act.content[0] < start < act.content[1]]
    ends += [o.content[1] for o in acts if o.covers(act.cue_at[0]) and o.content[1] <= o.cue_at[0] < act.content[1]]
    return replace(act, content=(act.content[0], max(min(ends), act.content[0]))) if ends else act
