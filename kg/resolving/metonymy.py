"""Tell when a capital stands for its state: "Moscow imposed sanctions", but a meeting "in Moscow" is in the city."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from kg import gazetteer, naming
from kg.model import Extraction, Mention, Span, Standing, Statement
from kg.vocabulary import Vocabulary

_SPEAKING = frozenset({"attributedTo", "relayedBy", "addressee"})
_SUFFERING = frozenset({"victim", "target", "heldBy", "whole", "belongsTo"})
_STATE = "State"


def state_of(place: str) -> str:
    """The key of the state whose seat of government the place with the key `place` is; empty if it is none."""
    return str(naming.table("capitals")["states"].get(place, ""))


def stands_for(
    statement: Statement,
    role: str,
    place: str,
    others: Collection[str],
    *,
    language: str,
    acts: bool,
    vocabulary: Vocabulary,
) -> str:
    """The key of the state that the capital `place` stands for in a role of a statement; empty where it is the city.

    A capital stands for its state where the role is an agent's: it speaks or is spoken to, tells what it did itself or acts
    by the words around it (`acts`), or takes part in what states do to each other (classes with a category of PLOVER).
    Elsewhere, and for the capital of the article's own country, whose city has authorities too ("Hà Nội phê duyệt quy
    hoạch"), another state must take part: `others` are the keys of all that the statement names. "tại Bình Nhưỡng" is no
    agent's role and never stands for anything.
    """
    state = state_of(place)
    if not state or not is_agents(role, vocabulary):
        return ""
    if any(_is_foreign(other, state) for other in others):
        return state
    acts = acts or role in _SPEAKING or _between_states(statement.type, vocabulary)
    return state if acts and not _is_home(state, language) else ""


def acting(extraction: Extraction) -> tuple[Standing, ...]:
    """The capitals that stand for their states because the words around them say that they act, whatever is told.

    One at home does where the same words name another state: "quan hệ Hà Nội - Moskva".
    """
    places = [m for m in extraction.mentions if m.type == "place" and m.kb and not m.credit]
    return tuple(
        sorted(
            Standing(mention.document, mention.span, state)
            for mention in places
            if mention.acts and (state := state_of(mention.kb)) and _abroad(mention.acts, state, places, extraction)
        )
    )


def _abroad(acts: Span, state: str, places: Collection[Mention], extraction: Extraction) -> bool:
    named = (m.kb for m in places if acts.start <= m.span.start and m.span.end <= acts.end)
    return not _is_home(state, extraction.document.language) or any(_is_foreign(key, state) for key in named)


def _is_home(state: str, language: str) -> bool:
    """Whether articles of the language are mostly from the state itself."""
    return state in naming.table("capitals")["home"].get(language, ())


def is_agents(role: str, vocabulary: Vocabulary) -> bool:
    """Whether only an agent may fill the role, and does something in it."""
    if role in _SPEAKING:
        return True
    return role in vocabulary.terms and role not in _SUFFERING and vocabulary.range(role) == ("Agent",)


def _between_states(class_: str, vocabulary: Vocabulary) -> bool:
    return class_ in vocabulary.terms and "plover" in vocabulary.coding(class_)


@cache
def _is_state(key: str) -> bool:
    entry = gazetteer.find(key)
    return entry is not None and entry.subtype == _STATE


def _is_foreign(key: str, state: str) -> bool:
    """Whether `key` is another state or the capital of one."""
    other = state_of(key) or (key if _is_state(key) else "")
    return bool(other) and other != state
