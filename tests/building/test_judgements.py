"""A user's judgements go into a build, stay in its folder, and go out again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import folder, log
from kg.building import Stages, build
from kg.building.worker import Extract
from kg.errors import UsageError
from kg.model import Document, Extraction, Mention, Resolution

pytestmark = pytest.mark.usefixtures("importable")
TEXT = "Ngô Bảo Vinh Quang đến sớm. Ngô Bảo Quang đến muộn."
LINE = "same\tNgô Bảo Vinh Quang\tNgô Bảo Quang\tban biên tập\n"


def people(_language: str) -> Extract:
    def extract(document: Document) -> Extraction:
        spans = [document.span(*match.span()) for match in re.finditer(r"Ngô(?: [A-ZĐ]\w+)+", document.text)]
        return Extraction(document, tuple(Mention(document.id, s, "person", s.text) for s in spans))

    return extract


STAGES = Stages(pipeline=people)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def judged(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_later_build_knows_them_until_they_are_deleted(tmp_path: Path, article: Path) -> None:
    graph = tmp_path / "graph"
    plain = build(article, graph, stages=STAGES)
    joined = build(article, graph, stages=STAGES, judgements=judged(tmp_path, LINE))
    assert (plain.entities, joined.entities) == (2, 1)
    again = build(article, graph, stages=STAGES)
    assert again.sha256 == joined.sha256
    undone = build(article, graph, stages=STAGES, judgements=judged(tmp_path, "# none\n"))
    assert undone.sha256 == plain.sha256


def test_the_log_has_them(tmp_path: Path, article: Path) -> None:
    build(article, tmp_path / "graph", stages=STAGES, judgements=judged(tmp_path, LINE))
    (record,) = log.read_lines(tmp_path / "graph" / folder.RECORDS, "judgement")
    assert (record["verdict"], record["by"]) == ("same", "ban biên tập")


def test_what_has_no_effect_is_reported(tmp_path: Path, article: Path) -> None:
    line = "same\tNgô Bảo Quang\tLý Thị Không Đâu\tme\n"
    report = build(article, tmp_path / "graph", stages=STAGES, judgements=judged(tmp_path, line))
    assert report.idle_judgements == (("Lý Thị Không Đâu", "Ngô Bảo Quang"),)


def test_a_bad_file_stops_the_build(tmp_path: Path, article: Path) -> None:
    with pytest.raises(UsageError, match=r"own\.tsv:1"):
        build(article, tmp_path / "graph", stages=STAGES, judgements=judged(tmp_path, "same\n"))
    assert not (tmp_path / "graph").exists()


def test_another_resolver_knows_no_judgements(tmp_path: Path, article: Path) -> None:
    stages = Stages(pipeline=people, resolve=lambda _, __: Resolution())
    with pytest.raises(UsageError, match="resolver"):
        build(article, tmp_path / "graph", stages=stages, judgements=judged(tmp_path, LINE))
