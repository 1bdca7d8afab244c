"""Rows of tables are mended where they show themselves what is wrong, and left alone where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.wikidata import mending
from kg.wikidata.item import Item
from kg.wikidata.mending import Mended

TOWN = Item("Q1", labels=(("en", "Lorvik"), ("ru", "Лорвик")), classes=("City",), kinds=("city",), countries=("Q9",))
REGION = Item(
    "Q2",
    labels=(("en", "Lorvik"), ("ru", "Лорвикская область"), ("vi", "Lorvik")),
    aliases=(("und", "Lorvik Oblast"), ("und", "Lorvikska")),
    classes=("Region",),
    kinds=("admin1",),
    countries=("Q9",),
)


def mended(*items: Item) -> tuple[list[Item], Mended]:
    report = Mended()
    return mending.mend(items, report), report


def test_what_is_in_order_is_left_alone() -> None:
    elsewhere = replace(REGION, countries=("Q8",))
    for items in ([TOWN], [TOWN, elsewhere], [replace(REGION, aliases=()), TOWN]):
        assert mended(*items)[0] == items


def test_a_region_is_labelled_by_its_fuller_name_where_a_town_has_the_short_one() -> None:
    [_, region], report = mended(TOWN, REGION)
    assert region.labels == (("en", "Lorvik Oblast"), ("ru", "Лорвикская область"))
    assert region.aliases == (("en", "Lorvik"), ("vi", "Lorvik"), ("und", "Lorvikska"))
    assert region.label("vi") == "Lorvik Oblast"
    assert "a town of the country" in region.notes[0]
    assert report.counts["regions labelled as their towns"] == 1


def test_a_district_taken_for_a_town_is_a_region_and_loses_the_names_of_the_town() -> None:
    [row], _ = mended(replace(TOWN, labels=(("en", "Lorvik"), ("ru", "Лорвикский район"))))
    assert (row.classes, row.labels) == (("Region",), (("ru", "Лорвикский район"),))
    assert row.notes


def test_a_row_whose_id_is_an_article_on_divisions_is_left_out() -> None:
    rows, report = mended(replace(TOWN, aliases=(("und", "Административно-территориальное деление Лорвика"),)))
    assert rows == []
    assert "Q1" in report.left_out


def test_the_town_is_no_name_of_its_region_nor_of_its_airport() -> None:
    region = replace(REGION, aliases=(("und", "Місто Лорвик"), ("und", "Lorvikska")))
    airport = Item("Q3", labels=(("en", "Lorvik Airport"), ("ru", "Лорвик")), classes=("Site",), kinds=("airport",))
    district = replace(REGION, qid="Q4", kinds=("district",), aliases=(("und", "Thành phố Lorvik"),), countries=("Q8",))
    rows, _ = mended(TOWN, region, airport, district)
    names = {row.qid: [name for _, name in row.names] for row in rows}
    assert "Місто Лорвик" not in names["Q2"]
    assert names["Q3"] == ["Lorvik Airport"]
    assert "Thành phố Lorvik" in names["Q4"]


@pytest.mark.parametrize(
    ("alias", "kept"), [("LVK", ()), ("ELVK", ()), ("Lorvik Field", (("und", "Lorvik Field"),)), ("ロルビク空港", ())]
)
def test_codes_and_other_letters_are_no_names(alias: str, kept: tuple[tuple[str, str], ...]) -> None:
    airport = Item("Q3", labels=(("en", "Lorvik Airport"),), aliases=(("und", alias),), kinds=("airport",))
    assert mended(airport)[0][0].aliases == kept


def test_an_airport_is_also_called_without_its_town() -> None:
    airport = Item("Q3", labels=(("en", "Lorvik-Anna Berg Airport"),), kinds=("airport",))
    plain = Item("Q4", labels=(("en", "Lorvik International Airport"),), kinds=("airport",))
    [_, named, same], report = mended(TOWN, airport, plain)
    assert named.aliases == (("en", "Anna Berg Airport"),)
    assert same == plain
    assert report.counts["airports without their towns"] == 1


def test_a_description_tells_the_country_where_one_state_is_called_so() -> None:
    state = Item("Q9", labels=(("en", "Lorland"),), aliases=(("und", "LL"),), classes=("State",), countries=("Q9",))
    member = Item(
        "Q5",
        labels=(("en", "A Berg"),),
        classes=("Person",),
        descriptions=(("en", "listed in EveryPolitician for LL (born 1950)"),),
    )
    [_, told], _ = mended(state, member)
    assert told.countries == ("Q9",)
    assert told.notes
    twin = replace(state, qid="Q10", countries=("Q10",))
    assert mended(state, twin, member)[0][2] == member


def test_an_abbreviation_of_a_body_is_no_code() -> None:
    body = Item("Q4", labels=(("en", "Lorvik News Agency"),), aliases=(("und", "LNA"),), kinds=("organization",))
    assert mended(body)[0] == [body]


def test_catalogue_entries_become_names() -> None:
    person = Item("Q5", labels=(("en", "Ada Moreau, Baroness"), ("ru", "Моро, Ада (политик)")), classes=("Person",))
    place = Item("Q6", labels=(("en", "Lorvik (Held Sarmania)"), ("ru", "Лорвик (остров)")), classes=("Place",))
    rows, _ = mended(person, place)
    assert rows[0].labels == (("en", "Ada Moreau, Baroness"), ("ru", "Ада Моро"))
    assert rows[1] == place


def test_a_label_in_letters_of_another_language_is_a_name_at_most() -> None:
    [row], _ = mended(Item("Q6", labels=(("en", "Ада Моро"), ("vi", "Ադա"), ("ru", "Ада Морова")), classes=("Person",)))
    assert row.labels == (("ru", "Ада Морова"),)
    assert row.aliases == (("und", "Ада Моро"),)


def test_a_territory_that_lies_nowhere_is_of_no_class() -> None:
    union = Item("Q7", labels=(("en", "League of Towns"),), classes=("GeopoliticalEntity",), kinds=("territory",))
    [row], _ = mended(union)
    assert row.classes == ()
    island = replace(union, coordinates=(1.0, 2.0))
    colony = replace(union, countries=("Q9",))
    assert mended(island, colony)[0] == [island, colony]
