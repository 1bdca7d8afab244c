"""A check finds what contradicts, in other sources and in the row itself, and nothing in what only knows less."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.wikidata.checking import Result, check
from kg.wikidata.item import Item
from kg.wikidata.pack import Pack
from tests.wikidata.conftest import ITEMS

Make = Callable[[Iterable[Item]], Path]


def compared(make: Make, items: Iterable[Item], other: Iterable[Item] = ()) -> Result:
    ours = make(items).rename(make(items).with_name("ours.kgp"))
    theirs = make(other)
    with Pack.open(ours) as pack, Pack.open(theirs) as second:
        return check(pack, [second])


def found(make: Make, items: Iterable[Item], other: Iterable[Item] = ()) -> list[tuple[str, str]]:
    return [(one.qid, one.field) for one in compared(make, items, other).disagreements]


TOWN = Item("Q900001", labels=(("en", "Lorvik"),), classes=("City",), countries=("Q9",), coordinates=(10.0, 20.0))


def test_a_source_that_says_the_same_or_less_agrees(make_pack: Make) -> None:
    less = [
        Item("Q900001", aliases=(("vi", "Lorvik"),), classes=("Place",)),
        TOWN,
        replace(TOWN, coordinates=(10.1, 20.1)),
    ]
    for other in less:
        result = compared(make_pack, [TOWN], [other])
        assert (result.disagreements, result.compared["made.kgp"]) == ([], 1)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (replace(TOWN, labels=(("en", "Ravenholt"),)), "name"),
        (replace(TOWN, classes=("Person",)), "class"),
        (replace(TOWN, countries=("Q8",)), "country"),
        (replace(TOWN, coordinates=(11.0, 20.0)), "position"),
    ],
)
def test_a_source_that_says_something_else_disagrees(make_pack: Make, other: Item, field: str) -> None:
    assert found(make_pack, [TOWN], [other]) == [("Q900001", field)]


def test_our_own_gazetteer_is_asked(make_pack: Make) -> None:
    vietnam = Item("Q881", labels=(("vi", "Việt Nam"),), classes=("State",))
    assert found(make_pack, [vietnam]) == []
    assert found(make_pack, [replace(vietnam, labels=(("vi", "Sarmania"),), classes=("City",))]) == [
        ("Q881", "name"),
        ("Q881", "class"),
    ]


def test_a_row_may_contradict_itself(make_pack: Make) -> None:
    rows = [
        replace(TOWN, labels=(("en", "Lorvik Oblast"),)),
        Item("Q900002", labels=(("en", "Ada Moreau"), ("ru", "Пётр Снегов")), classes=("Person",)),
        Item("Q900003", labels=(("en", "Georges Moreau"), ("ru", "Жорж Моро")), classes=("Person",)),
    ]
    assert found(make_pack, rows) == [("Q900001", "itself"), ("Q900002", "itself")]


def test_a_place_amid_another_country_is_listed(make_pack: Make) -> None:
    around = [
        replace(TOWN, qid=f"Q{900010 + n}", coordinates=(10.0 + n / 10, 20.0), countries=("Q8",)) for n in range(5)
    ]
    assert found(make_pack, [TOWN, *around]) == [("Q900001", "country")]
    assert found(make_pack, [TOWN, *around[:4]]) == []
    far = [replace(one, coordinates=(60.0, 20.0)) for one in around]
    assert found(make_pack, [TOWN, *far]) == []


def test_the_seed_decides_which_rows_are_drawn(make_pack: Make) -> None:
    with Pack.open(make_pack(ITEMS)) as pack:
        assert check(pack, rows=3, seed=1) == check(pack, rows=3, seed=1)
        assert (check(pack, rows=3).rows, check(pack, rows=500).rows, check(pack).of) == (3, len(ITEMS), len(ITEMS))
