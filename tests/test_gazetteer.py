"""The gazetteer holds together: keys are unique, names agree with themselves, countries exist."""

from __future__ import annotations

import json
import re

import pytest

from kg import gazetteer, lexicon, resources
from kg.errors import LanguageDataError
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


# ------------------------------------------------------------------------------------- names in another language

ENGLISH = gazetteer.load("en")


def test_borrowed_entries_stay_what_they_are() -> None:
    assert ENGLISH.by_key["Q159"] is GAZETTEER.by_key["Q159"]
    assert {entry.key for entry in GAZETTEER.entries} <= ENGLISH.by_key.keys()
    assert gazetteer.find("Q159") == GAZETTEER.by_key["Q159"]


def test_records_that_add_names_are_well_formed() -> None:
    records = lexicon.entries("en", "gazetteer")
    assert len({record["key"] for record in records}) == len(records)
    for record in records:
        own = "type" in record
        known = (
            {"key", "names", "adjectives", "without"} if not own else {"key", "name", "aliases", "adjectives", "type"}
        )
        assert set(record) <= known | ({"class", "country", "role", "weak", "acts", "pairs"} if own else set()), record
        names = [*record.get("names", ()), *record.get("adjectives", ()), *record.get("aliases", ())]
        assert own or len(names) == len(set(names)), record


@pytest.mark.parametrize(
    ("key", "usual", "others"),
    [
        ("Q159", "Russia", {"Russian", "Russian Federation"}),
        ("Q30", "United States", {"U.S.", "American"}),
        ("Q1858", "Hanoi", {"Ha Noi", "Hà Nội"}),
        ("Q25281", "Da Lat", {"Đà Lạt"}),
    ],
)
def test_names_as_english_writes_them(key: str, usual: str, others: set[str]) -> None:
    names = ENGLISH.names(ENGLISH.by_key[key])
    assert names[0] == usual
    assert others <= set(names)
    assert "Nga" not in names
    assert "Mỹ" not in names


def test_what_means_something_else_in_english_is_left_out() -> None:
    assert "Typhoon" in GAZETTEER.names(GAZETTEER.by_key["eurofighter"])
    assert "Typhoon" not in ENGLISH.names(ENGLISH.by_key["eurofighter"])


def test_names_need_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = lexicon.entries

    def one_more(language: str, name: str) -> tuple[dict[str, object], ...]:
        wrong = ({"key": "nowhere", "names": ["Nowhere"]},) if language == "en" else ()
        return (*entries(language, name), *wrong)

    monkeypatch.setattr(lexicon, "entries", one_more)
    gazetteer.load.cache_clear()
    with pytest.raises(LanguageDataError, match="nowhere"):
        gazetteer.load("en")
    gazetteer.load.cache_clear()
