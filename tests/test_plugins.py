"""Plugins are found by file name, and other people's by entry point."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from kg import plugins
from kg.errors import UsageError

PACKAGE = "kg.exporters"


def test_our_own_modules_are_found_by_name() -> None:
    assert {"jsonl", "nq", "trig", "ttl", "jsonld", "csv", "graphml"} <= set(plugins.names(PACKAGE))
    assert not any(name.startswith("_") for name in plugins.names(PACKAGE))
    assert plugins.find(PACKAGE, "nq").__name__ == "kg.exporters.nq"


def test_every_exporter_says_what_it_writes() -> None:
    for name, exporter in plugins.discover(PACKAGE).items():
        assert exporter.FORMAT.title, name
        assert exporter.FORMAT.suffix.startswith(".")
        assert callable(exporter.export)


def test_no_two_exporters_end_names_of_files_alike() -> None:
    suffixes = [exporter.FORMAT.suffix for exporter in plugins.discover(PACKAGE).values()]
    assert len(set(suffixes)) == len(suffixes)
    assert {f".{name}" for name in ("ttl", "csv", "jsonl", "owl", "nq")} <= set(suffixes)


def test_a_module_with_an_underscore_has_a_name_with_a_hyphen() -> None:
    assert "wikidata-rdf" in plugins.names(PACKAGE)
    assert plugins.find(PACKAGE, "wikidata-rdf").__name__ == "kg.exporters.wikidata_rdf"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="jsonl"):
        plugins.find(PACKAGE, "docx")


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "foreign_exporter.py").write_text("FORMAT = None\nthing = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    points = EntryPoints(
        [
            EntryPoint("foreign", "foreign_exporter", PACKAGE),
            EntryPoint("thing", "foreign_exporter:thing", PACKAGE),
            EntryPoint("nq", "foreign_exporter", PACKAGE),
        ]
    )
    monkeypatch.setattr(plugins, "entry_points", points.select)
    yield
    sys.modules.pop("foreign_exporter", None)


@pytest.mark.usefixtures("foreign")
def test_an_entry_point_is_a_plugin_too() -> None:
    assert "foreign" in plugins.names(PACKAGE)
    assert plugins.find(PACKAGE, "foreign").__name__ == "foreign_exporter"


@pytest.mark.usefixtures("foreign")
def test_nobody_can_take_the_place_of_ours() -> None:
    assert plugins.find(PACKAGE, "nq").__name__ == "kg.exporters.nq"


@pytest.mark.usefixtures("foreign")
def test_a_plugin_must_be_a_module() -> None:
    with pytest.raises(UsageError, match="must be a module"):
        plugins.find(PACKAGE, "thing")
