"""Annotations of articles: what should be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.evaluation.values import Mention, Number, Place, Roles

NIL = "NIL"
"""Stands for the item of an entity of which no item is expected."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that is mentioned: `item` is its Wikidata item, NIL where it should have none, None where nobody knows.

    `look_alikes` are items that would be wrong.
    """

    id: str
    type: str
    item: str | None = None
    look_alikes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """What an article says in the words `evidence`. Each of `times` and `said` is right; none where time is not asked.

    In `sources`, `~nghị sĩ|lawmaker` is a group that is described in words: its label holds one of them.
    """

    id: str
    type: str
    evidence: Place
    roles: Roles = ()
    times: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    number: Number | None = None
    sources: tuple[str, ...] = ()
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, told by the words `trigger`; the fillers of roles are local ids, as in `Article.local`."""

    id: str
    type: str
    trigger: Place
    roles: Roles = ()
    time: str | None = None
    number: Number | None = None
    sources: tuple[str, ...] = ()
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The annotations of the article that was read from the file `source`.

    `mentions` are names. `references` are descriptions and pronouns of one entity each, with its local id. `events` is
    None where nobody annotated events. `published` is the day of publication, which the text need not say.
    """

    source: str
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    references: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    events: tuple[Event, ...] | None = None
    published: str | None = None

    @property
    def names(self) -> tuple[Mention, ...]:
        """The names that count: those of the story, not of photo credits and bylines."""
        return tuple(mention for mention in self.mentions if not mention.credit)


def local(identity: str) -> str:
    """The id of an entity within its article: `3` of `military-001#3`."""
    return identity.rpartition("#")[2]
