"""An entity is told to be of its type for the reasons that its names have."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from kg import folder, lookup
from kg.model import ReasonCode
from kg.rdf import iris
from kg.store import read_only


def kind_of(graph: Path, key: str, language: str = "en") -> lookup.Kind | None:
    reader = lookup.Reader(read_only(graph), language=language)
    return lookup.kind(reader, graph / folder.RECORDS, iris.node("entity", key).value)


def test_reasons_are_counted_over_the_names_of_all_articles(small_graph: Path) -> None:
    found = kind_of(small_graph, "luu")
    assert found is not None
    assert (found.type, found.names, found.agreeing, found.heading) == ("person", 2, 2, "why Person (2 of 2 names)")
    assert [(ground.code, ground.names, ground.words) for ground in found.grounds] == [
        ("title", 2, "Ông"),
        ("shape", 2, ""),
    ]
    example = found.grounds[0].example
    assert (example.words, example.end - example.start) == ("Trần Văn Lựu", 12)
    assert example in lookup.mentions(lookup.Reader(read_only(small_graph)), iris.node("entity", "luu").value)


def test_what_is_said_elsewhere_is_told_in_the_readers_language(small_graph: Path) -> None:
    found = kind_of(small_graph, "mori", "vi")
    assert found is not None
    assert found.grounds[1].label == "ở chỗ khác trong bài"
    assert found.grounds[1].words == "sau chức danh hoặc cách xưng hô: ông"


@pytest.mark.parametrize("key", ["japan", "no-such"])
def test_where_no_reasons_are_kept_none_are_told(small_graph: Path, key: str) -> None:
    assert kind_of(small_graph, key) is None


def test_an_event_has_no_names(small_graph: Path) -> None:
    reader = lookup.Reader(read_only(small_graph))
    assert lookup.kind(reader, small_graph / folder.RECORDS, iris.node("event", "call").value) is None


def test_every_code_has_its_words_in_both_languages(checkout: Path) -> None:
    texts = tomllib.loads((checkout / "kg" / "lookup" / "kinds.toml").read_text(encoding="utf-8"))
    assert {language: set(text["codes"]) for language, text in texts.items()} == {
        language: set(get_args(ReasonCode)) for language in ("vi", "en")
    }
