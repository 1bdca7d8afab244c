"""Link entities to items elsewhere, as judgements that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from kg import plugins
from kg.model import Entity, Link


def link(entities: Sequence[Entity]) -> tuple[Link, ...]:
    """The links of all linkers, sorted."""
    found = (link for module in plugins.discover(__name__).values() for link in module.link(entities))
    return tuple(sorted(found, key=lambda link: (link.entity, link.target)))
