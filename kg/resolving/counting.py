"""Say in which event of its article a number was counted: the dead of "the fire" are those of the fire told before.

Only for people of whom nobody says whose they are; an army's dead are the army's, whatever battle they fell in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.resolving.told import Told, near

_HARM = ("Attack", "Disaster", "Accident", "Outbreak", "MilitaryOperation")
COUNTED_IN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("killed", "wounded", "missing", "displaced", "destroyed"), _HARM),
    "evacuated": (*_HARM, "Evacuation", "Rescue"),
    "arrested": ("Arrest", "Demonstration", "Attack"),
    "participants": ("Demonstration", "Commemoration", "Competition", "MilitaryExercise", "Encounter"),
}
"""By measure, the classes of events that it is counted in."""
TOLD_WITH: Mapping[str, tuple[str, ...]] = {
    "amount": ("Transfer", "Fine", "LegalProceeding", "Signing", "ConstructionPlan", "Merger"),
    "duration": ("Encounter", "Sentencing", "Travel"),
    "count": ("LegalProceeding",),
}
"""By measure, the classes of events that it belongs to where the same words tell both: the money that was paid."""


def counted_in(told: Told, members: Sequence[Told], above: Mapping[str, frozenset[str]]) -> Told | None:
    """The statement of the same article that tells the event; None where there is none, or no telling which.

    `members` are the statements of the article, `above` gives the classes that a class lies below. The nearest one before
    the number is taken, else the nearest behind it; one whose place clashes with the number's is passed over, and one in a
    part of the number's place is taken only where there is no other: the dead of a province are not those of the landslide
    in one of its villages. Sums and lengths belong to what their own words tell, and to nothing else.
    """
    quantity = told.statement.quantity
    measure = quantity.measure or "" if quantity else ""
    if told.roles.get("ofPopulation") and not told.category:
        return None
    start = told.statement.evidence.start
    if measure in TOLD_WITH:
        with_it = (one for one in _of(TOLD_WITH[measure], members, above) if _in_one_breath(told, one))
        return min(
            with_it,
            key=lambda one: (one.statement.evidence.end - one.statement.evidence.start, one.statement.id),
            default=None,
        )
    here = [one for one in _of(COUNTED_IN.get(measure, ()), members, above) if _at(told, one)]
    return min(
        here,
        key=lambda one: (
            _in_a_part(told, one),
            one.statement.evidence.start > start,
            abs(one.statement.evidence.start - start),
            one.statement.id,
        ),
        default=None,
    )


def _of(classes: Sequence[str], members: Sequence[Told], above: Mapping[str, frozenset[str]]) -> list[Told]:
    return [one for one in members if not above.get(one.statement.type, frozenset()).isdisjoint(classes)]


def _in_one_breath(number: Told, event: Told) -> bool:
    """Whether the same words tell the number and the event."""
    one, other = number.statement.evidence, event.statement.evidence
    return one.start < other.end and other.start < one.end


def _at(number: Told, event: Told) -> bool:
    return (
        not number.places or not event.places or near(number.places, event.places, dict(event.around + number.around))
    )


def _in_a_part(number: Told, event: Told) -> bool:
    """Whether the event happened in a part of what the number is told of: in the village, if told with its province too.

    What no list places somewhere may be such a part.
    """
    around = dict(event.around)
    narrow = event.places - {wider for place in event.places for wider in around.get(place, ())} - number.places
    return bool(narrow) and all(place not in around or not number.places.isdisjoint(around[place]) for place in narrow)
