"""Whatever is changed in a graph folder, verifying it says so."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

import kg
from kg import building, checkup, folder, log
from kg.cli import main
from kg.errors import StoreError
from kg.store import sums

FLIPS = 6
"""How many bytes of each sort of file are changed, one by one, for a whole reading."""
MANY = 100
"""How many for a reading of the sums alone."""


@pytest.fixture(scope="session")
def sound(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two articles with everything that a folder may hold, a part of it in the store's write-ahead log."""
    place = tmp_path_factory.mktemp("sound")
    (place / "names.tsv").write_text("not same\tKim Chính Ân\tKim Nhật Thành\tdesk\ttwo men\n", encoding="utf-8")
    (place / "empty.txt").write_text("", encoding="utf-8")
    articles = sorted((checkout / "examples" / "articles").glob("*.txt"))[:2]
    graph = place / "graph"
    kg.build([*articles, place / "empty.txt"], graph, judgements=place / "names.tsv")
    _move_into_the_log(graph)
    return graph


def _move_into_the_log(graph: Path) -> None:
    """Write some quads anew, so that they lie in the log and not in a table, as when a writer was killed."""
    store = ox.Store(str(graph / "store"))
    quads = list(store)[:200]
    for quad in quads:
        store.remove(quad)
    store.flush()
    store.extend(quads)
    del store
    sums.write(graph)


@pytest.fixture
def graph(sound: Path, tmp_path: Path) -> Path:
    """A graph folder that a test may damage."""
    return shutil.copytree(sound, tmp_path / "graph")


def found(graph: Path) -> dict[str, str]:
    """What is unsound, by the name of the check; or what keeps the folder from being read at all."""
    try:
        return {check.name: check.found for check in checkup.verify(graph) if not check.sound}
    except StoreError as error:
        return {"manifest": str(error)}


def verified(graph: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["verify", str(graph), *options])


def test_a_sound_graph_has_no_findings(graph: Path) -> None:
    checks = list(checkup.verify(graph))
    assert [check for check in checks if not check.sound] == []
    assert {check.name for check in checks} == {
        *("files", "quads", "records", "spans"),
        *("memory", "articles", "set aside"),
    }
    assert not any(check.found.startswith("0 ") for check in checks)


SORTS = [
    *("store/*.sst", "store/*.log", "store/MANIFEST-*", "store/CURRENT", "store/IDENTITY", "store/OPTIONS-*"),
    *("articles/*", "records.db", "memory.db", "quarantine.jsonl", "judgements.tsv", "manifest.json", "sums.jsonl"),
]


def flips(graph: Path, pattern: str, count: int) -> Iterator[tuple[Path, int]]:
    """Change one byte after the other of the files that fit `pattern`, each time only one, at places drawn by chance."""
    chance = random.Random(pattern)  # noqa: S311 - it chooses bytes to damage
    files = [path for path in sorted(graph.glob(pattern)) if path.stat().st_size]
    for _ in range(count):
        path = chance.choices(files, weights=[path.stat().st_size for path in files])[0]
        content = bytearray(path.read_bytes())
        place = chance.randrange(len(content))
        changed = content.copy()
        changed[place] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        yield path, place
        path.write_bytes(content)


@pytest.mark.slow
@pytest.mark.parametrize("pattern", SORTS)
def test_a_changed_byte_is_noticed_in_every_sort_of_file(graph: Path, pattern: str) -> None:
    for path, place in flips(graph, pattern, FLIPS):
        assert found(graph), (path, place)
    assert found(graph) == {}


@pytest.mark.parametrize("pattern", SORTS)
def test_every_changed_byte_is_noticed_by_the_sums(graph: Path, pattern: str) -> None:
    def wrong() -> list[str]:
        try:
            return [f"{name} {what}" for name, what in sums.differences(graph, sums.read(graph)) if what]
        except StoreError as error:
            return [str(error)]

    for path, place in flips(graph, pattern, MANY):
        (told,) = wrong()
        assert path.name in told, place
    assert wrong() == []


def test_every_file_of_a_graph_is_of_one_of_these_sorts(graph: Path) -> None:
    sorts = {path for pattern in SORTS for path in graph.glob(pattern)}
    others = {path.relative_to(graph).as_posix() for path in graph.rglob("*") if path.is_file()} - {
        path.relative_to(graph).as_posix() for path in sorts
    }
    assert {name for name in others if not sums.DIARY.fullmatch(name)} == {"store/LOCK"}
    assert (graph / "store" / "LOCK").stat().st_size == 0


def test_the_log_holds_quads_that_the_engine_would_lose_without_a_word(graph: Path) -> None:
    expected = len(folder.read_only(graph))
    log_file = max((graph / "store").glob("*.log"))
    log_file.write_bytes(b"")
    assert len(ox.Store.read_only(str(graph / "store"))) < expected
    assert "has 0 bytes" in found(graph)["files"]


def test_the_diary_of_the_engine_is_no_part_of_the_graph(graph: Path) -> None:
    diary = graph / "store" / "LOG"
    diary.write_bytes(b"x" + diary.read_bytes())
    (graph / "store" / "LOG.old.1795438832000000").write_text("what was", encoding="utf-8")
    assert found(graph) == {}
    (graph / "store" / "LOG.mine").write_text("what is this", encoding="utf-8")
    assert "LOG.mine is not one of the graph's files" in found(graph)["files"]


def test_files_that_are_missing_added_or_links(graph: Path) -> None:
    (graph / "notes").mkdir()
    (graph / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    first, second = sorted((graph / "articles").iterdir())[:2]
    first.rename(graph.parent / "elsewhere")
    first.symlink_to(graph.parent / "elsewhere")
    second.unlink()
    told = found(graph)
    assert f"{first.name} is no plain file" in told["files"]
    assert f"{second.name} is missing" in told["files"]
    assert "notes/mine.txt is not one of the graph's files" in told["files"]
    assert "1 missing" in told["articles"]


def test_without_sums_nothing_can_be_said_of_the_files(graph: Path) -> None:
    (graph / "sums.jsonl").unlink()
    assert "sums.jsonl is missing" in found(graph)["files"]


def test_an_article_of_another_text_and_one_that_went(graph: Path) -> None:
    first, second = sorted((graph / "articles").iterdir())[:2]
    first.write_bytes(b"another text")
    second.unlink()
    assert found(graph)["articles"].startswith("1 changed, 1 missing")


def rewritten(graph: Path, old: str, new: str) -> None:
    """Put other words into the record log, with sums that fit: what a program that is wrong would leave."""
    lines = [json.loads(log.encode(line).decode().replace(old, new)) for line in log.read_lines(graph / "records.db")]
    (graph / "records.db").unlink()
    log.write(graph / "records.db", lines)
    sums.write(graph)


def test_a_span_that_does_not_read_its_words(graph: Path) -> None:
    document = next(iter(log.read_lines(graph / "records.db", "document")))
    words = document["text"].split()
    rewritten(graph, f"{words[20]} {words[21]}", f"{words[20]}  {words[21]}")
    told = found(graph)
    assert "files" not in told
    assert "does not read" in told["spans"]


def test_records_of_other_articles_than_the_manifest_lists(graph: Path) -> None:
    source = folder.manifest(graph)["articles"][0]["source"]
    rewritten(graph, f'"source":"{source}"', '"source":"another.txt"')
    assert "not those of the manifest" in found(graph)["records"]


@pytest.mark.parametrize("name", ["quads", "sha256", "triples", "graphs", "classes"])
def test_a_manifest_that_says_otherwise_with_sums_that_fit(graph: Path, name: str) -> None:
    manifest = json.loads((graph / "manifest.json").read_text(encoding="utf-8"))
    other = {"quads": 7, "sha256": "0", "triples": 7, "graphs": {}, "classes": {}}[name]
    (graph / "manifest.json").write_text(json.dumps({**manifest, name: other}), encoding="utf-8")
    sums.write(graph)
    told = found(graph)
    assert "files" not in told
    assert name in told["quads"]


def test_a_memory_that_is_no_database_any_more(graph: Path) -> None:
    (graph / "memory.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    sums.write(graph)
    assert "memory" in found(graph)


def test_the_command_tells_what_is_wrong_and_what_to_do(graph: Path) -> None:
    assert verified(graph).exit_code == 0
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]
    (graph / "records.db").write_bytes((graph / "records.db").read_bytes() + b"x")
    done = verified(graph)
    assert done.exit_code == 1
    assert [line.split()[:2] for line in done.stdout.splitlines() if "DAMAGED" in line] == [["DAMAGED", "files"]]
    assert "records.db has" in done.stdout
    assert "kg restore" in done.stderr
    answer = json.loads(verified(graph, "--json").stdout)
    assert answer["sound"] is False
    assert [check["name"] for check in answer["checks"] if not check["sound"]] == ["files"]


@pytest.mark.slow
def test_changed_graphs_are_sound_and_damage_outlives_a_change(graph: Path, checkout: Path) -> None:
    third = sorted((checkout / "examples" / "articles").glob("*.txt"))[2]
    building.add(graph, [third])
    assert found(graph) == {}
    building.merge(graph, graph, graph.parent / "both")
    assert found(graph.parent / "both") == {}
    kept = max((graph / "articles").iterdir())
    kept.write_bytes(b"another text")
    building.retract(graph, [third.name])
    assert f"{kept.name} has 12 bytes" in found(graph)["files"]


def test_a_store_that_does_not_open_cannot_be_changed(graph: Path) -> None:
    for table in (graph / "store").glob("*.sst"):
        table.write_bytes(table.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match="run kg verify"):
        building.retract(graph, [folder.manifest(graph)["articles"][0]["source"]])


def test_there_is_nothing_to_verify_where_there_is_no_graph(tmp_path: Path) -> None:
    assert verified(tmp_path / "none").exit_code == 4
