"""Every row of the golden tables of time expressions, worked out by hand: value, bounds, and what it was counted from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from kg.nlp.times import find_times

TABLES = {"vi": "time_expressions.tsv", "en": "english_times.tsv"}
BREADTH = {"vi": 220, "en": 190}
NONE = "-"  # an undated text, an open bound
COLUMNS = ("text", "published", "expression", "edtf", "earliest", "latest", "anchor")
Row = Mapping[str, str]


def rows(language: str) -> list[Row]:
    with Path(__file__).with_name(TABLES[language]).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    ("language", "row"),
    [
        pytest.param(language, row, id=f"{language}-{row['expression']}-{n}")
        for language in TABLES
        for n, row in enumerate(rows(language))
    ],
)
def test_row(language: str, row: Row) -> None:
    published = None if row["published"] == NONE else date.fromisoformat(row["published"])
    found = [
        (m.text, m.time.edtf, m.time.earliest or NONE, m.time.latest or NONE, m.anchor)
        for m in find_times(row["text"], language=language, reference=published)
    ]
    assert tuple(row[column] for column in COLUMNS[2:]) in found


@pytest.mark.parametrize("language", TABLES)
def test_the_table_is_broad(language: str) -> None:
    table = rows(language)
    assert set(table[0]) == set(COLUMNS)
    assert len({row["expression"].lower() for row in table}) >= BREADTH[language]
    assert {row["anchor"] for row in table} == {"stated", "publication", "text", "speech"}
