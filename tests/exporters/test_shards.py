"""Files for bulk loaders: every quad once, a named graph in one file, the same bytes each time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kg import folder
from kg.cli import main
from kg.exporters import _shards
from kg.store import write_graph


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of fifty named graphs of many sizes, and some quads in none."""
    chance = random.Random(3)  # noqa: S311 - it makes numbers
    node = ox.NamedNode("https://example.org/x")
    graphs: list[ox.NamedNode | ox.DefaultGraph] = [
        ox.DefaultGraph(),
        *(ox.NamedNode(f"https://example.org/g/{number}") for number in range(50)),
    ]
    place = tmp_path_factory.mktemp("shards") / "graph"
    write_graph(
        place,
        quads=(
            ox.Quad(node, node, ox.Literal(f'{number} "“\n> .', language="vi"), name)
            for name in graphs
            for number in range(chance.randrange(1, 200))
        ),
        records=[],
    )
    return place


def files(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


@pytest.mark.parametrize("shards", [1, 2, 7, 40])
def test_every_quad_stands_in_one_file_and_a_graph_in_one(graph: Path, tmp_path: Path, shards: int) -> None:
    assert kg("export", graph, "--format", "nq", "--shards", shards, "-o", tmp_path / "parts").exit_code == 0
    parts = files(tmp_path / "parts")
    assert len(parts) == shards
    read = [list(ox.parse(input=content, format=ox.RdfFormat.N_QUADS)) for content in parts.values()]
    quads = [quad for part in read for quad in part]
    assert len(quads) == len(set(quads)) == folder.manifest(graph)["quads"]
    assert set(quads) == set(folder.read_only(graph))
    names = [{quad.graph_name for quad in part} for part in read]
    assert sum(map(len, names)) == len(set.union(*names))
    wanted = folder.sorted_lines(folder.read_only(graph))
    assert sorted(line for content in parts.values() for line in content.splitlines(keepends=True)) == wanted


def test_the_graphs_are_counted_as_the_manifest_counts_them(graph: Path) -> None:
    assert folder.graph_sizes(folder.read_only(graph)) == folder.manifest(graph)["graphs"]


def test_files_are_about_equally_large(graph: Path, tmp_path: Path) -> None:
    kg("export", graph, "--format", "nq", "--shards", 5, "-o", tmp_path / "parts")
    counts = [content.count(b"\n") for content in files(tmp_path / "parts").values()]
    assert max(counts) - min(counts) < 0.05 * max(counts)


@given(st.dictionaries(st.text(max_size=5), st.integers(1, 1000), max_size=40), st.integers(1, 9))
def test_no_file_is_heavier_than_it_must_be(sizes: dict[str, int], shards: int) -> None:
    parts = _shards.balanced(sizes, shards)
    assert sorted(name for part in parts for name in part) == sorted(sizes)
    loads = [sum(sizes[name] for name in part) for part in parts]
    assert max(loads) - min(loads) <= max(sizes.values(), default=0)
    assert _shards.balanced(dict(reversed(sizes.items())), shards) == parts


def test_another_process_writes_the_same_files_and_an_earlier_export_is_replaced(graph: Path, tmp_path: Path) -> None:
    kg("export", graph, "--format", "nq", "--shards", 9, "-o", tmp_path / "parts")
    call = ["-m", "kg", "export", str(graph), "--format", "nq", "--shards", "4", "-o"]
    for name in ("parts", "again"):
        subprocess.run([sys.executable, *call, str(tmp_path / name)], check=True, capture_output=True)
    assert files(tmp_path / "parts") == files(tmp_path / "again")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["again", "parts"]


def test_there_are_no_more_files_than_graphs(graph: Path, tmp_path: Path) -> None:
    done = kg("export", graph, "--format", "nq", "--shards", 60, "-o", tmp_path / "parts")
    assert len(files(tmp_path / "parts")) == 51
    assert "no more named graphs" in done.stderr


def test_other_folders_and_formats_are_refused(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "part-of-my-life.txt").write_text("precious", encoding="utf-8")
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    for output in ("mine", "file"):
        assert kg("export", graph, "--format", "nq", "--shards", 2, "-o", tmp_path / output).exit_code == 2
    for arguments in (("--format", "ttl", "-o", tmp_path / "x"), ("--format", "nq"), ("--format", "nq", "-o", "-")):
        assert kg("export", graph, "--shards", 2, *arguments).exit_code == 2
    assert kg("export", graph, "--format", "nq", "-o", tmp_path / "mine").exit_code == 2
    assert (tmp_path / "mine" / "part-of-my-life.txt").read_text(encoding="utf-8") == "precious"


KILLED = """
import os, signal, sys
from kg.cli import main
from kg.exporters import _shards
lines = _shards._lines
def dying(store, name):
    if name.endswith("/7"):
        os.kill(os.getpid(), signal.SIGKILL)
    return lines(store, name)
_shards._lines = dying
main(["export", sys.argv[1], "--format", "nq", "--shards", "3", "-o", sys.argv[2]])
"""


def test_killed_half_way_the_earlier_export_stays(graph: Path, tmp_path: Path) -> None:
    kg("export", graph, "--format", "nq", "--shards", 2, "-o", tmp_path / "parts")
    before = files(tmp_path / "parts")
    call = [sys.executable, "-c", KILLED, str(graph), str(tmp_path / "parts")]
    assert subprocess.run(call, check=False, capture_output=True).returncode == -signal.SIGKILL
    assert files(tmp_path / "parts") == before
    kg("export", graph, "--format", "nq", "--shards", 3, "-o", tmp_path / "parts")
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]
