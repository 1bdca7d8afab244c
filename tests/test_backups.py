"""Backups come back as they were or not at all, and nothing that was forged is unpacked."""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import backups, checkup, folder
from kg.cli import main
from kg.errors import StoreError, UnreadableError, UsageError
from kg.store import sums, swap

FORMS = ["graph.tar.gz", "graph.tgz", "graph.tar", "copied"]
FLIPS = 40


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    """A graph folder of which a test may do what it likes."""
    place = tmp_path / "graphs"
    place.mkdir()
    return shutil.copytree(small_graph, place / "graph")


@pytest.fixture
def archive(graph: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    backups.backup(graph, tmp_path / "graph.tar.gz")
    return tmp_path / "graph.tar.gz"


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def bytes_of(graph: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in sums.files(graph).items()}


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_what_was_put_away_comes_back_byte_for_byte(graph: Path, tmp_path: Path, form: str) -> None:
    put = backups.backup(graph, tmp_path / form)
    got = backups.restore(tmp_path / form, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(graph)
    assert all(check.sound for check in checkup.verify(tmp_path / "again"))
    assert put == got
    assert put.files == len(sums.files(graph))
    assert beside(graph) == ["graph"]
    assert beside(tmp_path / form) == sorted(["again", "graphs", form])


@pytest.mark.parametrize("form", FORMS[:3])
def test_standard_tools_open_an_archive_and_find_a_graph(graph: Path, tmp_path: Path, form: str) -> None:
    backups.backup(graph, tmp_path / form)
    with tarfile.open(tmp_path / form) as opened:
        opened.extractall(tmp_path / "by-hand", filter="data")
    assert bytes_of(tmp_path / "by-hand" / "graph") == bytes_of(graph)
    assert all(check.sound for check in checkup.verify(tmp_path / "by-hand" / "graph"))


def test_equal_graphs_give_equal_archives(graph: Path, archive: Path, tmp_path: Path) -> None:
    backups.restore(archive, tmp_path / "again")
    backups.backup(tmp_path / "again", tmp_path / "second.tar.gz")
    assert (tmp_path / "second.tar.gz").read_bytes() == archive.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_overwritten_unless_told(graph: Path, tmp_path: Path, form: str) -> None:
    output = tmp_path / form
    backups.backup(graph, output)
    done = kg("backup", graph, output)
    assert done.exit_code == 2
    assert "--overwrite" in done.stderr
    assert kg("backup", graph, output, "--overwrite").exit_code == 0
    assert kg("restore", output, graph).exit_code == 2
    assert json.loads(kg("restore", output, graph, "--overwrite", "--json", "-q").stdout)["files"] > 1
    assert beside(graph) == ["graph"]


def test_nothing_but_a_graph_is_ever_replaced(graph: Path, archive: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("precious", encoding="utf-8")
    for arguments in (("backup", graph, mine), ("restore", archive, mine)):
        assert kg(*arguments, "--overwrite").exit_code == 2
    (tmp_path / "folder.tar.gz").mkdir()
    (tmp_path / "a-file").write_text("precious", encoding="utf-8")
    assert kg("backup", graph, tmp_path / "folder.tar.gz", "--overwrite").exit_code == 2
    assert kg("backup", graph, tmp_path / "a-file", "--overwrite").exit_code == 2
    assert kg("restore", archive, tmp_path / "a-file", "--overwrite").exit_code == 2
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "precious"


def test_a_backup_never_lies_in_its_graph_nor_a_graph_in_its_backup(graph: Path, tmp_path: Path) -> None:
    for output in (graph, graph / "backup.tar.gz", graph / "articles" / "copy", graph.parent):
        with pytest.raises(UsageError, match="lie in each other"):
            backups.backup(graph, output, overwrite=True)
    assert kg("restore", tmp_path / "none.tar.gz", tmp_path / "again").exit_code == 2


@pytest.mark.parametrize("form", ["graph.tar.gz", "copied"])
def test_of_a_damaged_graph_there_is_no_backup(graph: Path, tmp_path: Path, form: str) -> None:
    table = max((graph / "store").glob("*.sst"))
    table.write_bytes(table.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match=f"{table.name} was changed"):
        backups.backup(graph, tmp_path / form)
    assert beside(tmp_path / form) == ["graphs"]


@pytest.mark.parametrize("form", ["graph.tar.gz", "copied"])
def test_a_graph_may_be_replaced_while_it_is_put_away(graph: Path, tmp_path: Path, form: str) -> None:
    before = bytes_of(graph)

    def replaced(_stage: str, done: int) -> None:
        if done == 1 and folder.is_graph(graph):
            with swap.replacing(graph) as fresh:
                (fresh / "other").write_bytes(b"")

    backups.backup(graph, tmp_path / form, progress=replaced)
    backups.restore(tmp_path / form, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == before
    assert [path.name for path in graph.iterdir()] == ["other"]


def test_a_backup_that_is_written_wrongly_is_noticed(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(out: io.BufferedRandom) -> None:
        with Path(out.name).open("r+b") as again:
            again.seek(-2000, io.SEEK_END)
            again.write(b"!")

    monkeypatch.setattr(backups, "_forget", spoilt)
    with pytest.raises(StoreError, match="reads back otherwise"):
        backups.backup(graph, tmp_path / "graph.tar")
    assert beside(tmp_path / "graph.tar") == ["graphs"]


@pytest.mark.parametrize("form", ["graph.tar.gz", "graph.tar"])
def test_a_changed_byte_of_an_archive_is_noticed(graph: Path, tmp_path: Path, form: str) -> None:
    output = tmp_path / form
    backups.backup(graph, output)
    content = output.read_bytes()
    chance = random.Random(form)  # noqa: S311 - it chooses bytes to damage
    for _ in range(FLIPS):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        output.write_bytes(changed)
        try:
            backups.restore(output, tmp_path / "again")
        except UnreadableError:
            assert beside(output) == sorted(["graphs", form])
        else:  # a byte that says nothing, such as the time in the head of a file
            assert bytes_of(tmp_path / "again") == bytes_of(graph)
            shutil.rmtree(tmp_path / "again")


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_an_archive_that_was_cut_off_is_noticed(archive: Path, tmp_path: Path, part: float) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(part * len(content))])
    with pytest.raises(UnreadableError):
        backups.restore(archive, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_backup_that_is_no_sound_graph_leaves_what_stands_there(graph: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(graph, tmp_path / "copied")
    manifest = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))
    (copied / "manifest.json").write_text(json.dumps({**manifest, "quads": 1}), encoding="utf-8")
    sums.write(copied)
    before = bytes_of(graph)
    done = kg("restore", copied, graph, "--overwrite")
    assert done.exit_code == 3
    assert "holds no sound graph" in done.stderr
    assert bytes_of(graph) == before


Entry = tuple[str, bytes, bytes]
"""The name, the type and the content of a forged member."""


def forged(path: Path, listed: dict[str, bytes], entries: list[Entry], *, link: str = "") -> Path:
    """An archive whose list names `listed`, and that holds `entries`."""
    known = {name: sums.of_stream(io.BytesIO(content)) for name, content in listed.items()}
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as out:
        for name, kind, content in [("graph/sums.jsonl", tarfile.REGTYPE, sums.encode(known)), *entries]:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(content), link
            out.addfile(info, io.BytesIO(content))
    return path


FILE = tarfile.REGTYPE
FORGED: dict[str, tuple[dict[str, bytes], list[Entry], str]] = {
    "a path that leads out": ({"../evil": b"x"}, [("graph/../evil", FILE, b"x")], "no file of a graph"),
    "an absolute path": ({"/tmp/evil": b"x"}, [("/tmp/evil", FILE, b"x")], "no file of a graph"),  # noqa: S108
    "a path out of the store": ({"store/../../e": b"x"}, [("graph/store/../../e", FILE, b"x")], "no file of a graph"),
    "a hidden name": ({"store/.x": b"x"}, [("graph/store/.x", FILE, b"x")], "no file of a graph"),
    "a folder of its own": ({"store/a/b": b"x"}, [("graph/store/a/b", FILE, b"x")], "no file of a graph"),
    "a file that is not listed": ({}, [("graph/store/evil", FILE, b"x")], "which its list lacks"),
    "a file outside its folder": ({"records.db": b"x"}, [("records.db", FILE, b"x")], "no plain file"),
    "a symbolic link": ({"records.db": b""}, [("graph/records.db", tarfile.SYMTYPE, b"")], "no plain file"),
    "a hard link": ({"records.db": b""}, [("graph/records.db", tarfile.LNKTYPE, b"")], "no plain file"),
    "a device": ({"records.db": b""}, [("graph/records.db", tarfile.CHRTYPE, b"")], "no plain file"),
    "a pipe": ({"records.db": b""}, [("graph/records.db", tarfile.FIFOTYPE, b"")], "no plain file"),
    "a folder": ({"records.db": b""}, [("graph/records.db", tarfile.DIRTYPE, b"")], "no plain file"),
    "a sparse file": ({"records.db": b""}, [("graph/records.db", tarfile.GNUTYPE_SPARSE, b"")], "no plain file"),
    "a long name": ({"records.db": b""}, [("graph/" + "x" * 300, FILE, b"")], "no plain file"),
    "a file that comes twice": ({"records.db": b"x"}, [("graph/records.db", FILE, b"x")] * 2, "or has once only"),
    "a file that is larger": ({"records.db": b"x"}, [("graph/records.db", FILE, b"xy")], "its list says 1"),
    "a file of other bytes": ({"records.db": b"x"}, [("graph/records.db", FILE, b"y")], "was changed"),
    "a file that is missing": ({"records.db": b"x"}, [], "1 files are missing"),
    "no graph": ({"records.db": b"x"}, [("graph/records.db", FILE, b"x")], "is not a graph folder"),
}


@pytest.mark.parametrize("case", FORGED)
def test_nothing_that_was_forged_is_unpacked(tmp_path: Path, case: str) -> None:
    listed, entries, message = FORGED[case]
    path = forged(tmp_path / "forged.tar.gz", listed, entries, link="/etc/passwd")
    with pytest.raises(UnreadableError, match=message):
        backups.restore(path, tmp_path / "deep" / "er" / "again")
    left = [other for other in tmp_path.rglob("*") if other.is_file() or other.is_symlink()]
    assert left == [path]
    assert not Path("/tmp/evil").exists()  # noqa: S108


@pytest.mark.parametrize(
    "content", [b"", b"plain text", b"\x1f\x8b", gzip.compress(b"", mtime=0), bytes(512), bytes(10_000)]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.tar.gz").write_bytes(content)
    assert kg("restore", tmp_path / "odd.tar.gz", tmp_path / "again").exit_code == 3
    assert beside(tmp_path / "again") == ["odd.tar.gz"]


def test_a_bomb_is_refused_before_anything_of_it_is_unpacked(tmp_path: Path) -> None:
    zeros = bytes(sums.BLOCK)
    known = {"records.db": sums.Sum(4000 * sums.BLOCK, (sums.digest(zeros),) * 4000)}
    with gzip.open(tmp_path / "bomb.tar.gz", "wb", 9) as out:
        listed = sums.encode(known)
        for name, size, content in (("graph/sums.jsonl", len(listed), listed), ("graph/records.db", 4000 << 18, b"")):
            info = tarfile.TarInfo(name)
            info.size = size
            out.write(info.tobuf() + content + bytes(-len(content) % 512))
        for _ in range(400):
            out.write(zeros)
    with pytest.raises(UnreadableError, match="more than 100 times its own size"):
        backups.restore(tmp_path / "bomb.tar.gz", tmp_path / "again")


def test_a_list_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("graph/sums.jsonl")
    info.size = 1 << 40
    (tmp_path / "bomb.tar").write_bytes(info.tobuf(format=tarfile.GNU_FORMAT) + bytes(1 << 20))
    with pytest.raises(UnreadableError, match="its list has"):
        backups.restore(tmp_path / "bomb.tar", tmp_path / "again")


def test_a_disk_without_room_is_seen_beforehand(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9 - 5, 5))
    with pytest.raises(UsageError, match="make room"):
        backups.restore(archive, tmp_path / "again")


KILLED = """
import os, signal, sys
from pathlib import Path
from kg import backups
def die(stage, done):
    if stage == sys.argv[1] and done >= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
getattr(backups, sys.argv[3])(Path(sys.argv[4]), Path(sys.argv[5]), overwrite=True, progress=die)
"""


@pytest.mark.parametrize(
    ("stage", "done", "way"),
    [
        *(("packing", 1, "backup"), ("packing", 7, "backup"), ("reading back", 3, "backup")),
        *(("unpacking", 2, "restore"), ("files", 3, "restore"), ("records", 5, "restore")),
    ],
)
def test_killed_half_way_what_stood_there_stays(
    graph: Path, archive: Path, tmp_path: Path, stage: str, done: int, way: str
) -> None:
    before, packed = bytes_of(graph), archive.read_bytes()
    places = [graph, archive] if way == "backup" else [archive, graph]
    call = [sys.executable, "-c", KILLED, stage, str(done), way, *map(str, places)]
    assert subprocess.run(call, check=False, capture_output=True).returncode == -signal.SIGKILL
    assert bytes_of(graph) == before
    assert archive.read_bytes() == packed
    do: Callable[..., object] = getattr(backups, way)
    do(*places, overwrite=True)
    assert beside(graph) == ["graph"]
