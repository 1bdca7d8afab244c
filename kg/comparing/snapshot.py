"""Read from a graph folder what two graphs are compared by: articles, claims, and what the claims are about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import folder, log
from kg.model import Claim, Document, Entity, Event, Question

_KINDS = ("document", "entity", "event", "question", "claim", "competing", "contradiction")
COMPETING = "competing"
"""The type of a contradiction in a graph that knows no types: two claims that compete."""


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """Claims, by key, that cannot stand side by side."""

    type: str
    sides: tuple[str, ...]


@dataclass(slots=True)
class Snapshot:
    """What one graph holds, by key; articles by the id of their text.

    `contradictions` are those that the graph has typed; `competing` the pairs of claims whose numbers or events exclude
    each other.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)
    competing: list[Contradiction] = field(default_factory=list)

    @classmethod
    def read(cls, graph: Path) -> Snapshot:
        """The snapshot of the graph folder `graph`; a StoreError says what is wrong with the folder."""
        folder.manifest(graph)
        snapshot = cls()
        for line in log.read_lines(graph / folder.RECORDS, *_KINDS):
            kind = line["record"]
            if kind == "competing":
                snapshot.competing.append(Contradiction(COMPETING, tuple(line["claims"])))
            elif kind == "contradiction":
                snapshot.contradictions.append(Contradiction(line["type"], tuple(line["sides"])))
            else:
                record = log.restore(line)
                key = record.id if isinstance(record, Document) else record.key
                snapshot._part(kind)[key] = record
        members: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for member, key in log.denoted(graph / folder.RECORDS).items():
            members[key].append(member)
        snapshot.entities = {k: replace(e, members=tuple(sorted(members[k]))) for k, e in snapshot.entities.items()}
        return snapshot

    def _part(self, kind: str) -> dict[str, object]:
        parts: dict[str, dict[str, object]] = {
            "document": self.documents,  # type: ignore[dict-item]  # each holds the records of its own kind
            "entity": self.entities,  # type: ignore[dict-item]
            "event": self.events,  # type: ignore[dict-item]
            "question": self.questions,  # type: ignore[dict-item]
            "claim": self.claims,  # type: ignore[dict-item]
        }
        return parts[kind]

    def files(self, claim: Claim) -> frozenset[str]:
        """The file names of the articles that a claim stands in."""
        return frozenset(self.documents[document].source for document, _ in claim.evidence)

    def publishers(self, claim: Claim) -> frozenset[str]:
        """Whose articles a claim stands in: their outlets and their file names."""
        found = (self.documents[document] for document, _ in claim.evidence)
        return frozenset(name for document in found for name in (document.outlet, document.source) if name)

    def heard(self, claim: Claim) -> str:
        """When a claim was made, as far as that is known: its own time, or the last publication; empty if neither is."""
        days = [self.documents[document].published or "" for document, _ in claim.evidence]
        return (claim.said.latest if claim.said else None) or max(days, default="")
