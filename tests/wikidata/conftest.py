"""Packs that more than one test module needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kg.wikidata import classes, writing
from kg.wikidata.item import Item
from kg.wikidata.writing import Label

ITEMS = (
    Item(
        "Q1",
        labels=(("en", "Lorvik"), ("vi", "Lo Vích")),
        classes=("City",),
        countries=("Q9",),
        sitelinks=40,
        sources=("a",),
    ),
    Item(
        "Q2", labels=(("en", "Lorvik Province"),), aliases=(("en", "Lorvik"),), classes=("Region",), countries=("Q9",)
    ),
    Item("Q3", labels=(("vi", "Nguyễn Văn Hùng"),), classes=("Person",), dates=(("born", "1960"),)),
    Item("Q4", labels=(("vi", "Nguyễn Văn Hưng"),), classes=("Person",)),
    Item("Q5", labels=(("en", "Sergei Vladimirovich Petrenko"), ("ru", "Сергей Петренко")), classes=("Person",)),
    Item("Q6", labels=(("en", "Northern Fishery Control Agency"),), classes=("GovernmentBody",)),
    Item("Q7", labels=(("mul", "Lorvik"),), classes=("City",), sitelinks=90),
    Item("Q9", labels=(("en", "Sarmania"),), classes=("State",), coordinates=(10.5, -3.25)),
)


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[[Iterable[Item]], Path]:
    """Write a pack of items; its path."""

    def make(items: Iterable[Item] = ITEMS) -> Path:
        items = tuple(items)
        names, bits = writing.bits(classes.above(sorted({name for item in items for name in item.classes})))
        label = Label("2026-01-02", ("en", "vi"), names, ("a",), "CC0-1.0", "made up")
        path = tmp_path / "made.kgp"
        writing.write(path, (writing.row(item, bits) for item in items), lambda: label)
        return path

    return make
