"""Look things up in a graph: by name, with everything that is said about them, with the words behind it."""

from __future__ import annotations

from kg.lookup.cards import Card, Relation, card
from kg.lookup.edited import Edited, edited
from kg.lookup.excerpt import LIMITS, excerpt
from kg.lookup.kinds import Ground, Kind, kind
from kg.lookup.ledger import TYPES, Conflict, Number, Side, Support, claims_quoted, conflicts, support
from kg.lookup.names import Hit, find, suggestions
from kg.lookup.quotes import Quote, Quotes
from kg.lookup.reader import Node, Reader, is_iri
from kg.lookup.reasons import Evidence, Reason, mentions, reasons
from kg.lookup.timeline import Entry, Timeline, Window, timeline

__all__ = [
    "LIMITS", "TYPES", "Card", "Conflict", "Edited", "Entry", "Evidence", "Ground", "Hit", "Kind", "Node", "Number", "Quote",
    "Quotes", "Reader", "Reason", "Relation", "Side", "Support", "Timeline", "Window", "card", "claims_quoted",
    "conflicts", "edited", "excerpt", "find", "is_iri", "kind", "mentions", "reasons", "suggestions", "support", "timeline",
]  # fmt: skip
