"""Graph folders under addition, retraction and merging: the set of articles decides, by whatever way it was reached."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kg import extractors, folder, log, readers
from kg.building import build, merge
from kg.building.increment import Given, change
from kg.model import Document, Extraction
from tests.building.test_delta import MORE
from tests.pairs.reading import development

pytestmark = pytest.mark.slow

FIRST = "first.txt"
PAIRS = 4


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in two languages, among them a copy and an undated one."""
    place = tmp_path_factory.mktemp("files")
    texts = {pair.source(code): text for pair in development()[:PAIRS] for code, text in pair.texts.items()}
    for name, text in (texts | MORE).items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def found(files: Path) -> dict[str, Extraction]:
    """What is found in each article, by its name."""
    documents = [item for item in readers.read([files]) if isinstance(item, Document)]
    pipelines = {code: extractors.pipeline(code) for code in {document.language for document in documents}}
    return {document.source: pipelines[document.language](document) for document in documents}


@pytest.fixture(scope="module")
def seed(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of one article."""
    graph = tmp_path_factory.mktemp("seed") / "graph"
    assert build([files / FIRST], graph).written
    return graph


Change = Callable[[Path, Iterable[str], Iterable[str]], None]


@pytest.fixture
def changed(files: Path, found: dict[str, Extraction]) -> Change:
    """A way to add and retract articles by name."""
    raws = {hashlib.sha256(raw).hexdigest(): raw for raw in (path.read_bytes() for path in files.iterdir())}

    def make(graph: Path, added: Iterable[str], removed: Iterable[str]) -> None:
        given = Given([found[name] for name in added], lambda hashes: [raws[one] for one in hashes])
        change(graph, graph, given, tuple(removed), lambda _stage, _done: None)

    return make


def content(graph: Path) -> object:
    """All that a graph folder says: its manifest, its quads, its records, its articles."""
    store = folder.read_only(graph)
    kept = sorted(file.name for file in (graph / folder.ARTICLES).iterdir())
    return folder.manifest(graph), folder.sorted_lines(store), list(log.read_lines(graph / folder.RECORDS)), kept


@pytest.mark.parametrize("number", range(4))
def test_the_way_to_a_graph_leaves_no_trace(
    number: int, seed: Path, changed: Change, found: dict[str, Extraction], tmp_path: Path
) -> None:
    choice = random.Random(number)  # noqa: S311 - it chooses test cases
    others = sorted(found.keys() - {FIRST})
    wanted = choice.sample(others, 5)
    detours = [name for name in others if name not in wanted][:3]
    at_once, by_turns, left, right = (shutil.copytree(seed, tmp_path / name) for name in ("a", "b", "c", "d"))
    changed(at_once, wanted, ())
    changed(by_turns, detours[:2], ())
    for name in choice.sample(wanted, len(wanted)):
        changed(by_turns, [name], ())
    changed(by_turns, detours[2:], detours[:1])
    changed(by_turns, (), detours[1:])
    assert content(by_turns) == content(at_once)
    changed(left, wanted[:3], ())
    changed(right, wanted[2:], ())
    merge(left, right, tmp_path / "ab")
    merge(right, left, tmp_path / "ba")
    assert content(tmp_path / "ab") == content(tmp_path / "ba") == content(at_once)
    merge(tmp_path / "ab", left, tmp_path / "again")
    assert content(tmp_path / "again") == content(at_once)
    before = content(left)
    changed(left, detours, ())
    changed(left, (), detours)
    assert content(left) == before
