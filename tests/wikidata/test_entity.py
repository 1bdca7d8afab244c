"""What is taken from an item in JSON, and what is not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.wikidata import entity
from kg.wikidata.item import Item

JULIAN = "http://www.wikidata.org/entity/Q1985786"


def read(**parts: Any) -> Item:
    return entity.item({"id": "Q1", **parts}, languages=["vi", "en"], classes=(), sources=("a dump",))


def statement(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": rank, "qualifiers": qualifiers}


@pytest.mark.parametrize(
    ("time", "precision", "edtf"),
    [
        ("+1952-10-07T00:00:00Z", 11, "1952-10-07"),
        ("+1952-10-00T00:00:00Z", 10, "1952-10"),
        ("+1952-00-00T00:00:00Z", 9, "1952"),
        ("+1950-00-00T00:00:00Z", 8, "195X"),
        ("+1901-00-00T00:00:00Z", 7, "19XX"),
        ("+1000-00-00T00:00:00Z", 6, ""),
        ("-0044-03-15T00:00:00Z", 11, "-0044-03-15"),
        ("+13000000000-00-00T00:00:00Z", 3, ""),
    ],
)
def test_a_date_is_as_exact_as_wikidata_says(time: str, precision: int, edtf: str) -> None:
    assert entity.edtf({"time": time, "precision": precision}) == edtf


def test_a_day_of_the_julian_calendar_keeps_its_year_only() -> None:
    assert entity.edtf({"time": "+1799-06-06T00:00:00Z", "precision": 11, "calendarmodel": JULIAN}) == "1799"


def test_preferred_statements_stand_for_the_others_and_ended_ones_do_not_count() -> None:
    claims = {
        "P17": [statement({"id": "Q2"}), statement({"id": "Q3"}, "preferred"), statement({"id": "Q4"}, "deprecated")],
        "P131": [statement({"id": "Q5"}, P582=[{}]), statement({"id": "Q6"})],
    }
    found = read(claims=claims)
    assert (found.countries, found.located_in) == (("Q3",), ("Q6",))


def test_places_elsewhere_have_no_place_on_earth() -> None:
    moon = {"latitude": 1.0, "longitude": 2.0, "globe": "http://www.wikidata.org/entity/Q405"}
    assert read(claims={"P625": [statement(moon)]}).coordinates is None
    earth = {"latitude": 1.123456789, "longitude": 2, "globe": "http://www.wikidata.org/entity/Q2"}
    assert read(claims={"P625": [statement(earth)]}).coordinates == (1.12346, 2.0)


def test_names_are_cleaned_and_told_once() -> None:
    labels = {"en": {"value": "  Fort\u0000 Elm\n"}, "vi": {"value": "x" * 300}, "fr": {"value": "Orme"}}
    found = read(labels=labels, aliases={"en": [{"value": "Fort Elm"}, {"value": "Elm Fort"}, {"value": "Elm Fort"}]})
    assert found.labels == (("en", "Fort Elm"),)
    assert found.aliases == (("en", "Elm Fort"),)


def test_empty_lists_stand_for_empty_objects() -> None:
    assert read(labels=[], aliases=[], claims=[], sitelinks=[]).sitelinks == 0


@pytest.mark.shared
def test_an_answer_of_the_api_is_read(shared: Path) -> None:
    path = shared / "data" / "wikidata" / "nomenklatura_wbgetentities_Q7747.json.gz"
    found = json.loads(gzip.decompress(path.read_bytes()))["entities"]["Q7747"]
    item = entity.item(found, languages=["en"], classes=("Person",), sources=("api",))
    assert item.label("en") == "Vladimir Putin"
    assert item.dates == (("born", "1952-10-07"),)
    assert item.kinds == ("Q5",)
