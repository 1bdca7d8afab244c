from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.building import BuildReport, Duplicate, Stages, build
from kg.building.stages import Violation
from kg.building.worker import Extract
from kg.errors import EvidenceError, UnreadableError, UsageError
from kg.model import Document, Entity, Extraction, Mention, Resolution, Span

pytestmark = pytest.mark.usefixtures("importable")

FERRY = (
    "Chiều 8/5, phà Hải Âu chở 60 khách mắc cạn gần đảo Phú Quý. Thuyền trưởng Đinh Văn Khoa nói không ai bị thương."
)
SCHOOL = "Trường làng của bà Lò Thị Ban nhận được 300 cuốn sách từ một nhóm sinh viên ở Huế."
GRAPH = ox.NamedNode("https://example.org/graph")
LABEL = ox.NamedNode("https://example.org/label")


def by_capitals(_language: str) -> Extract:
    """An extractor that takes two capitalised syllables for a name."""

    def extract(document: Document) -> Extraction:
        names = re.finditer(r"[A-ZĐ]\w+ [A-ZĐ]\w+", document.text)
        spans = [document.span(*name.span()) for name in names]
        return Extraction(document, tuple(Mention(document.id, span, "untyped", span.text) for span in spans))

    return extract


def misquoting(_language: str) -> Extract:
    def extract(document: Document) -> Extraction:
        return Extraction(document, (Mention(document.id, Span(0, 3, "???"), "untyped", "x"),))

    return extract


def sleeping(_language: str) -> Extract:
    def extract(document: Document) -> Extraction:
        time.sleep(300)
        return Extraction(document)

    return extract


def one_entity_a_name(extractions: Sequence[Extraction], _tables: object) -> Resolution:
    chains = {mention.chain for extraction in extractions for mention in extraction.mentions}
    return Resolution(entities=tuple(Entity(name, "untyped", (("vi", name),)) for name in sorted(chains)))


def one_quad_an_entity(_extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[ox.Quad]:
    for number, entity in enumerate(resolution.entities):
        node = ox.NamedNode(f"https://example.org/{number}")
        yield ox.Quad(node, LABEL, ox.Literal(entity.key), GRAPH)


def none(_graph: ox.Store) -> tuple[Violation, ...]:
    return ()


def two(_graph: ox.Store) -> tuple[Violation, ...]:
    return Violation("no label"), Violation("no type")


def blaming_ferry(graph: ox.Store) -> tuple[Violation, ...]:
    labels = {quad.object.value for quad in graph if isinstance(quad.object, ox.Literal)}
    return (Violation("no type", "ferry.txt"),) if any(label in FERRY for label in labels) else ()


STAGES = Stages(pipeline=by_capitals, resolve=one_entity_a_name, quads=one_quad_an_entity, violations=none)
BLAMING = Stages(pipeline=by_capitals, resolve=one_entity_a_name, quads=one_quad_an_entity, violations=blaming_ferry)
INVALID = Stages(pipeline=by_capitals, resolve=one_entity_a_name, quads=one_quad_an_entity, violations=two)
MISQUOTING = Stages(pipeline=misquoting, resolve=one_entity_a_name, quads=one_quad_an_entity, violations=none)


SLEEPING = Stages(pipeline=sleeping, resolve=one_entity_a_name, quads=one_quad_an_entity, violations=none)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")
    return folder


def quarantine(graph: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (graph / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()]


def test_articles_become_a_graph(articles: Path, tmp_path: Path) -> None:
    report = build([articles], tmp_path / "graph", stages=STAGES)
    assert (report.articles, report.mentions, report.entities, report.quads) == (2, 3, 3, 3)
    assert (report.written, report.conforms, report.exit_code, report.set_aside) == (True, True, 0, ())
    labels = {quad.object.value for quad in kg.store.read_only(tmp_path / "graph")}
    assert labels == {"Phú Quý", "Đinh Văn", "Lò Thị"}
    assert quarantine(tmp_path / "graph") == []


def test_exact_bytes_are_kept(articles: Path, tmp_path: Path) -> None:
    (articles / "wide.txt").write_bytes((FERRY + " Hết.").encode("utf-16"))
    build([articles], tmp_path / "graph", stages=STAGES)
    kept = {path.read_bytes() for path in (tmp_path / "graph" / "articles").iterdir()}
    assert kept == {path.read_bytes() for path in articles.iterdir()}


def test_bad_article_is_set_aside_and_the_others_are_built(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").write_text("")
    report = build([articles], tmp_path / "graph", stages=STAGES)
    assert (report.articles, report.exit_code, report.written) == (2, 5, True)
    assert [(item.source, item.reason, item.size) for item in report.set_aside] == [("empty.txt", "empty", 0)]
    (line,) = quarantine(tmp_path / "graph")
    assert sorted(line) == ["message", "reason", "sha256", "size", "source"]
    assert (line["source"], line["reason"], line["size"]) == ("empty.txt", "empty", 0)


def test_fail_fast_stops_at_the_first_bad_article(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").write_text("")
    (articles / "zero.txt").write_bytes(b"\0")
    report = build([articles], tmp_path / "graph", stages=STAGES, fail_fast=True)
    assert [item.reason for item in report.set_aside] == ["empty"]
    assert report.exit_code == 5
    assert not (tmp_path / "graph").exists()


def test_same_text_twice_is_one_article(articles: Path, tmp_path: Path) -> None:
    (articles / "again.jsonl").write_text(json.dumps({"text": FERRY, "source": "a"}), encoding="utf-8")
    report = build([articles], tmp_path / "graph", stages=STAGES)
    assert (report.articles, report.exit_code) == (2, 0)
    assert report.duplicates == (Duplicate("ferry.txt", "a"),)


def test_lines_on_standard_input_are_articles(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in (FERRY, SCHOOL))
    report = build(["-"], tmp_path / "graph", stages=STAGES, stdin=io.BytesIO(lines.encode()))
    assert report.articles == 2


def test_span_that_does_not_reread_fails_the_build(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"ferry\.txt, characters 0 to 3.*there stands 'Chi'"):
        build([articles], tmp_path / "graph", stages=MISQUOTING)
    assert not (tmp_path / "graph").exists()


def test_article_that_breaks_a_shape_is_set_aside_and_the_others_are_built(articles: Path, tmp_path: Path) -> None:
    report = build([articles], tmp_path / "graph", stages=BLAMING)
    assert [(item.source, item.reason, item.message) for item in report.set_aside] == [
        ("ferry.txt", "does-not-conform", "no type")
    ]
    assert (report.written, report.conforms, report.exit_code) == (True, True, 5)
    assert report.articles == len(list(articles.iterdir())) - 1


def test_graph_that_does_not_conform_is_not_written(articles: Path, tmp_path: Path) -> None:
    report = build([articles], tmp_path / "graph", stages=INVALID)
    assert (report.violations, report.exit_code, report.written) == (("no label", "no type"), 1, False)
    assert not (tmp_path / "graph").exists()
    kept = build([articles], tmp_path / "graph", stages=INVALID, keep_invalid=True)
    assert (kept.written, kept.exit_code) == (True, 1)


def test_nothing_readable_leaves_no_graph(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UnreadableError, match="no articles"):
        build([tmp_path / "in"], tmp_path / "graph", stages=STAGES)
    (tmp_path / "in" / "empty.txt").write_text("")
    report = build([tmp_path / "in"], tmp_path / "graph", stages=STAGES)
    assert (report.exit_code, report.written) == (3, False)
    with pytest.raises(UnreadableError, match="no such file"):
        build([tmp_path / "gone"], tmp_path / "graph", stages=STAGES)
    assert not (tmp_path / "graph").exists()


def test_folder_that_holds_something_else_is_refused_before_any_work(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("x")
    with pytest.raises(UsageError, match=r"thesis\.doc"):
        build([articles], tmp_path / "mine", stages=MISQUOTING)
    assert (tmp_path / "mine" / "thesis.doc").read_text() == "x"


def test_second_build_replaces_the_first(articles: Path, tmp_path: Path) -> None:
    first = build([articles], tmp_path / "graph", stages=STAGES)
    (articles / "ferry.txt").unlink()
    second = build([articles], tmp_path / "graph", stages=STAGES)
    assert second.articles == 1
    assert first.sha256 != second.sha256 == kg.store.manifest(tmp_path / "graph")["sha256"]


def test_build_that_fails_leaves_the_previous_graph(articles: Path, tmp_path: Path) -> None:
    first = build([articles], tmp_path / "graph", stages=STAGES)
    with pytest.raises(EvidenceError):
        build([articles], tmp_path / "graph", stages=MISQUOTING)
    build([articles], tmp_path / "graph", stages=INVALID)
    assert kg.store.manifest(tmp_path / "graph")["sha256"] == first.sha256
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "graph"]


@pytest.mark.parametrize("stage", ["reading", "validating", "storing"])
def test_build_that_is_killed_leaves_the_previous_graph(
    articles: Path, tmp_path: Path, checkout: Path, stage: str
) -> None:
    first = build([articles], tmp_path / "graph", stages=STAGES)
    (articles / "school.txt").unlink()
    script = (
        "import os, signal, sys\n"
        "from kg.building import build\n"
        "from tests.test_build import STAGES\n"
        f"kill = lambda stage, done: stage == {stage!r} and os.kill(os.getpid(), signal.SIGKILL)\n"
        "build([sys.argv[1]], sys.argv[2], stages=STAGES, progress=kill)\n"
    )
    command = [sys.executable, "-c", script, str(articles), str(tmp_path / "graph")]
    killed = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(checkout)}, check=False, timeout=60)
    assert killed.returncode == -9
    assert kg.store.manifest(tmp_path / "graph")["sha256"] == first.sha256
    assert build([articles], tmp_path / "graph", stages=STAGES).articles == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "graph"]


def test_build_killed_at_any_moment_leaves_a_whole_graph(articles: Path, tmp_path: Path, checkout: Path) -> None:
    first = build([articles], tmp_path / "graph", stages=STAGES)
    (articles / "school.txt").unlink()
    script = (
        "import sys\n"
        "from kg.building import build\n"
        "from tests.test_build import STAGES\n"
        "print(build([sys.argv[1]], sys.argv[2], stages=STAGES).sha256)\n"
    )
    command = [sys.executable, "-c", script, str(articles), str(tmp_path / "graph")]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    for delay in (0.3, 0.6, 0.8, 1.0):
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as child:
            time.sleep(delay)
            child.kill()
        manifest = kg.store.manifest(tmp_path / "graph")
        assert manifest["sha256"] == first.sha256 or len(manifest["articles"]) == 1
        assert len(kg.store.read_only(tmp_path / "graph")) == manifest["quads"]


def test_interrupt_ends_the_build_and_its_processes(articles: Path, tmp_path: Path, checkout: Path) -> None:
    script = (
        "import sys\n"
        "from kg.building import build\n"
        "from tests.test_build import SLEEPING\n"
        "print('started', flush=True)\n"
        "build([sys.argv[1]], sys.argv[2], stages=SLEEPING, jobs=2)\n"
    )
    command = [sys.executable, "-c", script, str(articles), str(tmp_path / "graph")]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=20)
    assert b"KeyboardInterrupt" in errors
    assert not (tmp_path / "graph").exists()


def test_progress_is_told(articles: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    build([articles], tmp_path / "graph", stages=STAGES, progress=lambda stage, done: told.append((stage, done)))
    assert told == [("reading", 1), ("reading", 2), ("resolving", 2), ("validating", 2), ("storing", 2)]


@pytest.mark.parametrize("wrong", [{"jobs": 0}, {"deadline": 0}, {"deadline": -1}])
def test_wrong_call_is_refused(articles: Path, tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        build([articles], tmp_path / "graph", stages=STAGES, **wrong)  # type: ignore[arg-type]


def test_report_as_json_has_everything() -> None:
    plain = BuildReport(articles=1, violations=("x",)).plain()
    assert (plain["articles"], plain["conforms"], plain["exit_code"]) == (1, False, 1)
    json.dumps(plain)
