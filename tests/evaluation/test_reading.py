"""Annotations are read with care: what is wrong is told with file and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UnreadableError, UsageError
from kg.evaluation import AnnotationError, read_gold, read_records
from kg.evaluation.values import Number

TEXT = "Bà Lê Thu Hà điện đàm với ông Ivo Petrov hôm 2/5."


def annotated(**changes: Any) -> dict[str, Any]:
    """The annotations of an article in our own words, with some fields changed."""
    return {
        "doc": "dien-dam.txt",
        "entities": [{"id": "a#1", "type": "person"}, {"id": "a#2", "type": "person", "wikidata": "NIL"}],
        "mentions": [
            {"start": 3, "end": 12, "text": "Lê Thu Hà", "entity": "a#1"},
            {"start": 30, "end": 40, "text": "Ivo Petrov", "entity": "a#2"},
        ],
        "facts": None,
        "nominals": [{"start": 0, "end": 2, "entities": ["7"]}, {"start": 26, "end": 29, "entities": ["1", "2"]}],
        "triggers": [{"start": 13, "end": 21, "text": "điện đàm", "event": "e1", "class": "PhoneCall"}],
        "events": [{"id": "e1", "class": "PhoneCall", "participant": "1,2", "time": "2025-05-02", "quantity": "2~"}],
        **changes,
    }


def folder(place: Path, *files: dict[str, Any] | str) -> Path:
    for number, content in enumerate(files):
        text = content if isinstance(content, str) else json.dumps(content)
        (place / f"{number}.json").write_text(text, encoding="utf-8")
    return place


def test_an_article_comes_with_everything_that_is_annotated(tmp_path: Path) -> None:
    (article,) = read_gold(folder(tmp_path, annotated()))
    assert [TEXT[m.place.start : m.place.end] for m in article.mentions] == ["Lê Thu Hà", "Ivo Petrov"]
    assert [mention.type for mention in article.mentions] == ["person", "person"]
    assert [reference.entity for reference in article.references] == ["7"]
    assert article.events is not None
    (event,) = article.events
    assert (event.type, event.roles, event.time) == ("PhoneCall", (("participant", ("1", "2")),), "2025-05-02")
    assert event.number == Number(2, "approximate")


def test_without_events_nobody_asks_for_them(tmp_path: Path) -> None:
    (article,) = read_gold(folder(tmp_path, annotated(events=None)))
    assert article.events is None


@pytest.mark.parametrize(
    ("quantity", "number"),
    [
        ("600", Number(600)),
        ("600>", Number(600, "more_than")),
        ("1.5<", Number(1.5, "less_than")),
        ("540..660", Number(None, lower=540, upper=660)),
        (12, Number(12)),
    ],
)
def test_shorthand_for_numbers(tmp_path: Path, quantity: Any, number: Number) -> None:
    event = {"id": "e1", "class": "PhoneCall", "quantity": quantity}
    (article,) = read_gold(folder(tmp_path, annotated(events=[event])))
    assert article.events is not None
    assert article.events[0].number == number


def event(**changes: Any) -> dict[str, Any]:
    return {"events": [{"id": "e1", "class": "PhoneCall", **changes}]}


def fact(**changes: Any) -> dict[str, Any]:
    return {"facts": [{"id": "f1", "type": "PhoneCall", "evidence": {"start": 0, "end": 5}, **changes}]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"doc": None}, "doc is missing; it must be a text"),
        ({"mentions": {}}, "mentions is {}; it must be a list"),
        ({"mentions": ["x"]}, 'mentions[0] is "x"; it must be an object'),
        ({"mentions": [{"start": 3, "end": 3, "entity": "a#1"}]}, "mentions[0].end is 3; it must be above start"),
        ({"mentions": [{"start": -1, "end": 3, "entity": "a#1"}]}, "mentions[0].start is -1"),
        ({"mentions": [{"start": True, "end": 3, "entity": "a#1"}]}, "mentions[0].start is true"),
        ({"mentions": [{"start": 0, "end": 3, "entity": "b"}]}, "one of the file's entities"),
        ({"entities": [{"id": "a#1", "type": "human"}]}, 'entities[0].type is "human"; it must be one of award'),
        (fact(roles={"participant": ["b"]}), "facts[0].roles.participant[0]"),
        (fact(roles=["a#1"]), "facts[0].roles is"),
        (fact(attributed_to=["~đại biểu", "b"]), "facts[0].attributed_to[1]"),
        (fact(quantity={"stated": "ten"}), 'facts[0].quantity.stated is "ten"; it must be a number'),
        (event(caller="1"), 'events[0].caller is "1"; it must be left out: caller is no role'),
        (event(participant="9"), "events[0].participant"),
        (event(quantity="many"), "events[0].quantity"),
        ({"events": [{"id": "e2", "class": "PhoneCall"}]}, "triggers[0].event"),
        (event(**{"class": "Meeting"}), "that of its trigger, PhoneCall"),
        ({"triggers": []}, 'events[0].id is "e1"; it must be the event of one of the file\'s triggers'),
    ],
)
def test_what_is_wrong_is_told_with_file_and_field(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(AnnotationError) as caught:
        read_gold(folder(tmp_path, annotated(**changes)))
    assert str(caught.value).startswith(f"{tmp_path / '0.json'}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(("text", "message"), [("{", "not JSON"), ("[]", "must be an object")])
def test_a_file_must_hold_an_object(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(AnnotationError, match=message):
        read_gold(folder(tmp_path, text))


def test_a_file_must_be_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"doc": "\xe9"}')
    with pytest.raises(AnnotationError, match="save it as UTF-8"):
        read_gold(tmp_path)


def test_an_article_is_annotated_once(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="remove one of them"):
        read_gold(folder(tmp_path, annotated(), annotated()))


def test_there_must_be_annotations(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no annotations here"):
        read_gold(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        read_gold(tmp_path / "none")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"record": "mention", "source": "a.txt", "start": 1}', "end is missing"),
        ('{"record": "statement", "source": "a.txt"}', "type is missing"),
        ("mention", "not JSON"),
        ("\udce9", "not UTF-8"),
    ],
)
def test_a_wrong_record_is_told_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b'{"record": "rumour"}\n\n' + line.encode(errors="surrogateescape"))
    with pytest.raises(AnnotationError) as caught:
        read_records(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert message in str(caught.value)
