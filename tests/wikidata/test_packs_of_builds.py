"""A user's own pack links what the bundled one lacks, in builds and in all that changes a graph later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import backups, folder, log
from kg.building import add, build, merge
from kg.cli import main
from kg.errors import StoreError, UsageError
from kg.wikidata.item import Item

TOWN = Item(
    "Q900000001",
    labels=(("en", "Tra Ly Thuong"), ("vi", "Trà Lý Thượng")),
    classes=("City",),
    countries=("Q881",),
    sitelinks=60,
    sources=("a",),
)
OTHER = Item("Q900000002", labels=(("vi", "Đồng Lạc Hạ"),), classes=("City",), countries=("Q881",), sitelinks=60)
FIRST = "Ngày 3/5/2026, lũ quét tràn qua thành phố Trà Lý Thượng của Việt Nam, 4 người thiệt mạng."
SECOND = "Ngày 9/5/2026, thành phố Trà Lý Thượng của Việt Nam khánh thành một trường học."

MakePack = Callable[[Iterable[Item]], Path]


@pytest.fixture
def articles(tmp_path: Path) -> tuple[Path, Path]:
    """Two articles that name a town which the bundled pack lacks."""
    paths = (tmp_path / "first.txt", tmp_path / "second.txt")
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def linked(graph: Path) -> dict[str, str]:
    """The layer that each linked item was read in."""
    _, resolution = log.load(graph / folder.RECORDS)
    return {
        link.target.rpartition("/")[2]: link.layer for link in resolution.links if link.verdict == "link" and link.layer
    }


def test_a_pack_of_ones_own_is_used_and_remembered(
    articles: tuple[Path, Path], tmp_path: Path, make_pack: MakePack
) -> None:
    graph, whole = tmp_path / "graph", tmp_path / "whole"
    build([articles[0]], graph)
    assert TOWN.qid not in linked(graph)
    pack = make_pack([TOWN])
    done = CliRunner().invoke(main, ["build", str(articles[0]), "-o", str(graph), "--pack", str(pack), "-q"])
    assert done.exit_code == 0, done.output
    assert linked(graph)[TOWN.qid] == "pack"
    build([articles[0]], graph)
    assert linked(graph)[TOWN.qid] == "pack"
    add(graph, [articles[1]])
    build(articles, whole, packs=[pack])
    assert folder.manifest(graph) == folder.manifest(whole)
    backups.backup(graph, tmp_path / "graph.tar.gz")
    backups.restore(tmp_path / "graph.tar.gz", tmp_path / "again")
    assert (tmp_path / "again" / folder.PACKS).read_bytes() == (graph / folder.PACKS).read_bytes()
    build(articles, whole, packs=[])
    assert TOWN.qid not in linked(whole)
    assert not (whole / folder.PACKS).exists()


def test_a_pack_that_is_gone_or_another_one_is_told_of(
    articles: tuple[Path, Path], tmp_path: Path, make_pack: MakePack
) -> None:
    graph = tmp_path / "graph"
    pack = make_pack([TOWN])
    build([articles[0]], graph, packs=[pack])
    before = folder.manifest(graph)
    make_pack([OTHER])
    with pytest.raises(StoreError, match="holds other items"):
        add(graph, [articles[1]])
    pack.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        add(graph, [articles[1]])
    (graph / folder.PACKS).write_text("[{}]")
    with pytest.raises(StoreError, match="damaged"):
        add(graph, [articles[1]])
    assert folder.manifest(graph) == before


def test_graphs_of_different_packs_are_not_merged(
    articles: tuple[Path, Path], tmp_path: Path, make_pack: MakePack
) -> None:
    build([articles[0]], tmp_path / "one", packs=[make_pack([TOWN])])
    build([articles[1]], tmp_path / "two")
    with pytest.raises(UsageError, match="different packs"):
        merge(tmp_path / "one", tmp_path / "two", tmp_path / "both")
