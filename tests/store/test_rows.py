"""Rows are a list of tuples of Python values, and become a DataFrame."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import UsageError
from kg.store.rows import Rows, value

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("7", "integer", 7),
        ("7", "nonNegativeInteger", 7),
        ("1.50", "decimal", Decimal("1.5")),
        ("1.5E0", "double", 1.5),
        ("true", "boolean", True),
        ("2025-09-05T00:00:00", "dateTime", dt.datetime(2025, 9, 5)),  # noqa: DTZ001 - the graph's times have no zone
        ("2025-09-05", "date", dt.date(2025, 9, 5)),
        ("2025-09", "gYearMonth", "2025-09"),
        ("seven", "integer", "seven"),
        ("-0001-01-01T00:00:00", "dateTime", "-0001-01-01T00:00:00"),
        ("một", "string", "một"),
    ],
)
def test_a_literal_becomes_the_python_value_of_its_type(text: str, kind: str, expected: object) -> None:
    found = value(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)))
    assert found == expected
    assert type(found) is type(expected)


def test_other_terms_become_text_or_none() -> None:
    assert value(None) is None
    assert value(ox.NamedNode("x:a")) == "x:a"
    assert value(ox.Literal("tên", language="vi")) == "tên"
    assert value(ox.BlankNode("b")) == "_:b"


@pytest.fixture
def rows(small_graph: Path) -> Rows:
    found = kg.query(small_graph, "SELECT ?c ?w { ?c a nk:QuantityClaim OPTIONAL { ?c nk:relayedBy ?w } } ORDER BY ?c")
    assert isinstance(found, Rows)
    return found


def test_rows_behave_as_a_list_of_tuples(rows: Rows) -> None:
    assert rows.variables == ["c", "w"]
    assert len(rows) == 4
    assert rows[0] == ("https://w3id.org/newskg/id/claim/n-dead-12", "https://w3id.org/newskg/id/entity/decree")
    assert rows[-1] == ("https://w3id.org/newskg/id/claim/n-paddy", None)
    assert isinstance(rows[1:3], Rows)
    assert rows[1:3] == list(rows)[1:3]
    assert list(rows[3:].dicts()) == [{"c": "https://w3id.org/newskg/id/claim/n-paddy"}]
    assert isinstance(rows.terms[0][0], ox.NamedNode)
    assert "n-dead-12" in repr(rows)


def test_rows_become_a_data_frame(rows: Rows) -> None:
    frame = rows.to_pandas()
    assert list(frame.columns) == ["c", "w"]
    assert len(frame) == 4


def test_without_pandas_the_message_says_how_to_get_it(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pip install"):
        rows.to_pandas()
