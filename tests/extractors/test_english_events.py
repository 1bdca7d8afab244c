"""English events that have no name for a participant: what happens to what, when, and what its numbers count."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from kg.extractors import pipeline
from kg.extractors.statements import learned
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


AT_ANOTHER_TIME = [
    ("RABAT, March 14 - Morocco has released Ousmane Ba.", "Release"),
    ("Shops reopened on Friday, four days after rebels attacked Bamako.", "Attack"),
    ("Divers found two bodies on Friday in a ferry that capsized off Masbate.", "Accident"),
    ("Oslo fined Jens Holm, who has until April 2 to pay.", "Fine"),
]


@pytest.mark.parametrize(("text", "term"), AT_ANOTHER_TIME)
def test_a_time_of_something_else_is_not_that_of_the_event(text: str, term: str) -> None:
    assert [s.time for s in read(text) if s.type == term] == [None]


def test_what_was_the_first_since_a_month_is_not_of_that_month() -> None:
    told = [
        s
        for s in read("Bolivia and Chile held talks in Lima on Friday, the first since January.")
        if s.type == "Meeting"
    ]
    assert {s.time.edtf for s in told if s.time} == {"2026-03-13"}


AGAIN = "The tanker Gulf Pearl collided with a barge off Batam on Friday. It was raining. "


@pytest.mark.parametrize("text", ["The collision shut the port.", "The crash was the third off the island."])
def test_what_names_nobody_tells_again_what_was_told_near_by(text: str) -> None:
    first, *again = [s for s in read(AGAIN + text) if s.type == "Accident"]
    assert again
    assert all(s.roles == first.roles and s.confidence < first.confidence for s in again)


@pytest.mark.parametrize("text", ["Collisions often shut the port.", "Collisions are ever more common."])
def test_what_names_nobody_tells_nothing_by_itself_of_a_habit(text: str) -> None:
    assert not [s for s in read(text) if s.type == "Accident"]


def test_what_names_nobody_at_another_time_is_something_else() -> None:
    later = [s for s in read(AGAIN + "A collision on January 3 had shut the port.") if s.time and s.type == "Accident"]
    assert [s.roles for s in later if s.time and s.time.edtf == "2026-01-03"] == [()]


def test_a_shorter_trigger_is_tried_where_no_rule_of_the_longer_one_fits() -> None:
    assert "MilitaryOperation" in [s.type for s in read("Turkey launched an offensive in Manbij on Friday.")]


def test_a_trigger_behind_one_that_tells_nothing_is_found() -> None:
    assert "Launch" in [s.type for s in read("Missiles were fired from Wonsan on Friday.")]


def test_a_name_of_which_nothing_is_known_may_be_that_of_a_company() -> None:
    [bought] = [s for s in read("Danox Group bought Lactel in May.") if s.type == "OwnershipTransfer"]
    assert dict(bought.roles)["artifact"] == ("Lactel",)


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
    assert not [s for s in read(text) if s.type not in quantities and s.extractor != learned.BY]


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


STRIKE = "Dockers at Gdynia began a strike on Tuesday. "


def test_what_was_before_the_year_of_the_article_is_not_what_is_told_near_by() -> None:
    told = [s for s in read(STRIKE + "The last strike there, in 2021, took nine days.") if s.type == "Demonstration"]
    assert told
    assert not [s for s in told if s.time and s.time.edtf == "2021"]
