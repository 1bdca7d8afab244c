"""English events that have no name for a participant: what happens to what, when, and what its numbers count."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from kg.extractors import pipeline
from kg.model import Document, Statement

SUNDAY = "2026-03-15"


@cache
def _extract() -> Any:
    return pipeline("en")


def read(text: str) -> list[Statement]:
    """What is found in a text published on a Sunday."""
    return list(_extract()(Document("event.txt", text, "en", published=SUNDAY)).statements)


TOLD = [
    ("Buses brought 40 wounded soldiers to Poltava late on Saturday.", "Travel", "2026-03-14"),
    ("A Split court will announce its verdict next Tuesday.", "Sentencing", "2026-03-17"),
    ("Three ministers lost their jobs on Thursday.", "Departure", "2026-03-12"),
    ("A fisheries pact was concluded in Rabat this week.", "Signing", "2026-03-09/2026-03-15"),
    ("Two short-range missiles were fired from Wonsan on Friday.", "Launch", "2026-03-13"),
    ("An old grenade went off in a garden on March 2.", "Accident", "2026-03-02"),
    ("Some 3,000 residents of Tacloban had been taken inland on Monday.", "Evacuation", "2026-03-09"),
    ("Kupiansk came under attack before dawn on Friday.", "Attack", "2026-03-13"),
    ("The villas of the minister were seized in Marbella on July 3 last year.", "LegalProceeding", "2025-07-03"),
    ("Villages in Assam were flooded at the weekend.", "Disaster", "2026-03-14/2026-03-15"),
]


@pytest.mark.parametrize(("text", "term", "time"), TOLD)
def test_an_event_with_its_time(text: str, term: str, time: str) -> None:
    found = [(s.type, s.time.edtf if s.time else None) for s in read(text)]
    assert (term, time) in found


UNTOLD = [
    "Three ministers lost their keys on Thursday.",
    "Two short-range buses were painted in Wonsan on Friday.",
    "An old clock went off in a garden on March 2.",
    "A fisheries museum was painted in Rabat this week.",
    "The villas of the minister were admired in Marbella on July 3 last year.",
]


@pytest.mark.parametrize("text", UNTOLD)
def test_no_event_where_something_else_is_told(text: str) -> None:
    quantities = {"QuantityClaim", "Statement", "PositionHeld"}
    assert not [s for s in read(text) if s.type not in quantities]


def test_what_is_only_believed_is_reported() -> None:
    found = [s for s in read("A Ukrainian counter-attack is believed to be in preparation.") if s.type != "Statement"]
    assert [(s.type, s.modality) for s in found] == [("MilitaryOperation", "reported")]


COUNTED = [
    ("They released 146 soldiers and 22 civilians.", [("count", 146), ("count", 22)]),
    ("The plant would create 1,200 jobs.", [("count", 1200)]),
    ("The rockets flew some 800 km.", [("length", 800)]),
    ("The convoy carried 90 tonnes of rice.", [("amount", 90)]),
    ("Some 7,000 people have crossed into Chad.", [("displaced", 7000)]),
    ("Fourteen fire engines were called in from Padua.", [("deployed", 14)]),
    ("There were about 40 minutes of shooting.", [("duration", 40)]),
    ("About 30 warships are taking part.", [("participants", 30)]),
    ("The statue has 14 steps.", []),
]


@pytest.mark.parametrize(("text", "wanted"), COUNTED)
def test_numbers_are_tied_to_what_they_count(text: str, wanted: list[tuple[str, int]]) -> None:
    found = [(s.quantity.measure, int(s.quantity.stated)) for s in read(text) if s.quantity and s.quantity.stated]
    assert [pair for pair in found if pair in wanted or not wanted] == wanted


def test_a_number_is_told_of_the_province_that_a_country_is_said_to_have() -> None:
    text = "Divers in Laos's Xekong province were looking for 14 missing fishermen."
    [count] = [s for s in read(text) if s.type == "QuantityClaim"]
    assert dict(count.roles)["atPlace"] == ("Xekong",)


def test_a_number_across_the_country_is_told_of_the_country() -> None:
    text = "Divers in Laos's Xekong province found a body. Forty people have been killed across the country."
    [count] = [s for s in read(text) if s.type == "QuantityClaim"]
    assert dict(count.roles)["atPlace"] == ("Laos",)
