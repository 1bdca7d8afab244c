"""Articles that are added, retracted or merged give the graph that building all of them gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import folder, log
from kg.building import add, build, merge, retract
from kg.errors import StoreError, UsageError

pytestmark = pytest.mark.slow

TEXTS = {
    "a.txt": " date 2025-03-02 Chiều 1/3, bà Hồ Thị Lụa, Chủ tịch UBND tỉnh Quảng Trị, cho biết 12 người thiệt mạng trong vụ lở đất ở xã Hướng Lập.",
    "b.txt": " date 2025-03-03 Thủ tướng Lào gặp bà Hồ Thị Lụa tại Đông Hà hôm 2/3. Bộ đội cho biết 15 người thiệt mạng ở xã Hướng Lập.",
    "c.txt": " date 2025-03-04 Bà Hồ Thị Lụa xác nhận hơn 14 người thiệt mạng trong vụ lở đất ở xã Hướng Lập, tỉnh Quảng Trị.",
}
Built = Callable[..., Path]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("articles")
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    (place / "z.txt").write_text(TEXTS["b.txt"], encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def built(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A graph of some of the articles, built once."""
    made: dict[tuple[str, ...], Path] = {}

    def graph(*names: str) -> Path:
        if names not in made:
            made[names] = tmp_path_factory.mktemp("graph") / "graph"
            assert build([articles / name for name in names], made[names]).written
        return made[names]

    return graph


def content(graph: Path) -> object:
    """All that is in a graph folder, the store as its quads."""
    manifest = folder.manifest(graph)
    assert folder.scan(folder.read_only(graph)).sha256 == manifest["sha256"]
    lines = [log.encode(line) for line in log.read_lines(graph / folder.RECORDS)]
    kept = {file.name: file.read_bytes() for file in (graph / folder.ARTICLES).iterdir()}
    return manifest, lines, kept, folder.quarantine(graph)


def copied(graph: Path, place: Path) -> Path:
    shutil.copytree(graph, place)
    return place


def test_adding_is_building_all(built: Built, articles: Path, tmp_path: Path) -> None:
    graph = copied(built("a.txt"), tmp_path / "graph")
    report = add(graph, [articles / "b.txt", articles / "c.txt"])
    assert report.added == ("b.txt", "c.txt")
    assert content(graph) == content(built("a.txt", "b.txt", "c.txt"))
    again = add(graph, [articles / "b.txt"])
    assert (again.added, [d.kept for d in again.duplicates]) == ((), ["b.txt"])
    assert content(graph) == content(built("a.txt", "b.txt", "c.txt"))


def test_retracting_gives_back_the_graph_before(built: Built, tmp_path: Path) -> None:
    graph = copied(built("a.txt", "b.txt", "c.txt"), tmp_path / "graph")
    assert retract(graph, ["c.txt", "b.txt"]).removed == ("b.txt", "c.txt")
    assert content(graph) == content(built("a.txt"))


def test_merging_knows_no_order_and_no_twice(built: Built, tmp_path: Path) -> None:
    a, b, c = built("a.txt"), built("b.txt"), built("c.txt")
    whole = content(built("a.txt", "b.txt", "c.txt"))
    merge(a, b, tmp_path / "ab")
    merge(b, a, tmp_path / "ba")
    assert content(tmp_path / "ab") == content(tmp_path / "ba") == content(built("a.txt", "b.txt"))
    merge(tmp_path / "ab", c, tmp_path / "ab-c")
    merge(b, c, tmp_path / "bc")
    merge(a, tmp_path / "bc", tmp_path / "a-bc")
    merge(tmp_path / "a-bc", tmp_path / "ab", tmp_path / "again")
    assert content(tmp_path / "ab-c") == content(tmp_path / "a-bc") == content(tmp_path / "again") == whole


def test_a_text_stays_under_its_other_name(built: Built, tmp_path: Path) -> None:
    graph = copied(built("a.txt", "b.txt", "z.txt"), tmp_path / "graph")
    retract(graph, ["b.txt"])
    assert content(graph) == content(built("a.txt", "z.txt"))


def test_an_unknown_article_changes_nothing(built: Built, tmp_path: Path) -> None:
    graph = copied(built("a.txt", "b.txt"), tmp_path / "graph")
    with pytest.raises(UsageError, match=r"no article b\.text; did you mean b\.txt"):
        retract(graph, ["a.txt", "b.text"])
    assert content(graph) == content(built("a.txt", "b.txt"))


def test_a_graph_of_another_version_is_refused(built: Built, articles: Path, tmp_path: Path) -> None:
    graph = copied(built("a.txt"), tmp_path / "graph")
    manifest = (graph / folder.MANIFEST).read_text(encoding="utf-8")
    (graph / folder.MANIFEST).write_text(manifest.replace('"kg": "', '"kg": "0.0.'), encoding="utf-8")
    with pytest.raises(StoreError, match="build it again"):
        add(graph, [articles / "b.txt"])


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists what a process has open")
def test_no_file_of_the_graph_stays_open(built: Built, articles: Path, tmp_path: Path) -> None:
    graph = copied(built("a.txt"), tmp_path / "graph")
    for name in ("b.txt", "c.txt"):
        add(graph, [articles / name])
        retract(graph, [name])
        open_ = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
        assert not [file for file in open_ if str(tmp_path) in str(file)]
