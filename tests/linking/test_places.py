"""A place may lie in a region that is near enough, and in no other."""

from __future__ import annotations

import pytest

from kg.linking import places
from kg.linking.shelf import Shelf
from kg.wikidata.item import Item


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The items of the bundled pack."""
    return Shelf.open()


def item(qid: str, shelf: Shelf) -> Item:
    """An item of the bundled pack."""
    found = shelf.item(qid)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("region", "place", "may"),
    [
        ("Q1397", "Q49239", True),  # Ohio has a Toledo
        ("Q1397", "Q5836", False),  # and that of Spain is none of it
        ("Q1397", "Q28515", False),  # nor is the Springfield of Illinois
        ("Q1439", "Q16562", True),  # Texas is wide: El Paso is nearer to the middle of New Mexico
        ("Q36587", "Q864747", False),  # the Hoàng Mai of Hà Nội lies in no other province
        ("Q1697", "Q186614", True),  # airports have no country in the tables
    ],
)
def test_regions_contain_what_is_near(region: str, place: str, may: bool, shelf: Shelf) -> None:  # noqa: FBT001 - a table
    assert places.may_contain(item(region, shelf), item(place, shelf), shelf) is may


def test_distances_are_those_of_a_globe() -> None:
    assert places.distance((21.03, 105.85), (10.78, 106.69)) == pytest.approx(1140, abs=15)
    assert places.distance((0.0, 179.5), (0.0, -179.5)) == pytest.approx(111, abs=1)
    assert places.distance(None, (0.0, 0.0)) == float("inf")


def test_what_the_source_says_contains_it_does(shelf: Shelf) -> None:
    region = Item("Q1", classes=("Region",), coordinates=(0.0, 0.0))
    assert places.may_contain(region, Item("Q2", located_in=("Q1",), coordinates=(80.0, 80.0)), shelf)
