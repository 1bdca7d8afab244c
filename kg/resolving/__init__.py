"""Join what several documents say: entities, events, questions, claims. Reads records, never text."""

from __future__ import annotations

from kg.resolving.changes import Changed
from kg.resolving.joining import resolution, resolve
from kg.resolving.resolver import Resolver

__all__ = ["Changed", "Resolver", "resolution", "resolve"]
