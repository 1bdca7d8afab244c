"""Join extractions into one resolution, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import Entity, Extraction, Mention, Resolution
from kg.resolving import chains, claims, entities, events, ledger, places, questions
from kg.resolving.fitting import Fitting
from kg.resolving.judgements import Line
from kg.vocabulary import Vocabulary


def resolve(extractions: Sequence[Extraction], lines: Sequence[Line] = ()) -> Resolution:
    """What all extractions say together, in an order that does not depend on theirs; `lines` are a user's judgements."""
    vocabulary = Vocabulary.load()
    situations = frozenset(vocabulary.below("Situation"))
    named = entities.identify([part for extraction in extractions for part in chains.parts(extraction)], lines)
    keys = {member: entity.key for entity in named.entities for member in entity.members}
    found = _belonging(named.entities, keys, extractions)
    by_key = {entity.key: entity for entity in found}
    published = {e.document.id: e.document.published for e in extractions}

    mentions: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in (mention for extraction in extractions for mention in extraction.mentions):
        mentions[mention.document, mention.chain].append(mention)
    languages = {extraction.document.id: extraction.document.language for extraction in extractions}
    fitting = Fitting(vocabulary, keys, by_key, languages, mentions)
    told = [fitting.told(s) for extraction in extractions for s in extraction.statements]
    contains = places.Containment.of(told).contains
    kinds = [claims.subject_kind(t.statement, situations=situations) for t in told]
    about_events = [t for t, kind in zip(told, kinds, strict=True) if kind in {"EventClaim", "SituationClaim"}]
    happened = events.resolve(about_events, contains)
    asked, answers = questions.resolve(
        (t for t in told if t.statement.type == "QuantityClaim"), by_key, contains, published.get
    )
    subjects = {member: event.key for event in happened for member in event.members} | answers
    said = [
        claims.Said(
            t,
            fitting.fill(t.statement, "attributedTo", t.statement.attributed_to),
            fitting.fill(t.statement, "relayedBy", t.statement.relayed_by),
            subjects.get(t.statement.id),
            kind,
        )
        for t, kind in zip(told, kinds, strict=True)
    ]
    claimed = claims.resolve(said)
    competing, corroborating = claims.compare(claimed)
    rival = claims.rivals(happened, claimed, vocabulary.excludes)
    kept = ledger.keep(ledger.Resolved(extractions, told, by_key, happened, asked, claimed, contains))
    return Resolution(
        tuple(by_key[key] for key in sorted(by_key)),
        happened,
        asked,
        claimed,
        judgements=named.judgements,
        idle=tuple((line.first, line.second) for line in named.idle),
        standing=tuple(sorted(fitting.standing)),
        competing=tuple(sorted({*competing, *rival})),
        corroborating=tuple(corroborating),
        rejected=tuple(sorted(fitting.rejected)),
        copies=kept.copies,
        contradictions=kept.contradictions,
        dates=kept.dates,
        years=kept.years,
    )


def _belonging(
    found: Sequence[Entity], keys: Mapping[tuple[str, str], str], extractions: Sequence[Extraction]
) -> tuple[Entity, ...]:
    """The entities, each group with what its descriptions say it belongs to; `keys` are by document and chain."""
    owners: dict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        for mention in extraction.mentions:
            owner = keys.get((mention.document, mention.of)) if mention.of else None
            group = keys.get((mention.document, mention.chain))
            if owner and group and owner != group:
                owners[group].add(owner)
    return tuple(replace(entity, belongs_to=tuple(sorted(owners.get(entity.key, ())))) for entity in found)
