"""Tell what of the ledger may be otherwise than before, by what an update changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ledger import CopiedPassage, Passage
from kg.model import Claim, Entity, Event, Span
from kg.resolving.copying import moved
from kg.resolving.disputes import Doubtful
from kg.resolving.resolved import Renewed, Resolved
from kg.resolving.silences import Silences, is_voice
from kg.resolving.stages import Changes, touched
from kg.resolving.told import Told
from kg.resolving.weighing import Weighing
from kg.resolving.wholes import Wholes


@dataclass(slots=True)
class Doubts:
    """What may be otherwise, by key.

    `turned` are the entities that are something else than before, `parted` those that are part of something else, or of
    one that turned. `redated` are the articles whose days changed, `moved` the sentences that copy others than before,
    `recopied` the articles of which a copied passage has another key. `claims` are those whose accounts may be otherwise,
    but for the keys of what they copy.
    """

    resolved: Resolved
    renewed: Renewed
    redated: set[str]
    moved: set[Passage]
    recopied: set[str]
    turned: set[str]
    parted: set[str]
    claims: set[str]

    @classmethod
    def of(
        cls,
        resolved: Resolved,
        renewed: Renewed,
        redated: set[str],
        copied: Changes[CopiedPassage],
        wholes: Wholes,
    ) -> Doubts:
        """What an update makes doubtful; takes it into `wholes`."""
        turned = {key for key, change in renewed.entities.items() if _kind(change.old) != _kind(change.new)}
        parted = wholes.below({*wholes.update(renewed.entities, renewed.events), *turned})
        recopied = {passage.document for one in touched(copied) for passage in one.passages}
        found = cls(resolved, renewed, redated, moved(copied), recopied, turned, parted, set(renewed.claims))
        found.claims.update(found._reweighed())
        return found

    def _reweighed(self) -> Iterator[str]:
        """The claims of which the days, the copies, the places or the parties may be others."""
        claims = self.resolved.claims.table
        for document in self.redated:
            yield from claims.under(f"document:{document}")
        for passage in self.moved:
            for key, claim in claims.under(f"document:{passage.document}").items():
                if any(d == passage.document and _meet(passage, span) for d, span in claim.evidence):
                    yield key
        for identity, change in self.renewed.told.items():
            if change.old and change.new and _where(change.old) != _where(change.new):
                yield from self.resolved.claims_of(identity)
        for key in self.parted:
            yield from (i for i, claim in claims.under(f"entity:{key}").items() if key in claim.attributed_to)

    def documents(self, silences: Silences) -> set[str]:
        """The articles in which other parties may be silent or answer than before, or on other matters."""
        found: set[str] = set()
        for change in self.renewed.claims.values():
            found |= {document for document, _ in _evidence(change.old) ^ _evidence(change.new)}
        for claim in (*touched(self.renewed.claims), *self._known()):
            if is_voice(claim):
                found |= {document for document, _ in claim.evidence}
        subjects = {*self.renewed.questions, *self._asked(), *self._happened()}
        subjects |= {key for key, change in self.renewed.events.items() if _parties(change.old) != _parties(change.new)}
        for subject in subjects:
            found |= silences.documents_about(subject)
        return found

    def doubtful(self, silences: Silences, weighing: Weighing) -> Doubtful:
        """What is to be compared anew."""
        known = self.resolved.questions.table
        subjects = {claim.subject for claim in (*touched(self.renewed.claims), *self._known()) if claim.subject}
        for key in self.turned:
            for identity in self.resolved.told.table.under(f"place:{key}"):
                subjects |= {c.subject for c in self.resolved.claims_of(identity).values() if c.subject}
        asked = {*self.renewed.questions, *self._asked()}
        return Doubtful(
            questions={*asked, *(key for key in subjects if known.get(key))},
            numbers={*self.claims, *(i for key in asked for i in self.resolved.claims.table.under(f"subject:{key}"))},
            events={*self.renewed.events, *self._happened(), *(key for key in subjects if not known.get(key))},
            copied=set(self._copied(weighing)),
            parties={
                *(party for one in self._known() if is_voice(one) for party in silences.parties_of(one.key)),
                *(party for document in self.recopied for party in silences.silent_in(document)),
                *(party for document in self.renewed.restoried for party in silences.heard_in(document)),
            },
            articles={
                *(document for one in self._known() if one.quantity for document, _ in one.evidence),
                *(d for one in touched(self.renewed.claims) if one.quantity for d, _ in one.evidence),
            },
        )

    def events(self) -> set[str]:
        """The events that others tell, or at other times, or articles of another day."""
        told = self.resolved.told.table
        redated = (one for document in self.redated for one in told.under(f"document:{document}").values())
        return {*self.renewed.stale, *self.renewed.events, *(self.resolved.event_of(one) for one in redated)}

    def _known(self) -> Iterator[Claim]:
        """The claims in doubt that there still are."""
        return (claim for key in self.claims if (claim := self.resolved.claims.table.get(key)))

    def _asked(self) -> Iterator[str]:
        """The questions that name what is part of something else now."""
        return (question for key in self.parted for question in self.resolved.questions.table.under(f"entity:{key}"))

    def _happened(self) -> Iterator[str]:
        """The events that name what is part of something else now."""
        return (event for key in self.parted for event in self.resolved.events.table.under(f"entity:{key}"))

    def _copied(self, weighing: Weighing) -> Iterator[str]:
        """The copied passages from which claims in doubt are or were read."""
        for claim in self._known():
            for document, span in claim.evidence:
                yield from weighing.copies[document].copied(document, span.start, span.end)
        for change in self.renewed.claims.values():
            for document, _ in _evidence(change.old) - _evidence(change.new):
                yield from weighing.copies[document].keys()


def _kind(entity: Entity | None) -> object:
    return entity and (entity.type, entity.subtype)


def _meet(passage: Passage, span: Span) -> bool:
    return passage.start < span.end and span.start < passage.end


def _where(told: Told) -> object:
    return told.roles, told.around


def _parties(event: Event | None) -> object:
    return event and (event.type, event.roles)


def _evidence(claim: Claim | None) -> set[tuple[str, Span]]:
    return set(claim.evidence) if claim else set()
