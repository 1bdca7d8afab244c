"""Tables in memory and in a file behave alike; what is written is there when the file is opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.sqlite_tables import SqliteTables, dump
from kg.tables import MemoryTables, Table


@pytest.fixture(params=["memory", "file"])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Table[str]]:
    if request.param == "memory":
        yield MemoryTables().table("words", str)
    else:
        with SqliteTables(tmp_path / "tables.db") as tables:
            yield tables.table("words", str)


def test_a_record_is_found_by_its_id_and_under_its_keys(table: Table[str]) -> None:
    table.put("b", "bee", ["letter", "insect"])
    table.put("a", "ay", ["letter"])
    assert (table.get("a"), table.get("c")) == ("ay", None)
    assert list(table.under("letter").items()) == [("a", "ay"), ("b", "bee")]
    assert table.under("insect") == {"b": "bee"}
    assert table.under("bird") == {}


def test_a_record_in_the_place_of_another_lies_under_its_own_keys_only(table: Table[str]) -> None:
    table.put("a", "ay", ["letter", "vowel"])
    table.put("a", "ah", ["sound", "sound"])
    assert (table.under("letter"), table.under("sound")) == ({}, {"a": "ah"})
    assert list(table.items()) == [("a", "ah")]


def test_what_is_dropped_is_nowhere(table: Table[str]) -> None:
    for name in "cab":
        table.put(name, name.upper(), ["letter"])
    table.drop("b")
    table.drop("none")
    assert list(table.under("letter")) == ["a", "c"]
    table.drop("a")
    table.drop("c")
    assert (table.under("letter"), list(table.items()), table.get("a")) == ({}, [], None)
    table.put("a", "again", ["letter"])
    assert table.under("letter") == {"a": "again"}


def _by_hand(path: Path) -> None:
    with SqliteTables(path) as tables:
        written: Table[tuple[str, ...]] = tables.table("words", tuple[str, ...])
        written.put("b", ("x", "y"), ["two", "x"])
        written.put("a", ("x",), ["x"])
        tables.commit()


def _dumped(path: Path) -> None:
    memory = MemoryTables()
    kept: Table[tuple[str, ...]] = memory.table("words", tuple[str, ...])
    kept.put("b", ("x", "y"), ["two", "x"])
    kept.put("a", ("x",), ["x"])
    dump(memory, path)


@pytest.mark.parametrize("write", [_by_hand, _dumped])
def test_a_file_opened_again_has_the_same(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "tables.db")
    with SqliteTables(tmp_path / "tables.db") as tables:
        found: Table[tuple[str, ...]] = tables.table("words", tuple[str, ...])
        assert list(found.items()) == [("a", ("x",)), ("b", ("x", "y"))]
        assert found.under("x") == {"a": ("x",), "b": ("x", "y")}
        found.drop("b")
        assert (found.under("two"), list(found.under("x"))) == ({}, ["a"])
