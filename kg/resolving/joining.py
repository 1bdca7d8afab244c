"""Join extractions into one resolution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Extraction, Resolution
from kg.resolving import forces, ledger
from kg.resolving.judgements import Line
from kg.resolving.resolver import Resolver


def resolve(extractions: Sequence[Extraction], lines: Sequence[Line] = ()) -> Resolution:
    """What all extractions say together, in an order that does not depend on theirs; `lines` are a user's judgements."""
    resolver = Resolver(lines=lines)
    resolver.update(extractions)
    return resolution(resolver, extractions)


def resolution(resolver: Resolver, extractions: Sequence[Extraction]) -> Resolution:
    """All that a resolver holds, with the ledger of claims; `extractions` are those that it was made of."""
    pairs = [pair for _, pair in resolver.pairs.table.items()]
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for member, key in resolver.entities.members().items():
        members[key].append(member)
    told = dict(resolver.told.table.items())
    found = Resolution(
        tuple(replace(entity, members=tuple(sorted(members[key]))) for key, entity in resolver.entities.table.items()),
        tuple(event for _, event in resolver.events.events.table.items()),
        tuple(question for _, question in resolver.questions.questions.table.items()),
        tuple(claim for _, claim in resolver.claims.table.items()),
        judgements=resolver.entities.judgements(),
        idle=tuple((line.first, line.second) for line in resolver.entities.idle()),
        standing=tuple(sorted(summed.head for _, summed in resolver.standing.table.items())),
        competing=tuple(sorted({(p.first, p.second) for p in pairs if p.verdict == "competing"})),
        corroborating=tuple(sorted({(p.first, p.second) for p in pairs if p.verdict == "corroborating"})),
        rejected=tuple(sorted({(one.statement.document, why) for one in told.values() for why in one.unfit})),
    )
    known = {entity.key: entity for entity in found.entities}
    perhaps = forces.candidates(tuple(told.values()), known)
    kept = ledger.keep(
        ledger.Resolved(
            extractions,
            told,
            known,
            found.events,
            found.questions,
            found.claims,
            resolver.places.contains,
            resolver.told_of,
        )
    )
    return replace(
        found,
        judgements=tuple(sorted((*found.judgements, *perhaps), key=lambda j: j.order)),
        copies=kept.copies,
        contradictions=kept.contradictions,
        dates=kept.dates,
        years=kept.years,
    )
