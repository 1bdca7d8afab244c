"""Find claims that contradict each other, by type; each type looks at one block of claims at a time."""

from __future__ import annotations

from kg.resolving.contradictions.dates import by_event as dated
from kg.resolving.contradictions.dates import by_event_pair as dates
from kg.resolving.contradictions.denials import by_party as denials
from kg.resolving.contradictions.denials import taken_back
from kg.resolving.contradictions.drift import by_copy as copied_drift
from kg.resolving.contradictions.drift import by_question as drift
from kg.resolving.contradictions.scopes import by_number as scopes_of_groups
from kg.resolving.contradictions.scopes import by_question as scopes
from kg.resolving.contradictions.statuses import by_event as denied
from kg.resolving.contradictions.statuses import by_plan as overdue
from kg.resolving.contradictions.statuses import by_thing as statuses
from kg.resolving.contradictions.values import by_question as values
from kg.resolving.contradictions.within import by_article as within

__all__ = [
    "copied_drift",
    "dated",
    "dates",
    "denials",
    "denied",
    "drift",
    "overdue",
    "scopes",
    "scopes_of_groups",
    "statuses",
    "taken_back",
    "values",
    "within",
]
