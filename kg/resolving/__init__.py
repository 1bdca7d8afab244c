"""Join what several documents say: entities, events, questions, claims. Reads records, never text."""

from __future__ import annotations

from kg.resolving.joining import resolve

__all__ = ["resolve"]
