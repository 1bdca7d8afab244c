"""The record of a change that a person made to the graph by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.model import content_hash

Kind = Literal[
    "rename",
    "retype",
    "merge",
    "delete",
    "link",
    "add fact",
    "remove fact",
    "change fact",
    "add individual",
    "add class",
]
Reason = Literal["changed", "evidence", "edit", "apart", "shape", "gone", "split"]
"""Why an edit and the graph disagree: articles say otherwise now, new articles tell what was withdrawn, another edit says
otherwise, two things are judged apart, a shape would break, what it speaks of is not there, or is several things now."""
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A thing that an edit speaks of: its IRI, its class, and IRIs of spans whose words tell of it."""

    iri: str
    class_: str
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What the thing `iri` is called in a language."""

    iri: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who made an edit, when (a dateTime in UTC) and why."""

    by: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change, such as "Kim Chính Ân" renamed: what it takes away and what it puts in the place.

    `subjects` are IRIs of what it is about, the two things for a merge. `withdraws` are facts of the graph that it rests
    on, `states` those that it adds, both sorted; a link states or withdraws the item, and takes effect by links.tsv, as a
    merge does by judgements.tsv. `articles` are the ends of the IRIs of the articles on which what is withdrawn rested,
    `found` tells where to look for what the edit speaks of,
    `names` what it was called. `version` is that of the export which was edited.
    """

    kind: Kind
    subjects: tuple[str, ...]
    withdraws: tuple[ox.Triple, ...] = ()
    states: tuple[ox.Triple, ...] = ()
    author: Author = Author("", "", "")
    version: str = ""
    articles: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    names: tuple[Name, ...] = ()

    @property
    def key(self) -> str:
        """The end of its IRI: the same change has the same key, whoever makes it."""
        parts = (self.kind, self.subjects, [str(t) for t in self.withdraws], [str(t) for t in self.states])
        return content_hash(*parts, length=_KEY_LENGTH)

    @property
    def introduces(self) -> tuple[str, ...]:
        """The IRIs of what it brings into the graph."""
        return self.subjects if self.kind in ("add individual", "add class") else ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that disagrees with the graph, and why.

    `words` are what the graph says, `messages` the same by language where it is a sentence. `in_force` tells whether the edit
    is heard.
    """

    edit: Edit
    reason: Reason
    words: tuple[str, ...]
    in_force: bool
    messages: tuple[tuple[str, str], ...] = ()
