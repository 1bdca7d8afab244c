"""A statement with the entities that it names, as all later stages read it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg import gazetteer
from kg.model import Standing, Statement

PLACE_ROLES = frozenset({"atPlace", "destination", "origin"})
_SIDE_ROLES = frozenset(
    {"adjudicator", "attendee", "commemorates", "recipient", "instrument"}
)  # may differ between accounts


@dataclass(frozen=True, slots=True)
class Told:
    """A statement whose roles and sources name entities instead of a document's chains.

    `around` are the places that the places named lie in, at whatever depth; `kind` is the class of claim that it makes;
    `specific` are those of them that few other things are named with: a treaty, a unit, an award, but no country. Of a
    number, `category` is what sort of people it counts where nobody says whose ("civilian"), or empty; `sort` what sort of
    people or things, whosever they are; `listed` says that those whose people they are stand in a gazetteer. `unnamed` are people of whom an
    article says nothing by which another one could know them. `owners` are those whose people take part, each by the chain
    that names it here and by its key: the province whose officials receive the land. `people` are persons, `beside` all whom the
    sentence of an event names, by chain and by key. `begins` says that its time is the first day of what goes on. `unfit` says
    what the ontology does not
    allow where the statement puts it. `standing` are words that stand for a state.
    """

    statement: Statement
    roles: Mapping[str, tuple[str, ...]] = field(hash=False)
    attributed_to: tuple[str, ...] = ()
    relayed_by: tuple[str, ...] = ()
    around: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: str = "EventClaim"
    specific: tuple[str, ...] = ()
    category: str = ""
    sort: str = ""
    listed: bool = False
    unnamed: tuple[str, ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    begins: bool = False
    beside: tuple[tuple[str, str], ...] = ()
    unfit: tuple[str, ...] = ()
    standing: tuple[Standing, ...] = ()

    @property
    def core(self) -> frozenset[str]:
        """Those whom every account of the event would name; where it names none of these, those who stand beside them."""
        own = frozenset(e for role, es in self.roles.items() if role not in PLACE_ROLES | _SIDE_ROLES for e in es)
        return own or frozenset(e for role, es in self.roles.items() if role in _SIDE_ROLES for e in es)

    @property
    def places(self) -> frozenset[str]:
        """Where it happened."""
        return frozenset(e for role, es in self.roles.items() if role in PLACE_ROLES for e in es)

    def entities(self) -> Iterable[str]:
        """The keys of all that it names, each once."""
        return dict.fromkeys((*(e for es in self.roles.values() for e in es), *self.attributed_to, *self.relayed_by))


Around = Mapping[str, tuple[str, ...]]
"""Which places a place lies in, at whatever depth."""


def near(a: Iterable[str], b: Iterable[str], around: Around) -> bool:
    """Whether one of the places `a` is one of `b`, lies in it or has it inside."""
    first, second = set(a), set(b)
    if first & second:
        return True
    return any(y in around.get(x, ()) or x in around.get(y, ()) for x in first for y in second)


def may_be_near(a: Iterable[str], b: Iterable[str], around: Around) -> bool:
    """Whether one of the places `a` is near one of `b` as far as is known.

    Of what no gazetteer lists and no article says where it lies, nobody knows that it does not lie in a place listed.
    """
    first, second = set(a), set(b)
    return near(first, second, around) or any(_is_open(x, around) != _is_open(y, around) for x in first for y in second)


def _is_open(place: str, around: Around) -> bool:
    return not around.get(place) and gazetteer.find(place) is None


def plain_words(text: str) -> str:
    """The words alone, in small letters: quotation marks, stops and spaces make no difference."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())
