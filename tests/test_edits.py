"""What is edited over HTTP stands beside what was built, and is never lost in silence."""

from __future__ import annotations

import json
import os
import queue
import shutil
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg import backups, checkup, edits, folder, store
from kg.errors import StoreError, UsageError
from kg.server import publishing, snapshots, writer
from kg.server.publishing import Hold, Published
from kg.store import write_graph

ADDED = "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }"


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small_graph, tmp_path / "graph")


def edit(graph: Path, update: str = ADDED) -> None:
    published = Published(graph)
    opened = published.open()
    opened.update(update)
    published.publish(opened, ["request"])
    os.close(published._locked)


def test_readers_see_the_edits_and_the_build_stays_as_it_was(graph: Path) -> None:
    before = folder.manifest(graph)
    assert edits.published(graph) is None
    edit(graph)
    assert len(folder.read_only(graph)) == before["quads"] + 1
    assert len(folder.built(graph)) == before["quads"]
    assert folder.manifest(graph) == before
    assert snapshots.current(graph) == graph / "edits" / "snapshots" / "000001" / "store"
    assert store.ask(graph, "ASK { <x:a> <x:b> 1 }") is True
    assert len(store.open_graph(graph)) == before["triples"] + 1
    checks = {check.name: check for check in checkup.graph(graph)}
    assert all(check.sound for check in checks.values())
    assert "snapshot 1" in checks["edits over HTTP"].found


def test_what_would_lose_edits_says_what_to_do(graph: Path, tmp_path: Path) -> None:
    edit(graph)
    article = tmp_path / "article.txt"
    article.write_text("Ông Lê Văn Tám gặp bà Trần Thị Bưởi ở Huế hôm 3/5.", encoding="utf-8")
    for change in (
        lambda: kg.build([article], graph),
        lambda: store.write_graph(graph, quads=[], records=[]),
        lambda: kg.building.add(graph, [article]),
        lambda: kg.building.retract(graph, ["article.txt"]),
        lambda: kg.building.merge(graph, graph, tmp_path / "both"),
    ):
        with pytest.raises(UsageError, match="edited over HTTP"):
            change()
    assert store.ask(graph, "ASK { <x:a> <x:b> 1 }") is True


def test_an_edit_that_begins_while_a_build_runs_is_not_lost(graph: Path) -> None:
    def quads() -> object:
        edit(graph)
        yield ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal(2), ox.NamedNode("x:g"))

    with pytest.raises(UsageError, match="edited over HTTP"):
        store.write_graph(graph, quads=quads(), records=[])  # type: ignore[arg-type]
    assert store.ask(graph, "ASK { <x:a> <x:b> 1 }") is True


def test_removing_the_folder_of_the_edits_undoes_them(graph: Path) -> None:
    edit(graph)
    shutil.rmtree(graph / "edits")
    assert len(folder.read_only(graph)) == folder.manifest(graph)["quads"]


def test_what_was_not_published_is_not_there(graph: Path) -> None:
    published = Published(graph)
    opened = published.open()
    opened.update(ADDED)
    published.publish(opened, [])
    opened.update("INSERT DATA { <x:lost> <x:b> 1 }")
    opened.flush()
    del opened
    os.close(published._locked)
    (graph / "edits" / "next").mkdir()  # a publication that was begun
    shutil.copytree(graph / "edits" / "snapshots" / "000001", graph / "edits" / "snapshots" / "000002")
    again = Published(graph)
    assert not (graph / "edits" / "next").exists()
    opened = again.open()
    assert not opened.query("ASK { <x:lost> ?p ?o }")
    assert again.publish(opened, []) == 2
    os.close(again._locked)


def test_superseded_snapshots_go_when_nobody_reads_them(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_GRACE_SECONDS", 0.0)
    published = Published(graph)
    opened = published.open()
    published.publish(opened, [])
    with edits.holding(graph) as held:
        assert held is not None
        for n in range(3):
            time.sleep(0.01)
            opened.update(f"INSERT DATA {{ <x:a> <x:b> {n} }}")
            published.publish(opened, [])
        kept = sorted(path.name for path in (graph / "edits" / "snapshots").iterdir())
        assert kept == ["000001", "000004"]
        assert len(ox.Store.read_only(str(held / "store"))) == folder.manifest(graph)["quads"]
    published.publish(opened, [])
    assert [path.name for path in (graph / "edits" / "snapshots").iterdir()] == ["000005"]
    os.close(published._locked)


def test_a_graph_has_one_writer(graph: Path) -> None:
    first = Published(graph)
    with pytest.raises(StoreError, match="another server"):
        Published(graph)
    os.close(first._locked)


def test_a_server_holds_its_graph_while_it_has_no_writer_and_after_it_was_built_again(graph: Path) -> None:
    hold = Hold(graph)
    os.close(os.dup(hold.renewed()))  # a writer that has come and gone
    with pytest.raises(StoreError, match="another server"):
        Hold(graph)
    write_graph(graph, quads=(), records=())
    other = Hold(graph)  # nobody holds the new folder yet
    with pytest.raises(StoreError, match="another server"):
        hold.renewed()
    other.close()
    assert os.fstat(hold.renewed()).st_ino == graph.stat().st_ino
    with pytest.raises(StoreError, match="another server"):
        Hold(graph)
    hold.close()
    Hold(graph).close()


def test_a_graph_that_came_meanwhile_is_not_replaced_by_an_empty_one(graph: Path, tmp_path: Path) -> None:
    quads = set(folder.read_only(graph))
    write_graph(graph, quads=(), records=(), anew=True)
    assert set(folder.read_only(graph)) == quads
    edit(graph)
    write_graph(graph, quads=(), records=(), anew=True)
    assert len(folder.read_only(graph)) == len(quads) + 1
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]


def test_damage_is_told(graph: Path) -> None:
    edit(graph)
    snapshot = edits.published(graph)
    assert snapshot is not None
    (snapshot / edits.SNAPSHOT).write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        folder.read_only(graph)
    shutil.rmtree(snapshot)
    with pytest.raises(StoreError):
        folder.read_only(graph)


def test_several_changes_share_a_publication(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    jobs: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    for n in range(10):
        wrong = "INSERT DATA {" if n == 5 else f"INSERT DATA {{ <x:a> <x:b> {n} }}"
        jobs.put({"id": str(n), "task": "update", "update": wrong, "using": [], "using_named": [], "base": "x:y"})
    jobs.put(None)
    published = Published(graph)
    writer.work(published, jobs)
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["requests"] for event in said if "published" in event] == [[str(n) for n in range(10) if n != 5]]
    assert said[-1]["published"] == 1
    assert {event["done"]: event["status"] for event in said if "done" in event}["5"] == 400
    assert len(folder.read_only(graph)) == folder.manifest(graph)["quads"] + 9
    os.close(published._locked)


@pytest.mark.parametrize("form", ["graph.tar.gz", "copied"])
def test_a_backup_holds_the_edits_that_were_published_and_no_others(graph: Path, tmp_path: Path, form: str) -> None:
    edit(graph)
    (graph / "edits" / "working").mkdir(exist_ok=True)
    (graph / "edits" / "working" / "000007.log").write_bytes(b"not published")
    backups.backup(graph, tmp_path / form)
    again = tmp_path / "again"
    backups.restore(tmp_path / form, again)
    assert store.ask(again, "ASK { <x:a> <x:b> 1 }") is True
    assert sorted(path.name for path in (again / "edits").iterdir()) == ["current", "snapshots"]
    assert all(check.sound for check in checkup.verify(again))
    edit(again, "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 2 } }")
    assert store.ask(again, "ASK { <x:a> <x:b> 1, 2 }") is True


def test_a_damaged_snapshot_is_not_put_away(graph: Path, tmp_path: Path) -> None:
    edit(graph)
    snapshot = edits.published(graph)
    assert snapshot
    file = next((snapshot / "store").glob("*.sst"))
    whole = file.read_bytes()
    file.unlink()  # its bytes are shared with the store of the build
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(StoreError, match="damaged"):
        backups.backup(graph, tmp_path / "graph.tar.gz")
    assert not (tmp_path / "graph.tar.gz").exists()
