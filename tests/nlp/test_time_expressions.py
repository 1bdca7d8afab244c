"""Every row of the golden table of time expressions, worked out by hand: value, bounds, and what it was counted from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from kg.nlp.times import find_times

TABLE = Path(__file__).with_name("time_expressions.tsv")
NONE = "-"  # an undated text, an open bound
COLUMNS = ("text", "published", "expression", "edtf", "earliest", "latest", "anchor")
Row = Mapping[str, str]


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['expression']}-{n}") for n, row in enumerate(rows())])
def test_row(row: Row) -> None:
    published = None if row["published"] == NONE else date.fromisoformat(row["published"])
    found = [
        (m.text, m.time.edtf, m.time.earliest or NONE, m.time.latest or NONE, m.anchor)
        for m in find_times(row["text"], language="vi", reference=published)
    ]
    assert tuple(row[column] for column in COLUMNS[2:]) in found


def test_the_table_is_broad() -> None:
    table = rows()
    assert set(table[0]) == set(COLUMNS)
    assert len({row["expression"].lower() for row in table}) >= 220
    assert {row["anchor"] for row in table} == {"stated", "publication", "text", "speech"}
