"""Saved questions have a title in each language, and a name."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg import questions, sparql
from kg.errors import UsageError
from kg.store import Rows

TEXT = "# vi: Ai gặp ai?\n# en: Who met whom?\n# xx is no title\nSELECT * { ?s ?p ?o } # en: Not this\n"
OPEN = 'SELECT ?s {\n  VALUES ?who { "" }  # vi: tên; en: a name\n  ?s ?p ?o FILTER(?who IN ("", ?o))\n}\n'
NOTHING = {"to": "0000"}
"""What no answer can have as the value of a question; other values are names, and nothing has this one:"""
NO_NAME = "¬ nothing is called this"


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


def test_a_value_that_is_left_open_can_be_given(folder: Path) -> None:
    (folder / "open.rq").write_text(OPEN, encoding="utf-8")
    found = questions.find("open", folder)
    assert found.parameters == {"who": {"vi": "tên", "en": "a name"}}
    assert found.filled({}) == found.text
    assert 'VALUES ?who { "Hà" }  # vi: tên; en: a name\n' in found.filled({"who": "Hà"})


def test_a_value_is_text_whatever_stands_in_it(folder: Path) -> None:
    (folder / "open.rq").write_text(OPEN, encoding="utf-8")
    text = questions.find("open", folder).filled({"who": '" } # \\ \n{ ?a ?b ?c'})
    assert sparql.check(text).kind == "SELECT"
    assert text.count("\n") == OPEN.count("\n")


def test_a_value_that_a_question_does_not_take_is_refused_with_those_it_takes(folder: Path) -> None:
    (folder / "open.rq").write_text(OPEN, encoding="utf-8")
    with pytest.raises(UsageError, match="no value 'where'; it takes:\n  who: a name"):
        questions.find("open", folder).filled({"where": "Huế"})
    with pytest.raises(UsageError, match="it takes: none"):
        questions.find("bare", folder).filled({"where": "Huế"})


def test_everything_left_open_says_what_it_is() -> None:
    for question in questions.saved():
        assert question.text.count('{ "" }') == len(question.parameters), question.name


@pytest.mark.parametrize("question", questions.saved(), ids=lambda question: question.name)
def test_each_value_narrows_the_answer(question: questions.SavedQuestion, demo_graph: Path) -> None:
    def answered(text: str) -> int:
        found = kg.query(demo_graph, text)
        assert isinstance(found, Rows)
        return len(found)

    assert answered(question.text)
    for name in question.parameters:
        narrowed = question.filled({name: NOTHING.get(name, NO_NAME)})
        assert answered(narrowed) == 0, name
