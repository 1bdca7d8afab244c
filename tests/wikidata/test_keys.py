"""Names that are one name in two spellings share a key and fit; others may share a key, and do not fit."""

from __future__ import annotations

import pytest

from kg.wikidata import keys
from kg.wikidata.keys import Fit

PLACE, PERSON = "Place", "Person"


def sought_under(name: str) -> set[str]:
    return {*keys.of_mention(name), *keys.of_person(name, "vi")}


@pytest.mark.parametrize(
    ("sought", "found", "class_", "fit"),
    [
        ("Lorvik", "Lorvik", PLACE, "exact"),
        ("LORVIK", "Lorvik", PLACE, "folded"),
        ("Han Do Yun", "Han Do-yun", PERSON, "folded"),
        ("Hoà Thạnh", "Hòa Thạnh", PLACE, "folded"),
        ("Da Nang", "Đà Nẵng", PLACE, "unmarked"),
        ("Tran Thi Bich", "Trần Thị Bích", PERSON, "unmarked"),
        ("NFCA", "Northern Fishery Control Agency", "Organization", "abbreviation"),
        ("BQP", "Bộ Quốc phòng", "Organization", "abbreviation"),
        ("ROS", "Republic of Sarmania", PLACE, "abbreviation"),
        ("Sergey Petrenko", "Sergei Vladimirovich Petrenko", PERSON, "transliteration"),
        ("Sergei Petrenko", "Сергей Петренко", PERSON, "transliteration"),
        ("Luhansk", "Lugansk", PLACE, "transliteration"),
        ("Belgorod", "Белгород", PLACE, "transliteration"),
        ("Belhorod", "Вінниця", PLACE, None),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", PERSON, None),
        ("Hạ Long", "Hà Long", PLACE, None),
        ("Sergei Petrenko", "Sergei Petrov", PERSON, None),
        ("LO", "Lorvik Oblast", PLACE, None),
    ],
)
def test_names_fit_as_they_are_written(sought: str, found: str, class_: str, fit: Fit | None) -> None:
    assert keys.fit(sought, found, language="vi", of="en", person=class_ == PERSON) == fit
    if fit:
        assert sought_under(sought) & {*keys.of_item(found, "en", (class_,))}


@pytest.mark.parametrize("name", ["", " ", "…", "🇻🇳", "x" * 1000])
def test_what_is_no_name_has_no_keys(name: str) -> None:
    assert [*sought_under(name), *keys.of_item(name, "vi", (PLACE,))] == []


def test_a_person_without_letters_has_no_keys() -> None:
    assert [*keys.of_person("…", "vi")] == []


def test_an_initial_finds_nobody() -> None:
    assert not sought_under("S. Petrenko") & {*keys.of_item("Sergei Petrenko", "en", (PERSON,))}
