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
RECKONED = "reckoned"
"""The id of the cue of numbers that somebody reckons: "its forecast for growth to 2%"."""
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
    told = {n: act for n, act in enumerate(acts) if act.source != NESTED and act.cue.id != RECKONED}
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
    about = {id(act) for act in acts if act.cue.modality == "confirmed" and _about_told(act)}
    for inner in acts:
        if inner.source == NESTED:
            continue
        own, at, aside = frozenset(inner.chains), inner.cue_at[0], _aside(inner)
        for outer, speakers in telling:
            inside = (
                outer is not inner and outer.covers(at) and not inner.covers(outer.cue_at[0]) and not speakers & own
            )
            told = outer.cue.modality == "confirmed" and (inner.cue.id == "noun" or id(outer) in about)
            if inside and not (told or outer.cue_at[1] <= aside) and not outer.sentence.quoted(at):
                yield replace(
                    outer, cue=replace(outer.cue, relay=True), content=inner.content, source=NESTED, addressees=()
                )


def _about_told(act: Speech) -> bool:
    """Whether what others told is confirmed: "X confirmed what Y had reported" does not pass Y's words on."""
    return any("manner" in item.kinds for item in act.sentence.since(act.cue_at[1])[:_OBJECT])


def _aside(act: Speech) -> int:
    """Where ", one of whom" begins the clause of a speaker, in which the writer explains what an outer one said; or -1."""
    ahead = act.sentence.until(act.cue_at[0])[-_ASIDE:]
    return next((item.start for item in ahead if "asides" in item.kinds), -1)


def _with_asides(acts: Sequence[Speech]) -> Iterator[Speech]:
    """The acts; one told between another's verb and words passes these on: "was told by X, one of them said, that"."""
    for act in acts:
        first = min([act.cue_at[0], *(r.start for r in act.speakers)])
        ahead = act.sentence.until(first)[-_OWNER:]
        joined = any(i.kinds & {"conjunctions", "contrasts", "and_then"} for i in ahead)
        told = (o for o in acts if not joined and o.source != NESTED and set(o.chains) != set(act.chains))
        aside = any(o.cue_at[1] <= act.cue_at[0] < o.content[0] and o.content == act.content for o in told)
        yield replace(act, cue=replace(act.cue, relay=True), source=NESTED) if aside else act


def _contrast(act: Speech) -> int | None:
    """Where "while", "but" or ", and" stands right in front of an act: what is said before it ends there."""
    items = act.sentence.until(act.start)
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
