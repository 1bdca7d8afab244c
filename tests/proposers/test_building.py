"""A build with proposers: what they do costs no article, and the graph conforms."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg import log, ns, proposers
from kg.building import Stages, build
from kg.building.proposals import without, without_unfit
from kg.building.stages import Violation, violations
from kg.building.worker import Extract
from kg.building.workers import Workers
from kg.errors import KgError
from kg.model import Document, Extraction, Mention, Statement
from kg.proposers import Specification
from kg.readers import Raw
from kg.settings import Settings
from tests.proposers.stub import QUICK, TEXT, Stub, answer, mention, statement

pytestmark = pytest.mark.usefixtures("importable")

SCHOOL = "Trường làng của bà Lò Thị Ban nhận được 300 cuốn sách từ một nhóm sinh viên ở Huế."
MEETING = statement("Meeting", "gặp", {"party": ["Đỗ Thị Mai", "Trần Văn Lưu"]}, TEXT.partition(" Theo")[0])
GOOD = answer(mentions=[mention("Trần Văn Lưu", "person")], statements=[MEETING])
NAME = "llm:stub-1"


def persons(_language: str) -> Extract:
    """An extractor that knows the names of women only."""

    def extract(document: Document) -> Extraction:
        names = re.finditer(r"(?<=bà )[A-ZĐ]\w+ Thị \w+", document.text)
        spans = [document.span(*name.span()) for name in names]
        return Extraction(
            document, tuple(Mention(document.id, span, "person", span.text, extractor="mentions") for span in spans)
        )

    return extract


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "meeting.txt").write_text(TEXT, encoding="utf-8")
    (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")
    return folder


def asking(stub: Stub, settings: Settings = QUICK) -> tuple[Specification, ...]:
    return proposers.specifications([f"llm:{stub.url}"], model="stub-1", settings=settings)


def records(graph: Path) -> tuple[dict[str, Extraction], list[str]]:
    extractions, _ = log.load(graph / "records.db")
    return {e.document.source: e for e in extractions}, [reason for e in extractions for reason in e.rejected]


def test_proposals_reach_the_graph_with_their_proposer(stub: Stub, articles: Path, tmp_path: Path) -> None:
    stub.says(GOOD)
    report = build([articles], tmp_path / "graph", stages=Stages(pipeline=persons), propose=asking(stub), jobs=2)
    assert (report.exit_code, report.articles, report.proposed, report.proposals_failed) == (0, 2, 2, ())
    told = kg.store.read_only(tmp_path / "graph").quads_for_pattern(None, ns.extractor, None)
    proposed = {quad.object.value for quad in told if isinstance(quad.object, ox.Literal)}
    assert proposed == {NAME}
    extractions, rejected = records(tmp_path / "graph")
    assert {m.extractor for m in extractions["meeting.txt"].mentions} == {"mentions", NAME}
    assert len(rejected) == 2  # the other article does not have these words
    assert all(reason.startswith(f"{NAME} proposed") for reason in rejected)


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (lambda stub: stub.sleeps(), "timeout"),
        (lambda stub: stub.drips(b"HTTP/1.0 200 OK\r\nX-Long: "), "timeout"),
        (lambda stub: stub.sends(b"", status=500), "http-500"),
        (lambda stub: stub.says("Sure!"), "nonsense"),
    ],
)
def test_proposer_that_fails_costs_no_article(
    stub: Stub, articles: Path, tmp_path: Path, break_it: Callable[[Stub], None], reason: str
) -> None:
    (articles / "school.txt").unlink()
    break_it(stub)
    asked = asking(stub, replace(QUICK, propose_seconds=0.2))
    report = build([articles], tmp_path / "graph", stages=Stages(pipeline=persons), propose=asked)
    assert (report.exit_code, report.written, report.articles, report.proposed) == (0, True, 1, 0)
    (failed,) = report.proposals_failed
    assert (failed.source, failed.proposer, failed.reason) == ("meeting.txt", NAME, reason)
    without_them = build([articles], tmp_path / "plain", stages=Stages(pipeline=persons))
    assert report.sha256 == without_them.sha256
    assert json.loads(json.dumps(report.plain()))["proposals_failed"][0]["reason"] == reason


def test_worker_goes_on_after_a_failure(stub: Stub) -> None:
    stub.says("Sure!")
    stub.says(GOOD)
    raws = [Raw("a.txt", SCHOOL.encode(), "txt"), Raw("b.txt", TEXT.encode(), "txt")]
    with Workers(persons, jobs=1, deadline=20, propose=asking(stub)) as workers:
        answers = [answer for _, answer in workers.map(raws)]
        assert [failure.source for failure in workers.failures] == ["a.txt"]
    assert [len(answer.statements) for answer in answers if isinstance(answer, Extraction)] == [0, 1]


def test_model_that_cannot_be_loaded_ends_the_run(tmp_path: Path) -> None:
    lost = Specification("gliner", str(tmp_path / "gone"), "gliner:gone")
    with (
        Workers(persons, jobs=1, deadline=20, propose=[lost]) as workers,
        pytest.raises(KgError, match="gone cannot be"),
    ):
        list(workers.map([Raw("b.txt", TEXT.encode(), "txt")]))


def test_process_that_dies_of_a_proposer_costs_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "library" / "gliner"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text(
        "import os\n"
        "class GLiNER:\n"
        "    @classmethod\n"
        "    def from_pretrained(cls, folder, **options):\n"
        "        return cls()\n"
        "    def eval(self):\n"
        "        pass\n"
        "    def predict_entities(self, text, labels, **options):\n"
        "        if 'sách từ' in text:\n"
        "            os._exit(9)\n"
        "        at = text.index('Huế')\n"
        "        return [{'start': at, 'end': at + 3, 'label': 'place'}]\n"
    )
    monkeypatch.syspath_prepend(library.parent)
    asked = [
        Specification("gliner", str(tmp_path), "gliner:fake"),
        Specification("gliner", str(tmp_path), "gliner:again"),
    ]
    raws = [Raw("a.txt", SCHOOL.encode(), "txt"), Raw("b.txt", TEXT.encode(), "txt")]
    with Workers(persons, jobs=1, deadline=20, propose=asked) as workers:
        answers = [answer for _, answer in workers.map(raws)]
        failures = [(failure.source, failure.proposer, failure.reason) for failure in workers.failures]
    assert failures == [("a.txt", "gliner:fake", "crashed"), ("a.txt", "gliner:again", "crashed")]
    names = [[m.span.text for m in answer.mentions] for answer in answers if isinstance(answer, Extraction)]
    assert names == [["Lò Thị Ban"], ["Đỗ Thị Mai", "Huế"]]


def blaming_proposals(place: tuple[str, int, int]) -> Callable[[ox.Store], tuple[Violation, ...]]:
    """A shape that whatever was proposed breaks, at the words of `place`."""

    def check(graph: ox.Store) -> tuple[Violation, ...]:
        broken = any(graph.quads_for_pattern(None, ns.extractor, None))
        return (*violations(graph), *((Violation("too bold", *place),) if broken else ()))

    return check


@pytest.mark.parametrize("place", [("meeting.txt", 14, 50), ("meeting.txt", 0, 1), ("school.txt", 0, 5), ("", 0, 0)])
@pytest.mark.parametrize("keep_invalid", [False, True])
def test_proposal_that_breaks_a_shape_goes_and_the_article_stays(
    stub: Stub, articles: Path, tmp_path: Path, place: tuple[str, int, int], *, keep_invalid: bool
) -> None:
    stub.says(GOOD)
    strict = Stages(pipeline=persons, violations=blaming_proposals(place))
    report = build([articles], tmp_path / "graph", stages=strict, propose=asking(stub), keep_invalid=keep_invalid)
    assert (report.exit_code, report.written, report.articles, report.set_aside) == (0, True, 2, ())
    assert report.proposed == 0
    _, rejected = records(tmp_path / "graph")
    assert any("the graph would not conform" in reason for reason in rejected)


def test_article_that_breaks_a_shape_by_itself_is_set_aside_alone(stub: Stub, articles: Path, tmp_path: Path) -> None:
    def check(graph: ox.Store) -> tuple[Violation, ...]:
        there = any(graph.quads_for_pattern(None, ns.sourceName, ox.Literal("school.txt")))
        return (Violation("no school", "school.txt", 0, 5),) if there else ()

    stub.says(GOOD)
    stages = Stages(pipeline=persons, violations=check)
    report = build([articles], tmp_path / "graph", stages=stages, propose=asking(stub))
    assert ([item.source for item in report.set_aside], report.proposed) == (["school.txt"], 2)


def test_only_what_stands_at_the_words_goes() -> None:
    document = Document(source="a.txt", text="An gặp Bé ở Huế. Cò đến Huế.", language="vi")
    first, second, third = (
        Mention(document.id, document.span(a, b), "person", "x", extractor=NAME) for a, b in ((0, 2), (7, 9), (17, 19))
    )
    first, third = replace(first, chain="An"), replace(third, chain="Cò")
    needs = Statement(document.id, "Meeting", document.span(7, 9), (("party", ("An",)),), extractor=NAME)
    extraction = Extraction(document, (first, second, third), (needs,))
    (fewer,) = without_unfit([extraction], {NAME}, [Violation("wrong", "a.txt", 0, 3)])
    assert (fewer.mentions, fewer.statements) == ((second, third), ())
    assert fewer.rejected == (
        f"{NAME} proposed person 'An': the graph would not conform: wrong",
        f"{NAME} proposed Meeting 'Bé': the graph would not conform: wrong",
    )
    assert without(extraction, {"other"}) == extraction


HOOK = """
import os, sys
TOLD = os.open({told!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
NET = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")
def hook(event, arguments):
    if event in NET or event == "import" and str(arguments[0]).startswith(("kg.proposers", "gliner")):
        os.write(TOLD, f"{{event}} {{arguments[0]}}\\n".encode())
sys.addaudithook(hook)
"""


def test_build_asks_nobody_and_loads_no_proposer_unless_told_to(stub: Stub, tmp_path: Path) -> None:
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK.format(told=str(tmp_path / "told")))
    (tmp_path / "a.txt").write_text(SCHOOL, encoding="utf-8")
    stub.says(answer())
    told: dict[str, Any] = {}
    for name, options in {"plain": [], "llm": ["--propose", f"llm:{stub.url}", "--propose-model", "m"]}.items():
        command = [sys.executable, "-m", "kg", "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / name), *options]
        subprocess.run(command, env={**os.environ, "PYTHONPATH": str(tmp_path / "hook")}, check=True, timeout=60)
        told[name] = (tmp_path / "told").read_text().splitlines()
        (tmp_path / "told").write_text("")
    assert told["plain"] == []
    assert {"socket.connect", "import"} <= {line.split()[0] for line in told["llm"]}  # the hook does see them
    assert kg.store.manifest(tmp_path / "plain")["sha256"] == kg.store.manifest(tmp_path / "llm")["sha256"]
