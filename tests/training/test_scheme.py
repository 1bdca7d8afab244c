"""The closed lists, how values are spelled, and that the ontology has a word for everything."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from pyoxigraph import NamedNode

import training
from kg import ns
from kg.model import MentionType
from training import scheme

MAPPING: dict[str, Any] = tomllib.loads((Path(training.__file__).parent / "mapping.toml").read_text(encoding="utf-8"))


def is_term(name: str) -> bool:
    return isinstance(getattr(ns, name, None), NamedNode)


@pytest.mark.parametrize("name", scheme.EVENT_CLASSES)
def test_every_event_class_is_a_term_or_said_to_be_left_out(name: str) -> None:
    assert is_term(name) or name in MAPPING["classes"]


@pytest.mark.parametrize("name", scheme.ROLES)
def test_every_role_is_mapped_or_said_to_be_left_out(name: str) -> None:
    assert name in MAPPING["roles"]


def test_the_mapping_names_terms_of_the_ontology() -> None:
    tables = (MAPPING["classes"], MAPPING["roles"], *MAPPING["special"].values())
    named = {value for table in tables for value in table.values() if value}
    assert sorted(name for name in named if not is_term(name)) == []


def test_the_mapping_names_nothing_that_the_corpus_lacks() -> None:
    assert {*MAPPING["classes"], *MAPPING["special"]} <= set(scheme.EVENT_CLASSES)
    assert {role for table in MAPPING["special"].values() for role in table} <= set(scheme.ROLES)
    assert set(MAPPING["roles"]) <= set(scheme.ROLES)


def test_mention_types_are_those_of_the_model() -> None:
    assert set(scheme.MENTION_TYPES) <= set(get_args(MentionType))


@pytest.mark.parametrize(
    "name", ["GENRES", "MENTION_TYPES", "EVENT_CLASSES", "ROLES", "QUALIFIERS", "MODALITIES", "POLARITIES"]
)
def test_no_list_says_anything_twice(name: str) -> None:
    listed = getattr(scheme, name)
    assert len(listed) == len(set(listed)) > 0


@pytest.mark.parametrize(
    "value",
    [
        *("2025", "2025-03", "2025-03-12", "2025-03~", "XXXX-03-12", "2025-03-12T05:30", "XXXX-XX-XXT06:00"),
        *("2025-07-28T24:00", "2024-10/..", "2025-03-10/2025-03-14", "2025-03-05T08:00/2025-03-06T05:30"),
    ],
)
def test_times(value: str) -> None:
    assert scheme.is_time(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "..", "../..", "12/3", "2025-13", "2025-02-30", "2025-03-12T25:00", "2025-03T05:00", "XXXX-XX-XX"),
        *("2025-03-14/2025-03-10", "2025-03-12 ", "hôm qua", "2025-03-12T24:30", "2025-03-12T05:00T06:00"),
    ],
)
def test_no_times(value: str) -> None:
    assert not scheme.is_time(value)


@pytest.mark.parametrize("value", ["P3D", "PT20M", "P1Y6M", "P3D/P4D", "P10Y~", "P1DT2H"])
def test_durations(value: str) -> None:
    assert scheme.is_duration(value)


@pytest.mark.parametrize("value", ["", "P", "PT", "P72H", "3D", "P3D/", "P1DT"])
def test_no_durations(value: str) -> None:
    assert not scheme.is_duration(value)


@pytest.mark.parametrize("value", ["600", "600~", "600>", "600<", "3.5", "540..660", "0.5..1.5"])
def test_quantities(value: str) -> None:
    assert scheme.is_quantity(value)


@pytest.mark.parametrize("value", ["", "-3", "3,5", "600>>", "~600", "540..", "540...660", "٣"])
def test_no_quantities(value: str) -> None:
    assert not scheme.is_quantity(value)
