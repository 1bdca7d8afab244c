"""A graph folder is written whole or not at all, and only where nothing else lies."""

from __future__ import annotations

import ctypes
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import folder, log, ns
from kg.errors import StoreError, UsageError
from kg.store import read_only, swap, write_graph

ARTICLE = ox.NamedNode("https://example.org/graph/a")
RESOLVED = ox.NamedNode("https://example.org/graph/resolved")
DOCUMENT = {"record": "document", "source": "a.txt", "id": "1", "language": "vi", "raw_sha256": "0", "text": "…"}


def node(name: str | int) -> ox.NamedNode:
    return ox.NamedNode(f"https://example.org/{name}")


def quads(count: int = 3) -> Iterator[ox.Quad]:
    for number in range(count):
        yield ox.Quad(node(number), ns.rdfs_label, ox.Literal(f"số {number}", language="vi"), RESOLVED)
        yield ox.Quad(node(number), ns.rdf_type, ns.Person, ARTICLE)


def test_everything_that_is_given_lies_in_the_folder(tmp_path: Path) -> None:
    graph = tmp_path / "new" / "graph"
    manifest = write_graph(
        graph,
        quads=quads(),
        records=[DOCUMENT],
        articles=[b"abc"],
        quarantine=[{"source": "b.txt", "reason": "empty"}],
        manifest_extra={"note": "x", "quads": "ours wins"},
    )
    assert json.loads((graph / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert (
        graph / "articles" / "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ).read_bytes() == b"abc"
    assert list(log.read_lines(graph / "records.db")) == [DOCUMENT]
    assert json.loads((graph / "quarantine.jsonl").read_text(encoding="utf-8"))["source"] == "b.txt"
    assert len(read_only(graph)) == manifest["quads"] == 6
    assert manifest["graphs"] == {ARTICLE.value: 3, RESOLVED.value: 3}
    assert manifest["classes"] == {ns.Person.value: 3}
    assert manifest["languages"] == {"vi": 1}
    assert [article["source"] for article in manifest["articles"]] == ["a.txt"]
    assert manifest["note"] == "x"
    assert sorted(entry.name for entry in graph.parent.iterdir()) == ["graph"]


def test_the_hash_is_of_what_the_store_gives_back(tmp_path: Path) -> None:
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    written = [ox.Quad(node(1), node("p"), ox.Literal(text, datatype=integer), ARTICLE) for text in ("1", "01")]
    hashes = {
        write_graph(tmp_path / str(number), quads=given, records=[])["sha256"]
        for number, given in enumerate([written, written[:1], written[::-1], written[1:]])
    }
    assert len(hashes) == 1


def test_triples_in_two_graphs_are_counted(tmp_path: Path) -> None:
    texts = ['a "b" <c> .', "a\nb", "", "\\"]
    values: list[ox.Literal | ox.NamedNode | ox.BlankNode] = [ox.Literal(text) for text in texts]
    values += [ox.Literal("x", language="vi"), node("o"), ox.BlankNode("b")]
    given = [ox.Quad(node(1), node("p"), value, graph) for value in values for graph in (ARTICLE, RESOLVED)]
    given.append(ox.Quad(node(1), node("p"), node("once")))
    manifest = write_graph(tmp_path / "graph", quads=given, records=[])
    assert (manifest["quads"], manifest["triples"]) == (15, 8)


def test_a_graph_is_replaced_by_the_next_one(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(3), records=[], articles=[b"old"])
    write_graph(graph, quads=quads(1), records=[])
    assert len(read_only(graph)) == 2
    assert list((graph / "articles").iterdir()) == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


def test_a_graph_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    write_graph(tmp_path / "real", quads=quads(3), records=[])
    (tmp_path / "link").symlink_to("real")
    write_graph(tmp_path / "link", quads=quads(1), records=[])
    assert (tmp_path / "link").is_symlink()
    assert len(read_only(tmp_path / "real")) == 2


def test_an_empty_folder_may_become_a_graph(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    write_graph(tmp_path / "graph", quads=quads(), records=[])
    assert folder.is_graph(tmp_path / "graph")


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json", "store"])
def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="give another place"):
        write_graph(tmp_path / "mine", quads=quads(), records=[])
    assert (tmp_path / "mine" / name).read_text(encoding="utf-8") == "precious"


def test_a_graph_folder_with_a_strange_file_is_refused(tmp_path: Path) -> None:
    write_graph(tmp_path / "graph", quads=quads(), records=[])
    (tmp_path / "graph" / "thesis.docx").write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match=r"thesis\.docx"):
        write_graph(tmp_path / "graph", quads=quads(1), records=[])


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        write_graph(tmp_path / "file", quads=quads(), records=[])


def failing() -> Iterator[ox.Quad]:
    yield from quads(2)
    raise RuntimeError("half-way")


def test_a_build_that_fails_leaves_the_old_graph_and_nothing_else(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    before = write_graph(graph, quads=quads(), records=[])
    with pytest.raises(RuntimeError, match="half-way"):
        write_graph(graph, quads=failing(), records=[])
    assert folder.manifest(graph) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


KILLED = """
import sys, time
import pyoxigraph as ox
from kg.store import write_graph
def quads():
    for number in range(1000):
        yield ox.Quad(ox.NamedNode(f"x:{number}"), ox.NamedNode("x:p"), ox.Literal("x"), ox.NamedNode("x:g"))
    print("half-way", flush=True)
    time.sleep(60)
write_graph(sys.argv[1], quads=quads(), records=[], articles=[b"new"])
"""


def killed_half_way(graph: Path) -> int:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(graph)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"half-way\n"
        process.send_signal(signal.SIGKILL)
    return process.returncode


def test_a_build_killed_half_way_leaves_the_old_graph_and_the_next_build_clears_up(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    before = write_graph(graph, quads=quads(), records=[])
    assert killed_half_way(graph) == -signal.SIGKILL
    assert folder.manifest(graph) == before
    assert len(read_only(graph)) == 6
    assert len(list(tmp_path.iterdir())) == 2
    write_graph(graph, quads=quads(1), records=[])
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


def test_clearing_up_leaves_a_build_that_still_runs(tmp_path: Path) -> None:
    with swap.replacing(tmp_path / "graph") as running:
        (running / "file").write_text("x", encoding="utf-8")
        with swap.replacing(tmp_path / "graph") as second:
            (second / "file").write_text("second", encoding="utf-8")
        assert (running / "file").read_text(encoding="utf-8") == "x"
    assert (tmp_path / "graph" / "file").read_text(encoding="utf-8") == "x"


def test_without_an_exchange_of_names_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(3), records=[])
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_options: object())
    write_graph(graph, quads=quads(1), records=[])
    assert len(read_only(graph)) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


def test_a_graph_lost_between_two_renames_is_put_back_by_the_next_build(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(3), records=[])
    graph.rename(tmp_path / ".graph.previous")
    with pytest.raises(RuntimeError):
        write_graph(graph, quads=failing(), records=[])
    assert len(read_only(graph)) == 6


def test_readers_never_see_half_a_graph(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(50), records=[])
    seen: list[int | Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                store = read_only(graph)
                seen.append(len(list(store)))
            except (StoreError, OSError) as error:
                seen.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for count in (20, 50) * 3:
        write_graph(graph, quads=quads(count), records=[])
        time.sleep(0.02)
    stop.set()
    for reader in readers:
        reader.join()
    assert len(seen) > 10
    assert set(seen) <= {40, 100}


def test_a_store_that_is_open_answers_on_after_the_graph_was_replaced(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(50), records=[])
    old = read_only(graph)
    write_graph(graph, quads=quads(1), records=[])
    assert len(list(old)) == 100


def test_reading_says_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such graph folder"):
        read_only(tmp_path / "missing")
    with pytest.raises(StoreError, match="is not a graph folder"):
        read_only(tmp_path)
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(), records=[])
    manifest = json.loads((graph / "manifest.json").read_text(encoding="utf-8"))
    for change, message in (({"quads": 7}, "holds 6 quads"), ({"format": 99}, "format 99")):
        (graph / "manifest.json").write_text(json.dumps({**manifest, **change}), encoding="utf-8")
        with pytest.raises(StoreError, match=message):
            read_only(graph)
    (graph / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        read_only(graph)


def test_a_store_with_a_file_missing_is_a_store_error(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(), records=[])
    for table in (graph / "store").glob("*.sst"):
        table.unlink()
    with pytest.raises(StoreError, match="build the graph again"):
        read_only(graph)


def test_a_graph_folder_that_cannot_be_written_to_can_be_read(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    write_graph(graph, quads=quads(), records=[])
    for path in (graph / "store", graph):
        path.chmod(0o555)
    try:
        assert len(read_only(graph)) == 6
    finally:
        for path in (graph, graph / "store"):
            path.chmod(0o700)
