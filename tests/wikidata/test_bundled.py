"""The pack that ships: what is in it is right where that is known, comes from tables, and says whence."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.vocabulary import Vocabulary
from kg.wikidata import bundling, classes, tables
from kg.wikidata.errors import SourceError
from kg.wikidata.item import QID, Item
from kg.wikidata.pack import BUNDLED, Pack


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    with Pack.open(BUNDLED) as opened:
        yield opened


def item(pack: Pack, qid: str) -> Item:
    found = pack.item(qid)
    assert found is not None
    return found


def test_it_is_whole(pack: Pack) -> None:
    pack.verify()
    assert len(pack) > 41_000


def test_moscow_is_the_city_and_its_oblast_the_oblast(pack: Pack) -> None:
    city, oblast = item(pack, "Q649"), item(pack, "Q1697")
    assert (city.label("en"), city.classes) == ("Moscow", ("City",))
    assert (oblast.label("en"), oblast.label("vi"), oblast.classes) == ("Moscow Oblast", "Moscow Oblast", ("Region",))
    assert dict(city.labels)["ru"] == "Москва"
    assert dict(oblast.labels)["ru"] == "Московская область"
    assert [one.item.qid for one in pack.candidates("Moscow", "en", ["City"])] == ["Q649"]
    assert [one.item.qid for one in pack.candidates("Moskva", "vi", ["Region"])] == ["Q1697"]


def test_kursk_is_two_and_the_class_decides(pack: Pack) -> None:
    assert {one.item.qid for one in pack.candidates("Kursk", "vi")} == {"Q3159", "Q3178"}
    assert [one.item.qid for one in pack.candidates("Kursk", "vi", ["City"])] == ["Q3159"]
    assert [one.item.qid for one in pack.candidates("Kursk", "vi", ["Region"])] == ["Q3178"]


def test_curated_rows_are_there_with_their_proof(pack: Pack) -> None:
    [agency, *_] = pack.candidates("KCNA", "vi", ["Organization"])
    assert agency.item.qid == "Q326804"
    assert agency.item.sources == ("entity-linking gold data, label and type agree",)


def test_every_row_names_its_sources_and_every_source_is_attributed(pack: Pack) -> None:
    families = [line.split("`")[1::2] for line in pack.about.attribution.splitlines() if line.startswith("| `")]
    told = [source.rstrip("…") for family in families for source in family]
    for one in pack.items():
        assert one.sources, one.qid
        assert all(any(source.startswith(family) for family in told) for source in one.sources), one


def test_no_airport_is_called_as_a_country_or_a_town_is(pack: Pack) -> None:
    assert [one.item.qid for one in pack.candidates("Nga", "vi")] == ["Q159"]
    assert {name for one in pack.candidates("Hanoi", "en") for name in one.item.classes} == {"City"}


def test_it_needs_no_network(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    with Pack.open(BUNDLED) as opened:
        assert opened.candidates("Bình Nhưỡng", "vi")[0].item.qid == "Q18808"


@pytest.mark.shared
def test_the_tables_give_it_byte_for_byte_in_content(shared: Path, pack: Pack, tmp_path: Path) -> None:
    folder = shared / "data" / "wikidata"
    bundling.from_tables(folder, tmp_path / "a.kgp", snapshot=pack.about.snapshot)
    bundling.from_tables(folder, tmp_path / "b.kgp", snapshot=pack.about.snapshot)
    assert (tmp_path / "a.kgp").read_bytes() == (tmp_path / "b.kgp").read_bytes()
    with Pack.open(tmp_path / "a.kgp") as again:
        # Another SQLite may lay out the same rows on other pages.
        assert again.about == pack.about, "run `make pack`"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no\ttable\n", "lexicon.tsv:1"),
        ("\t".join(tables.COLUMNS) + "\nQ1\tcity\n", "lexicon.tsv:2"),
        ("\t".join(tables.COLUMNS) + "\nX1" + "\t" * 11 + "\n", "lexicon.tsv:2"),
        ("\t".join(tables.COLUMNS) + "\nQ1" + "\t" * 7 + "\tnorth\teast\t\t\n", "lexicon.tsv:2"),
        ("\t".join(tables.COLUMNS) + "\nQ1" + "\t" * 9 + "\tFrance\t\n", "lexicon.tsv:2"),
    ],
)
def test_a_table_that_is_none_is_told_by_its_line(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "lexicon.tsv").write_text(content, encoding="utf-8")
    (tmp_path / "overlay.tsv").write_text("\t".join(tables.COLUMNS) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        bundling.from_tables(tmp_path, tmp_path / "made.kgp", snapshot="2026-01-01")
    with pytest.raises(UsageError, match=r"overlay\.tsv"):
        bundling.from_tables(tmp_path / "..", tmp_path / "made.kgp", snapshot="2026-01-01")


def test_the_first_table_is_believed_and_the_second_adds() -> None:
    first = Item("Q1", labels=(("en", "Lorvik"),), aliases=(("und", "Old Lorvik"),), sources=("people",))
    second = Item("Q1", labels=(("en", "Lorvikk"), ("vi", "Lo Vích")), countries=("Q9",), sources=("a table", "people"))
    assert tables.join(first, second) == Item(
        "Q1",
        labels=(("en", "Lorvik"), ("vi", "Lo Vích")),
        aliases=(("und", "Old Lorvik"), ("en", "Lorvikk")),
        countries=("Q9",),
        sources=("people", "a table"),
    )


def test_classes_are_mapped_to_the_ontology_each_once_and_from_a_named_source() -> None:
    rows = classes.rows()
    vocabulary = Vocabulary.load()
    assert len({qid for qid, *_ in rows}) == len(rows)
    for qid, _, name, source in rows:
        assert QID.fullmatch(qid)
        assert vocabulary.is_subclass(name, "Entity")
        assert source in {"dbpedia", "elevant", "used", "sample"}
    assert all(vocabulary.is_subclass(name, "Entity") for name in classes.of_tables().values())
