"""Conclude statements from a reading: events, relations, numbers claimed and words spoken, each with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extractors.statements import counts, frames, inflected_speech, learned, pointing, relations, rules, speech
from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.clause import MODALITIES
from kg.extractors.statements.clauses import clause_at
from kg.extractors.statements.counts import Counted
from kg.extractors.statements.frames import Fact
from kg.extractors.statements.hearsay import RUMOUR
from kg.extractors.statements.locating import listed_with, located
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.relations import Relation
from kg.extractors.statements.roles import RoleFinder
from kg.extractors.statements.second_hand import HEARSAY, NESTED, SETTLED
from kg.extractors.statements.speech import Speech
from kg.extractors.statements.stance import stance
from kg.extractors.statements.told import Told, within
from kg.model import Mention, Modality, Statement, Time

_SURE, _POINTED, _BY_WORK = 0.9, 0.8, 0.7  # stated with names; through a pronoun; through the work that shows it
_SILENCE = "NoComment"
_MODAL, _PLANNED = 1, frozenset({"modality:planned"})  # items right before a number's words
_STAYING = frozenset({"killed", "wounded", "missing", "arrested", "participants", "destroyed", "amount"})
_EXPECTED = 6  # items between a number and "expected"
_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Sources:
    """Who says something, who passes it on, when it was said and how firmly."""

    attributed_to: tuple[str, ...] = ()
    relayed_by: tuple[str, ...] = ()
    said: Time | None = None
    modality: Modality = "asserted"
    by_work: bool = False


def mentions(reading: Reading) -> Iterator[Mention]:
    """What is referred to without a name: groups, office holders, pronouns."""
    for sentence in reading.sentences:
        for reference in sentence.references():
            yield from _mentions(reading, reference)


def _mentions(reading: Reading, reference: Reference) -> Iterator[Mention]:
    if reference.form == "name" or reference.of == reference.chains:
        return
    span = reading.span(reference.start, reference.end)
    for chain in reference.chains:
        kind = "group" if reference.type == "group" else reading.types.get(chain, reference.type)
        belonging = [(chain, reference.of[0] if kind == "group" and reference.of else "")]
        if reference.fallen and reference.fallen != chain:
            belonging.append((reference.fallen, chain))
        for own, of in belonging:
            yield Mention(reading.document.id, span, kind, own, reference.form, "references", _POINTED, of=of)


class Conclusions:
    """The statements of one reading, by the rules of its language."""

    def __init__(self, reading: Reading, found: rules.Rules, finder: RoleFinder | None) -> None:
        self._reading = reading
        self._inflected = grammars.load(reading.document.language).inflection is not None
        self._told = Told((inflected_speech if self._inflected else speech).find(reading))
        read = tuple(frames.find(reading, found, self._said))
        whole = [fact for fact in read if not fact.loose]
        told = _distinct((*whole, *pointing.again([fact for fact in read if fact.loose], whole)))
        self._facts = (*told, *(learned.find(reading, finder, told, self._said, self._tellers) if finder else ()))
        self._told = Told(self._dated(s) for s in self._told.acts)
        self._counts = tuple(counts.find(reading, found))
        events = (fact for fact in self._facts if fact.term != _SILENCE or not self._inflected)
        self._starts = sorted([*(fact.start for fact in events), *(count.start for count in self._counts)])

    def described(self) -> Iterator[Mention]:
        """Who and what is only described, and takes part in an event: nobody else reads them."""
        read = {(r.start, r.end) for sentence in self._reading.sentences for r in sentence.references()}
        for fact in self._facts:
            for reference in fact.fillers:
                if (reference.start, reference.end) not in read:
                    yield from _mentions(self._reading, reference)

    def statements(self) -> Iterator[Statement]:
        """The statements, kind by kind."""
        yield from (self._event(fact) for fact in self._facts)
        yield from (self._relation(relation) for relation in relations.find(self._reading))
        yield from (self._count(count) for count in self._counts)
        yield from (self._speech(act) for act in self._told.acts if self._worth_stating(act))

    def _said(self, token: int) -> tuple[Item, ...]:
        """The times that say when the words at `token` were said: they are no times of what the words tell."""
        return tuple(
            s.time
            for s in self._told.covering(token)
            if s.time and s.source == "cue" and s.time.start >= s.speakers[0].start
        )

    def _tellers(self, token: int) -> dict[int, tuple[str, ...]]:
        """Where those are named who say or pass on the words at `token`, with who they are; the closest words come last."""
        covering = sorted(self._told.covering(token), key=lambda s: s.content[0] - s.content[1])
        return {r.start: r.chains for s in covering for r in s.speakers}

    def _dated(self, act: Speech) -> Speech:
        """Words spoken "tại buổi lễ" were spoken when the ceremony told of last took place."""
        items = act.sentence.items
        at = any("occasions:at" in a.kinds and "occasions:nouns" in b.kinds for a, b in pairwise(items))
        if act.time or act.source != "cue" or not at:
            return act
        told = (f for f in self._facts if f.start < act.cue_at[0] and not f.sentence.quoted(f.start))
        days = [f.time for f in told if f.time and f.time.time and _DAY.fullmatch(f.time.time.edtf)]
        return replace(act, time=days[-1]) if days else act

    def _sources(self, token: int) -> Sources:
        around = [*self._told.covering(token)]
        told = (s for s in around if s.source not in {SETTLED, HEARSAY})
        rumoured = any(s.cue is RUMOUR for s in around)
        covering = sorted(told, key=lambda s: s.content[1] - s.content[0])
        speakers = [s for s in covering if not s.relay]
        relays = [s for s in covering if s.relay]
        said_by = frozenset(speakers[0].chains if speakers else ())
        timed = next((s.time for s in [*speakers, *relays] if s.time), None)
        return Sources(
            attributed_to=speakers[0].chains if speakers else (),
            relayed_by=tuple(dict.fromkeys(c for s in relays for c in s.chains if c not in said_by)),
            said=timed.time if timed else None,
            modality=speakers[0].cue.modality if speakers else "reported" if rumoured else "asserted",
            by_work=bool(relays) and all(s.source == "work" for s in relays),
        )

    def _event(self, fact: Fact) -> Statement:
        sources = self._sources(fact.start)
        modality = fact.modality if fact.modality != "asserted" else sources.modality
        if modality not in {"conditional", "denied"} and self._ahead(fact.time):
            modality = "planned"
        silence = fact.term == _SILENCE
        return Statement(
            document=self._reading.document.id,
            type=fact.term,
            evidence=self._reading.span(*fact.reach()),
            roles=fact.roles,
            time=fact.time.time if fact.time else None,
            said=sources.said,
            quantity=replace(fact.quantity.quantity, measure=fact.measure)
            if fact.quantity and fact.quantity.quantity
            else None,
            attributed_to=dict(fact.roles).get("agent", ()) if silence else sources.attributed_to,
            relayed_by=sources.relayed_by,
            modality=modality,
            extractor=fact.by,
            confidence=round(_confidence(fact.fillers, sources) * fact.confidence, 3),
            trigger=self._reading.span(fact.start, fact.end),
        )

    def _ahead(self, item: Item | None) -> bool:
        """Whether a time begins after the article was published: nobody can have seen it, it is only planned."""
        published = self._reading.document.published
        earliest = item.time.earliest if item and item.time else None
        return bool(published and earliest and earliest[: len(published)] > published)

    def _relation(self, relation: Relation) -> Statement:
        return Statement(
            document=self._reading.document.id,
            type=relation.term,
            evidence=self._reading.span(relation.start, relation.end),
            roles=relation.roles,
            position=relation.position,
            extractor=relation.term,
            confidence=_SURE,
        )

    def _count(self, count: Counted) -> Statement:
        sources = self._sources(count.item.start)
        roles = []
        if count.population and count.population.chains:
            roles.append(("ofPopulation", count.population.chains))
        if place := self._place(count):
            roles.append(("atPlace", (place, *listed_with(place, count.sentence, self._reading.words))))
        hedged = self._hedge(count)
        return Statement(
            document=self._reading.document.id,
            type="QuantityClaim",
            evidence=self._reading.span(count.start, count.end),
            roles=tuple(sorted(roles)),
            said=sources.said,
            quantity=count.quantity,
            attributed_to=sources.attributed_to or sources.relayed_by,
            relayed_by=sources.relayed_by if sources.attributed_to else (),
            modality=sources.modality if sources.modality != "asserted" else hedged,
            extractor=count.rule.id,
            confidence=_confidence((), sources),
        )

    def _hedge(self, count: Counted) -> Modality:
        if self._inflected:
            start, end, forms = count.trigger
            hedged = clause_at(self._reading, count.sentence, start, end, forms).modality()
            near = count.sentence.between(count.item.end, count.sentence.end)
            thing = count.population is None and any("expected" in i.kinds for i in near[:_EXPECTED])
            return "estimated" if hedged == "planned" and thing else hedged
        inside = count.sentence.between(count.start, count.end)
        before = count.sentence.until(count.start)[-_MODAL:]  # "sẽ tạo 1.200 việc làm"
        kinds = {kind for item in inside for kind in item.kinds} | {k for i in before for k in i.kinds & _PLANNED}
        return next((modality for modality in MODALITIES if f"modality:{modality}" in kinds), "asserted")

    def _place(self, count: Counted) -> str:
        """The place that the number's sentence is about, else the last one that a sentence before it was about.

        What is told of no people and no mines, a price or a length, has no place but the one named beside it.
        """
        index = count.sentence.index
        sentences = self._reading.sentences[index if count.rule.generic else 0 : index + 1]
        found = (
            located(s, count.start, owners_first=self._inflected, moving=count.rule.measure not in _STAYING)
            or self._happened(s, count)
            for s in reversed(sentences)
        )
        return next((place for place in found if place), "")

    def _happened(self, sentence: Sentence, count: Counted) -> str:
        """Where the event before the number happened that a sentence tells of, without a word for "in": "đổ bộ X"."""
        if self._inflected or count.rule.generic:
            return ""
        told = (f for f in self._facts if f.sentence is sentence and f.start < count.start)
        return next(
            (p for f in told for p in dict(f.roles).get("atPlace", ()) if self._reading.types.get(p) == "place"), ""
        )

    def _worth_stating(self, act: Speech) -> bool:
        """Passing on is no statement of one's own, unless nothing else is found in what is passed on."""
        told = within(self._starts, act.content) > 0
        if act.source in {"work", NESTED}:
            return False
        if act.cue.modality == "estimated":
            plain = (fact for fact in self._facts if fact.modality in {act.cue.modality, "asserted"})
            return not (any(act.covers(f.start) for f in plain) or any(act.covers(c.start) for c in self._counts))
        if act.source == HEARSAY:
            return not told
        return not act.relay or not (self._told.holds_another(act) or (told and not self._inflected))

    def _speech(self, act: Speech) -> Statement:
        roles = []
        spoken_to = tuple(dict.fromkeys(c for r in act.addressees for c in r.chains))
        if spoken_to:
            roles.append(("addressee", spoken_to))
        excluded = {*act.chains, *spoken_to}
        about = tuple(c for c in self._named(act.content) if c not in excluded)
        if about:
            roles.append(("about", about))
        sources = self._sources(act.cue_at[0])
        return Statement(
            document=self._reading.document.id,
            type="Statement",
            evidence=self._reading.span(act.start, act.end),
            roles=tuple(sorted(roles)),
            said=act.time.time if act.time else sources.said,
            attributed_to=act.chains,
            relayed_by=tuple(
                c for c in dict.fromkeys((*sources.relayed_by, *self._through(act))) if c not in act.chains
            ),
            modality=self._stance(act),
            extractor=f"speech-{act.cue.id}",
            confidence=_confidence(act.speakers, sources),
        )

    def _stance(self, act: Speech) -> Modality:
        """How the speaker stands to the words: as the verb says, else as the words do themselves."""
        if act.cue.modality != "asserted" or not self._inflected:
            return act.cue.modality
        words = self._reading.words
        found = stance(words, act.sentence, act.content)
        if found == "asserted" and act.covers(act.cue_at[0]):  # "The vote, X said, will be delayed"
            return stance(words, act.sentence, (act.cue_at[1], act.content[1]))
        return found

    def _through(self, act: Speech) -> Iterator[str]:
        """Who passes on the very words of an act of speech."""
        for other in self._told.passing_on(act):
            yield from (chain for chain in other.chains if chain not in act.chains)

    def _named(self, content: tuple[int, int]) -> Sequence[str]:
        start, end = content
        refs: Iterable[Reference] = (
            r for s in self._reading.sentences if s.start < end and s.end > start for r in s.references()
        )
        return list(
            dict.fromkeys(
                c
                for r in refs
                if start <= r.start < end and (r.form == "name" or r.type == "treaty" or r.chains == r.of)
                for c in (*r.chains, *r.of)
            )
        )


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts without those that only repeat part of another one of their sentence: "nghi lễ động thổ … bước khởi công"."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (f.sentence.index, -len(f.fillers), f.start)):
        twins = (k for k in kept if k.sentence is fact.sentence and k.term == fact.term and k.modality == fact.modality)
        if not any(_says_all(twin, fact) for twin in twins):
            kept.append(fact)
    return tuple(sorted(kept, key=lambda f: f.start))


def _says_all(fact: Fact, other: Fact) -> bool:
    """Whether `fact` names everyone and the time that `other` names."""
    named = {chain for _, chains in fact.roles for chain in chains}
    return {c for _, chains in other.roles for c in chains} <= named and (other.time is None or other.time == fact.time)


def _confidence(fillers: Sequence[Reference], sources: Sources) -> float:
    if sources.by_work:
        return _BY_WORK
    return _POINTED if any(r.form == "pronoun" or r.pointer for r in fillers) else _SURE
