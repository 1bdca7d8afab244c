"""Edits that people make to a graph by hand: read from an ontology editor's file, kept in an overlay, laid over each new graph."""

from __future__ import annotations

from kg.editing.applying import Effect, apply, effects, undo
from kg.editing.differing import Differences, Note, differences
from kg.editing.model import Author, Conflict, Edit, Name
from kg.editing.reading import Edited, read
from kg.editing.wording import Wording

__all__ = [
    "Author",
    "Conflict",
    "Differences",
    "Edit",
    "Edited",
    "Effect",
    "Name",
    "Note",
    "Wording",
    "apply",
    "differences",
    "effects",
    "read",
    "undo",
]
