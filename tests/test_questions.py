"""Saved questions have a title in each language, and a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import questions, sparql
from kg.errors import UsageError

TEXT = "# vi: Ai gặp ai?\n# en: Who met whom?\n# xx is no title\nSELECT * { ?s ?p ?o } # en: Not this\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "who-met.rq").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bare.rq").write_text("ASK {}", encoding="utf-8")
    return tmp_path


def test_titles_are_the_first_comments(folder: Path) -> None:
    found = questions.find("who-met", folder)
    assert found.titles == {"vi": "Ai gặp ai?", "en": "Who met whom?"}
    assert found.text == TEXT
    assert found.title("en") == "Who met whom?"
    assert found.title("fr") == "Ai gặp ai?"


def test_without_a_title_the_name_serves(folder: Path) -> None:
    assert questions.find("bare", folder).title("vi") == "bare"


def test_questions_come_by_name(folder: Path) -> None:
    assert [question.name for question in questions.saved(folder)] == ["bare", "who-met"]


def test_an_unknown_name_lists_the_known_ones(folder: Path) -> None:
    with pytest.raises(UsageError, match="bare, who-met"):
        questions.find("../who-met", folder)


def test_the_projects_own_questions_may_be_asked() -> None:
    for question in questions.saved():
        assert sparql.check(question.text).kind == "SELECT"
        assert {"vi", "en"} <= question.titles.keys()
