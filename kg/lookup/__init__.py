"""Look things up in a graph: by name, with everything that is said about them, with the words behind it."""

from __future__ import annotations

from kg.lookup.cards import Card, Relation, card
from kg.lookup.names import Hit, find, suggestions
from kg.lookup.reader import Node, Reader, is_iri
from kg.lookup.reasons import Evidence, Reason, mentions, reasons

__all__ = [
    "Card", "Evidence", "Hit", "Node", "Reader", "Reason", "Relation", "card", "find", "is_iri", "mentions", "reasons", "suggestions",
]  # fmt: skip
