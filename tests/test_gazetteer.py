"""The gazetteer holds together: keys are unique, names agree with themselves, countries exist."""

from __future__ import annotations

import json
import re

import pytest

from kg import gazetteer, lexicon, resources
from kg.spelling import fold

GAZETTEER = gazetteer.load("vi")


def test_every_record_is_well_formed() -> None:
    known = {"key", "name", "en", "type", "class", "aliases", "country", "role", "level", "weak", "acts", "pairs"}
    for record in lexicon.entries("vi", "gazetteer"):
        assert set(record) <= known, record
        assert re.fullmatch(r"Q\d+|[a-z0-9][a-z0-9-]*", record["key"]), record
        assert record["name"].strip() == record["name"] != "", record
        assert record["name"] not in record.get("aliases", ()), record


def test_keys_are_unique() -> None:
    assert len(GAZETTEER.by_key) == len(GAZETTEER.entries) < 20_000


def test_every_country_has_an_entry() -> None:
    missing = {e.country for e in GAZETTEER.entries if e.country and e.country not in GAZETTEER.by_key}
    assert not missing


def test_the_file_keeps_one_record_a_line_in_nfc() -> None:
    text = (resources.language("vi") / "gazetteer.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        assert json.dumps(json.loads(line), ensure_ascii=False) == line


@pytest.mark.parametrize(
    ("name", "key"),
    [("Nga", "Q159"), ("Mỹ", "Q30"), ("Hà Nội", "Q1858"), ("Kiev", "Q1899"), ("Kyiv", "Q1899"), ("LHQ", "Q1065")],
)
def test_everyday_names_are_known(name: str, key: str) -> None:
    found = [e.key for e in GAZETTEER.entries if name in (e.name, *e.aliases)]
    assert found[0] == key


def test_places_lie_in_their_countries() -> None:
    assert GAZETTEER.within("Q1858", "Q881")
    assert not GAZETTEER.within("Q1858", "Q159")
    assert not GAZETTEER.within("nowhere", "Q159")


def test_bodies_of_a_country_have_english_names() -> None:
    assert GAZETTEER.english("Q819-navy") == "Navy of Laos"
    assert GAZETTEER.english("Q819") == "Laos"
    assert not GAZETTEER.english("Q819-circus")


def test_a_language_without_data_has_an_empty_one() -> None:
    assert not gazetteer.load("xx").entries


def test_no_entry_is_an_everyday_word_in_lower_case() -> None:
    words = {fold(word) for word in lexicon.table("vi", "cues")["openers"]["words"].split()}
    lower = [e.name for e in GAZETTEER.entries if e.name == e.name.lower() and e.name in words]
    assert not lower
