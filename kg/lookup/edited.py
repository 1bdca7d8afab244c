"""Say what people changed by hand about a thing."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg import ns
from kg.lookup.reader import Node, Reader


@dataclass(frozen=True, slots=True)
class Edited:
    """One change: who made it, when and why; `edit` says what was changed."""

    when: str
    by: str
    why: str
    edit: Node


def edited(reader: Reader, iri: str) -> tuple[Edited, ...]:
    """The edits about the node `iri`, or which brought it into the graph, the earliest first."""
    found = set()
    for quad in reader.store.quads_for_pattern(None, ns.edits, ox.NamedNode(iri)):
        if isinstance(edit := quad.subject, ox.NamedNode):
            when, by, why = (reader.text(edit, p) or "" for p in (ns.editedAt, ns.editedBy, ns.editReason))
            found.add(Edited(when, by, why, reader.node(edit)))
    return tuple(sorted(found, key=lambda one: (one.when, one.edit.iri)))
