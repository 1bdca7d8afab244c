"""Join extractions into one resolution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Extraction, Resolution
from kg.resolving.judgements import Line
from kg.resolving.resolver import Resolver
from kg.tables import Tables


def resolve(extractions: Sequence[Extraction], lines: Sequence[Line] = (), tables: Tables | None = None) -> Resolution:
    """What all extractions say together, in an order that does not depend on theirs.

    `lines` are a user's judgements; `tables`, empty, will hold what a Resolver needs to go on.
    """
    resolver = Resolver(tables, lines)
    resolver.update(extractions)
    return resolution(resolver)


def resolution(resolver: Resolver) -> Resolution:
    """All that a resolver holds, with the ledger of claims."""
    pairs = [pair for _, pair in resolver.pairs.table.items()]
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for member, key in resolver.entities.members().items():
        members[key].append(member)
    perhaps = (judgement for _, judgement in resolver.forces.judgements.table.items())
    kept = resolver.ledger
    years = (year for _, year in kept.undated.years.table.items())
    return Resolution(
        tuple(replace(entity, members=tuple(sorted(members[key]))) for key, entity in resolver.entities.table.items()),
        tuple(event for _, event in resolver.events.events.table.items()),
        tuple(question for _, question in resolver.questions.questions.table.items()),
        tuple(claim for _, claim in resolver.claims.table.items()),
        judgements=tuple(sorted((*resolver.entities.judgements(), *perhaps), key=lambda j: j.order)),
        idle=tuple((line.first, line.second) for line in resolver.entities.idle()),
        standing=tuple(sorted(summed.head for _, summed in resolver.standings.table.items())),
        competing=tuple(sorted({(p.first, p.second) for p in pairs if p.verdict == "competing"})),
        corroborating=tuple(sorted({(p.first, p.second) for p in pairs if p.verdict == "corroborating"})),
        rejected=tuple(
            sorted({(t.statement.document, why) for _, t in resolver.told.table.items() for why in t.unfit})
        ),
        copies=tuple(copied for _, copied in kept.copying.copied.table.items()),
        contradictions=tuple(one for _, one in kept.disputes.contradictions.table.items()),
        dates=tuple(date for _, date in kept.undated.dates.table.items()),
        years=tuple(sorted(years, key=lambda year: (year.kind == "claim", year.key))),
    )
