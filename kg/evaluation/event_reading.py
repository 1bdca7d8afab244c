"""Read the annotated events of an article: their triggers, and the fillers of their roles in shorthand."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kg.evaluation.fields import Field
from kg.evaluation.gold import Event, local
from kg.evaluation.readings import EVENT_ROLES
from kg.evaluation.values import Number, Place

_IN_WORDS = frozenset({"position", "money", "charge", "cue", "about"})
_OTHER = frozenset({"id", "class", "time", "quantity", "modality", "polarity", "source", "relayed"}) | _IN_WORDS
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?)|([~<>]?))")
_EXACTNESS = {"": "exact", "~": "approximate", ">": "more_than", "<": "less_than"}


def read_events(field: Field, entities: Collection[str]) -> tuple[Event, ...] | None:
    """The events of an article, `entities` being the local ids of what takes part in them; None without annotation."""
    if field["events"].value is None:
        return None
    triggers = {trigger["event"].text(): trigger for trigger in field["triggers"]}
    events = {event["id"].text(): event for event in field["events"]}
    for name, trigger in triggers.items():
        if name not in events:
            trigger["event"].wrong("the id of one of the file's events")
    return tuple(_event(event, _trigger(event, triggers), {*entities, *events}, events) for event in events.values())


def _trigger(event: Field, triggers: Mapping[str, Field]) -> Place:
    trigger = triggers.get(event["id"].text())
    if trigger is None:
        event["id"].wrong("the event of one of the file's triggers")
    if trigger["class"] and trigger["class"].text() != event["class"].text():
        event["class"].wrong(f"that of its trigger, {trigger['class'].text()}")
    return trigger.place()


def _event(field: Field, trigger: Place, known: Collection[str], events: Collection[str]) -> Event:
    roles = [(name, value) for name, value in field.named() if name not in _OTHER]
    for name, value in roles:
        if name not in EVENT_ROLES:
            value.wrong(f"left out: {name} is no role; roles are {', '.join(sorted(EVENT_ROLES))}")
    filled = ((name, tuple(f for f in _fillers(value, known) if f not in events)) for name, value in roles)
    return Event(
        id=field["id"].text(),
        type=field["class"].text(),
        trigger=trigger,
        roles=tuple((name, fillers) for name, fillers in filled if fillers),
        time=field["time"].optional(),
        number=_number(field["quantity"]),
        sources=_fillers(field["source"], known),
        modality=field["modality"].optional(),
    )


def _fillers(field: Field, known: Collection[str]) -> tuple[str, ...]:
    """The local ids that `5,9` or a list names."""
    given = field.texts() if isinstance(field.value, list) else re.split(r"[,+]", field.optional() or "")
    found = tuple(local(filler.strip()) for filler in given if filler.strip())
    if not set(found) <= set(known):
        field.wrong("ids of entities of this file, joined by commas")
    return found


def _number(field: Field) -> Number | None:
    """The number that `600`, `600~` (about), `600>` (more than), `600<` (less than) or `540..660` stands for."""
    if isinstance(field.value, int | float | None):
        return None if field.value is None else Number(field.number())
    match = _NUMBER.fullmatch(field.text())
    if match is None:
        field.wrong("a number such as 600, 600~, 600>, 600< or 540..660")
    first, last, sign = match.groups()
    if last:
        return Number(None, lower=float(first), upper=float(last))
    return Number(float(first), _EXACTNESS[sign])
