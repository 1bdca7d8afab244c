"""Say in which event of its article a number was counted: the dead of "the fire" are those of the fire told before.

Only for people of whom nobody says whose they are; an army's dead are the army's, whatever battle they fell in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.resolving.told import PLACE_ROLES, Told, near

_HARM = ("Attack", "Disaster", "Accident", "Outbreak", "MilitaryOperation")
COUNTED_IN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("killed", "wounded", "missing", "displaced", "destroyed"), _HARM),
    "evacuated": (*_HARM, "Evacuation", "Rescue"),
    "arrested": ("Arrest", "Demonstration", "Attack"),
    "participants": ("Demonstration", "Commemoration", "Competition", "MilitaryExercise", "Encounter"),
}
"""By measure, the classes of events that it is counted in."""


def counted_in(told: Told, members: Sequence[Told], above: Mapping[str, frozenset[str]]) -> Told | None:
    """The statement of the same article that tells the event; None where there is none, or no telling which.

    `members` are the statements of the article, `above` gives the classes that a class lies below. The nearest one before
    the number is taken, else the nearest behind it; one whose place clashes with the number's is passed over.
    """
    quantity = told.statement.quantity
    classes = COUNTED_IN.get(quantity.measure or "", ()) if quantity else ()
    if not classes or (told.roles.get("ofPopulation") and not told.category):
        return None
    here = [one for one in members if above.get(one.statement.type, frozenset()) & set(classes) and _at(told, one)]
    start = told.statement.evidence.start
    return min(
        here,
        key=lambda one: (
            one.statement.evidence.start > start,
            abs(one.statement.evidence.start - start),
            one.statement.id,
        ),
        default=None,
    )


def _at(number: Told, event: Told) -> bool:
    places = [entity for role in PLACE_ROLES for entity in number.roles.get(role, ())]
    return not places or not event.places or near(places, event.places, dict((*number.around, *event.around)))
