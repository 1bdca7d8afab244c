"""Tell in what two claims of two graphs differ, whatever keys the graphs gave them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kg import edtf
from kg.comparing.snapshot import Snapshot
from kg.model import Claim, Entity, Event, Question

Aspect = Literal["number", "date", "attribution", "firmness", "wording"]
ASPECTS: tuple[Aspect, ...] = ("number", "date", "attribution", "firmness", "wording")
SPOKEN = frozenset({"Statement", "NoComment"})
"""Classes of claims that consist of words."""


@dataclass(frozen=True)
class Likeness:
    """What is the same in the graphs `before` and `after`.

    A key is a hash of what a thing consists of, so it changes when an entity gains a member or an event a participant.
    Entities are one by key, by a name that both have read in one article, or by type and name; what is made of entities is
    compared by them.
    """

    before: Snapshot
    after: Snapshot

    def block(self, snapshot: Snapshot, claim: Claim) -> tuple[str, ...]:
        """What two claims must have in common to be compared at all."""
        if claim.type in SPOKEN:
            return (claim.type, " ".join(words(claim)))
        if claim.subject in snapshot.questions:
            asked = snapshot.questions[claim.subject]
            return (claim.type, asked.measure, asked.unit or "")
        happened = snapshot.events.get(claim.subject or "")
        return (claim.type, happened.type, happened.position or "") if happened else (claim.type,)

    def differences(self, old: Claim, new: Claim) -> frozenset[Aspect] | None:
        """In what two claims of one block differ; None where they are about different things."""
        found: set[Aspect] = set()
        if old.subject in self.before.questions and new.subject in self.after.questions:
            if not self._same_question(old, new):
                return None
            if _number(old) != _number(new):
                found.add("number")
        elif old.subject in self.before.events and new.subject in self.after.events:
            one, other = self.before.events[old.subject], self.after.events[new.subject]
            if not self._same_event(one, other):
                return None
            if _when(old, one) != _when(new, other):
                found.add("date")
        elif old.subject or new.subject:
            return None
        if not self._same_sources(old, new):
            found.add("attribution")
        if old.modality != new.modality:
            found.add("firmness")
        return frozenset(found)

    def one_voice(self, old: Claim, new: Claim) -> bool:
        """Whether one and the same source speaks: where none is named, one newspaper in its own articles."""
        if not old.attributed_to and not new.attributed_to:
            return bool(self.before.publishers(old) & self.after.publishers(new))
        return self._same_sources(old, new)

    def may_be_one_time(self, old: Claim, new: Claim) -> bool:
        """Whether the events of two claims may be of one time, one perhaps told with less of it."""
        one = old.happened or self.before.events[old.subject or ""].time
        other = new.happened or self.after.events[new.subject or ""].time
        return not one or not other or edtf.compatible(one, other)

    def same_entity(self, old: str, new: str) -> bool:
        """Whether an entity before and one after are one thing."""
        if old == new:
            return True
        one, other = self.before.entities.get(old), self.after.entities.get(new)
        if one is None or other is None:
            return False
        return (one.type, one.label("vi")) == (other.type, other.label("vi")) or bool(
            self._members[old] & frozenset(other.members)
        )

    @cached_property
    def _members(self) -> dict[str, frozenset[tuple[str, str]]]:
        return {key: frozenset(map(_pair, entity.members)) for key, entity in self.before.entities.items()}

    def _same_sources(self, old: Claim, new: Claim) -> bool:
        return self._same_entities(old.attributed_to, new.attributed_to)

    def _same_entities(self, old: Collection[str], new: Collection[str]) -> bool:
        return all(any(self.same_entity(a, b) for b in new) for a in old) and all(
            any(self.same_entity(a, b) for a in old) for b in new
        )

    def _same_question(self, old: Claim, new: Claim) -> bool:
        """Whether two numbers answer one question: who is counted, and where.

        What counts nobody in particular at no place ("12 người") is another question in every article but in a new
        version of the article.
        """
        one, other = self.before.questions[old.subject or ""], self.after.questions[new.subject or ""]
        if one.key == other.key:
            return True
        if not self._same_or_none(one.population, other.population, both=True):
            return False
        if not self._same_or_none(one.place, other.place, both=False):
            return False
        telling = (one.place and other.place) or self._is_specific(one)
        return bool(telling) or bool(self.before.files(old) & self.after.files(new))

    def _same_or_none(self, old: str | None, new: str | None, *, both: bool) -> bool:
        if old is None or new is None:
            return old is new or not both
        return self.same_entity(old, new)

    def _is_specific(self, question: Question) -> bool:
        people: Entity | None = self.before.entities.get(question.population or "")
        return people is not None and bool(people.belongs_to)

    def _same_event(self, old: Event, new: Event) -> bool:
        """Whether two accounts tell of one event: they share somebody, and no part that both fill has only others."""
        if old.key == new.key:
            return True
        one, other = dict(old.roles), dict(new.roles)
        shared = [role for role in one.keys() & other.keys() if one[role] and other[role]]
        meet = [any(self.same_entity(a, b) for a in one[role] for b in other[role]) for role in shared]
        if not meet:
            return not one and not other and old.time == new.time
        return all(meet)


def _number(claim: Claim) -> tuple[str, str] | None:
    quantity = claim.quantity
    return (str(quantity.stated.normalize()), quantity.exactness) if quantity else None


def words(claim: Claim) -> tuple[str, ...]:
    """The words of a claim alone, of its first wording: marks and spaces make no other claim."""
    texts = (span.text.casefold() for _, span in claim.evidence)
    return min((tuple("".join(c if c.isalnum() else " " for c in text).split()) for text in texts), default=())


def _when(claim: Claim, event: Event) -> str | None:
    """When the event was, as the claim tells it; where it does not say, as the event has it."""
    time = claim.happened or event.time
    return time.edtf if time else None


def _pair(member: Iterable[str]) -> tuple[str, str]:
    document, chain = member
    return document, chain
