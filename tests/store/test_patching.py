"""A changed copy of a graph takes its place only if nobody else changed it, and does not grow by what it sheds."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import folder
from kg.errors import StoreError
from kg.store import sums, write_graph
from kg.store.patching import Patch, patching

NODE = ox.NamedNode("https://example.org/x")


def quad(number: int) -> ox.Quad:
    return ox.Quad(NODE, NODE, ox.Literal(str(number)), ox.NamedNode("https://example.org/g"))


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    write_graph(tmp_path / "graph", quads=map(quad, range(100)), records=[], articles=[b"abc"])
    return tmp_path / "graph"


def changed(patch: Patch, number: int) -> None:
    patch.store.add(quad(number))
    patch.note([quad(number)], [])
    patch.finish(lines=[], dropped=[], articles=[], unused=[], quarantine=[])


def test_the_sums_of_a_changed_graph_are_right_each_time(graph: Path) -> None:
    for number in range(100, 105):
        with patching(graph, graph) as patch:
            changed(patch, number)
        assert [name for name, what in sums.differences(graph, sums.read(graph)) if what] == []
        assert len(folder.read_only(graph)) == number + 1


def test_the_diaries_of_the_engine_do_not_pile_up(graph: Path) -> None:
    for number in range(100, 105):
        with patching(graph, graph) as patch:
            changed(patch, number)
    assert [path.name for path in (graph / "store").glob("LOG*")] == ["LOG"]


def test_a_change_by_somebody_else_meanwhile_is_not_lost(graph: Path) -> None:
    def both() -> None:
        with patching(graph, graph) as patch:
            with patching(graph, graph) as other:
                changed(other, 200)
            changed(patch, 300)

    with pytest.raises(StoreError, match="changed by somebody else"):
        both()
    assert quad(200) in folder.read_only(graph)
    assert quad(300) not in folder.read_only(graph)
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]


def test_a_graph_without_sums_is_not_changed(graph: Path) -> None:
    (graph / folder.SUMS).unlink()
    with pytest.raises(StoreError, match=r"sums\.jsonl is missing"), patching(graph, graph):
        pass
