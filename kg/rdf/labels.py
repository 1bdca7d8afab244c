"""Name events, claims, questions and quantities in English and Vietnamese, out of the labels of what they consist of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pyoxigraph import Literal

from kg.ledger import Contradiction, ContradictionType, CopiedPassage
from kg.model import Claim, Event, Quantity, Question
from kg.rdf.context import Context, camel_case
from kg.rdf.wording import LANGUAGES, Language, number

_WHO = (
    "heldBy", "unit", "location", "initiator", "agent", "organizer", "party", "hasParticipant", "recipient",
    "attendee", "target", "victim",
)  # fmt: skip
_WHAT = ("signed", "confers", "concernsSite", "commemorates", "instrument", "agreement")
_WHERE = ("atPlace", "destination", "origin", "jurisdiction", "accreditedTo", "belongsTo", "locatedIn")
_AT_MOST = 3
_QUOTE_LENGTH = 60
_COUNTED_UNITS = frozenset({"person", "mine", "thing"})  # the measure says what is counted
CONTRADICTIONS: Final[dict[ContradictionType, str]] = {
    "value": "ValueContradiction",
    "date": "DateContradiction",
    "status": "StatusContradiction",
    "attribution": "AttributionDrift",
    "stale": "StaleDenial",
    "scope": "ScopeContradiction",
}
_EXACTNESS = {"approximate": "approximate", "more_than": "moreThan", "less_than": "lessThan"}

Roles = Iterable[tuple[str, tuple[str, ...]]]


def both(label: Callable[[Language], str]) -> Iterator[Literal]:
    """A label in each language."""
    for language in LANGUAGES:
        yield Literal(label(language), language=language)


def entity(context: Context, key: str, language: Language) -> str:
    """The name of an entity; its key where the resolution does not have it."""
    found = context.entities.get(key)
    return found.label(language) if found else key


def event(context: Context, record: Event, language: Language) -> str:
    """Such as "Phone call: Sanae Takaichi, Emmanuel Macron (2025-05-03)"."""
    who, what, where = (_fillers(context, record.roles, roles, language) for roles in (_WHO, _WHAT, _WHERE))
    if record.position:
        who = [*who, record.position]
    parts = "; ".join(", ".join(names) for names in (who, what, where) if names)
    label = context.vocabulary.label(record.type, language) + (f": {parts}" if parts else "")
    return _dated(label, record)


def _dated(label: str, record: Event) -> str:
    return f"{label} ({record.time.edtf})" if record.time else label


def quantity(context: Context, value: Quantity, language: Language) -> str:
    """Such as "about 600", "gần 42.400 ha"."""
    parts = [number(value.stated, language)]
    if value.exactness in _EXACTNESS:
        parts.insert(0, context.vocabulary.label(_EXACTNESS[value.exactness], language))
    if value.unit and value.unit not in _COUNTED_UNITS:
        parts.append(unit(context, value.unit, language))
    return " ".join(parts)


def unit(context: Context, name: str, language: Language) -> str:
    """The name of a unit of measure; a unit that the ontology does not list is called what the text called it."""
    return context.vocabulary.label(camel_case(name), language) if is_listed_unit(context, name) else name


def is_listed_unit(context: Context, name: str) -> bool:
    """Whether the ontology lists the unit of measure `name`."""
    return context.vocabulary.is_member(camel_case(name), "UnitOfMeasure")


def question(context: Context, record: Question, language: Language) -> str:
    """Such as "Killed: Ethiopian soldiers, Tigray"."""
    measure = _measure(context, record.measure, language)
    about = _about(context, record, language)
    return f"{measure[:1].upper()}{measure[1:]}" + (f": {', '.join(about)}" if about else "")


def claim(context: Context, record: Claim, language: Language) -> str:
    """Such as "Reuters — killed: 101 (Ethiopian soldiers, Tigray)"."""
    content = _content(context, record, language)
    if record.modality != "asserted":
        content += f" [{context.vocabulary.label(record.modality, language)}]"
    sources = _several([entity(context, key, language) for key in record.attributed_to])
    return f"{', '.join(sources)} — {content}" if sources else content


def contradiction(context: Context, record: Contradiction, language: Language) -> str:
    """Such as "Contradiction of values: Killed: Ethiopian soldiers, Tigray"."""
    kind = context.vocabulary.label(CONTRADICTIONS[record.type], language)
    asked, happened = context.questions.get(record.about), context.events.get(record.about)
    if record.kind == "question" and asked:
        return f"{kind}: {question(context, asked, language)}"
    if record.kind == "event" and happened:
        return f"{kind}: {event(context, happened, language)}"
    if record.kind == "document":
        return f"{kind}: {', '.join(entity(context, key, language) for key in record.words)}"
    return f"{kind}: {entity(context, record.about, language)}"


def copied(context: Context, record: CopiedPassage, language: Language) -> str:
    """Such as "Copied passage: “The river rose…”"."""
    return f"{context.vocabulary.label('CopiedPassage', language)}: “{_beginning(record.passages[0].text)}”"


def _content(context: Context, record: Claim, language: Language) -> str:
    if happening := context.events.get(record.subject or ""):
        return event(context, happening, language)
    asked = context.questions.get(record.subject or "")
    if asked and record.quantity:
        about = _about(context, asked, language)
        content = f"{_measure(context, asked.measure, language)}: {quantity(context, record.quantity, language)}"
        return content + (f" ({', '.join(about)})" if about else "")
    return _spoken(context, record, language)


def _spoken(context: Context, record: Claim, language: Language) -> str:
    """What a statement of words is called: who is silent or spoken to, on what, and how the words begin."""
    label = context.vocabulary.label(record.type, language)
    for mark, roles in ((": ", ("agent",)), (" → ", ("addressee",)), (" · ", ("about",))):
        names = _fillers(context, record.roles, roles, language)
        label += mark + ", ".join(names) if names else ""
    words = min(((d, s.start, s.text) for d, s in record.evidence), default=None)
    return f"{label}: “{_beginning(words[2])}”" if words else label


def _beginning(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= _QUOTE_LENGTH:
        return flat
    cut = flat[:_QUOTE_LENGTH].rsplit(" ", 1)[0]
    return f"{cut}…"


def _measure(context: Context, name: str, language: Language) -> str:
    return context.vocabulary.label(camel_case(name), language)


def _about(context: Context, asked: Question, language: Language) -> list[str]:
    about = [entity(context, key, language) for key in (asked.population, asked.place) if key]
    if happening := context.events.get(asked.event or ""):
        about.append(
            _dated(context.vocabulary.label(happening.type, language), happening)
            if about
            else event(context, happening, language)
        )
    return about


def _fillers(context: Context, given: Roles, roles: tuple[str, ...], language: Language) -> list[str]:
    by_role = dict(given)
    keys = dict.fromkeys(key for role in roles for key in by_role.get(role, ()))
    return _several([entity(context, key, language) for key in keys])


def _several(names: list[str]) -> list[str]:
    return [*names[:_AT_MOST], "…"] if len(names) > _AT_MOST else names
