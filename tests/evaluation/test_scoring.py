"""What is right, wrong and missing, on one small article in our own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UnreadableError, UsageError
from kg.evaluation import Evaluation, evaluate, read_gold, read_records

TEXT = (
    "Bão Hạ Long làm 12 người ở Nam Xuyên thiệt mạng, theo Sở Y tế. "
    "Thị trưởng Đỗ Văn Khê gặp bà Ana Rossi tại Nam Xuyên hôm 4/10. Ông cảm ơn bà. (Ảnh: Hồ Sơn)"
)
Record = dict[str, Any]


def at(words: str, *, last: bool = False) -> Record:
    start = TEXT.rindex(words) if last else TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


ENTITIES = {
    "storm": "event",
    "town": "place",
    "office": "organization",
    "mayor": "person",
    "guest": "person",
    "photographer": "person",
}
GOLD: Record = {
    "doc": "bao.txt",
    "entities": [{"id": name, "type": kind} for name, kind in ENTITIES.items()],
    "mentions": [
        {**at("Bão Hạ Long"), "entity": "storm"},
        {**at("Nam Xuyên"), "entity": "town"},
        {**at("Sở Y tế"), "entity": "office"},
        {**at("Đỗ Văn Khê"), "entity": "mayor"},
        {**at("Ana Rossi"), "entity": "guest"},
        {**at("Nam Xuyên", last=True), "entity": "town"},
        {**at("Hồ Sơn"), "entity": "photographer", "credit": True},
    ],
    "nominals": [{**at("12 người"), "entities": ["dead"]}, {**at("Ông"), "entities": ["mayor"]}],
    "triggers": [
        {**at("thiệt mạng"), "event": "e1", "class": "Death"},
        {**at("gặp"), "event": "e2", "class": "Meeting"},
    ],
    "events": [
        {"id": "e1", "class": "Death", "victim": "dead", "place": "town", "quantity": "12", "source": "office"},
        {"id": "e2", "class": "Meeting", "participant": "mayor,guest", "place": "town", "time": "2025-10-04"},
    ],
}


def mention(words: str, entity: str | None, kind: str, *, last: bool = False, record: str = "mention") -> Record:
    return {"record": record, "source": "bao.txt", **at(words, last=last), "type": kind, "entity": entity}


def statement(kind: str, trigger: str, evidence: str = "", **rest: Any) -> Record:
    words = {"trigger": at(trigger), "evidence": at(evidence or trigger)}
    return {"record": "statement", "source": "bao.txt", "type": kind, **words, **rest}


NAMES = [
    mention("Bão Hạ Long", "s", "event"),
    mention("Nam Xuyên", "t", "place"),
    mention("Sở Y tế", "o", "organization"),
    mention("Đỗ Văn Khê", "m", "person"),
    mention("Ana Rossi", "g", "person"),
    mention("Nam Xuyên", "t", "place", last=True),
    mention("Hồ Sơn", "p", "person"),
    mention("12 người", "d", "group"),
    mention("Ông", "m", "person", record="reference"),
]
DEATH = statement(
    "QuantityClaim",
    "thiệt mạng",
    roles={"ofPopulation": ["d"], "atPlace": ["t"]},
    quantity={"stated": 12, "exactness": "exact", "measure": "killed"},
    attributed_to=["o"],
)
MEETING = statement(
    "Meeting", "gặp", roles={"initiator": ["m"], "attendee": ["g"], "atPlace": ["t"]}, time="2025-10-04"
)


def scored(place: Path, *records: Record, gold: Record = GOLD, **options: Any) -> Evaluation:
    (place / "gold").mkdir()
    (place / "gold" / "bao.json").write_text(json.dumps(gold), encoding="utf-8")
    lines = [{"record": "document", "source": "bao.txt"}, *records]
    (place / "records.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return evaluate(read_gold(place / "gold"), read_records(place / "records.jsonl"), **options)


def counts(result: Evaluation) -> Mapping[str, tuple[int | None, int | None, int | None]]:
    return {figure.key: (figure.right, figure.found, figure.gold) for figure in result.figures}


def test_everything_found_is_everything_right(tmp_path: Path) -> None:
    result = scored(tmp_path, *NAMES, DEATH, MEETING)
    assert result.misses == ()
    for figure in result.figures:
        assert {figure.precision, figure.recall} <= {1.0, None}, figure
    assert counts(result)["mentions.exact"] == (6, 6, 6)
    assert counts(result)["events"] == (2, 2, 2)
    assert counts(result)["events.arguments"] == (5, 5, 5)
    assert counts(result)["events.quantity"] == (1, None, 1)


def test_nothing_found_is_nothing_right(tmp_path: Path) -> None:
    result = scored(tmp_path)
    figures = {figure.key: figure for figure in result.figures}
    assert (figures["mentions.exact"].precision, figures["mentions.exact"].f1) == (0.0, 0.0)
    assert figures["events"].recall == 0.0
    assert figures["coreference"].f1 is None
    assert [miss.what for miss in result.misses] == ["name missed"] * 6 + ["event missed"] * 2


def test_the_longest_of_nested_names_counts_and_a_credit_does_not(tmp_path: Path) -> None:
    found = [mention("bà Ana Rossi", "g", "person"), mention("Rossi", "g", "person"), mention("Hồ Sơn", "p", "person")]
    result = scored(tmp_path, *found)
    assert counts(result)["mentions.exact"] == (0, 1, 6)
    assert counts(result)["mentions.overlapping"] == (1, 1, 6)
    assert ("name not annotated", "person") not in {(miss.what, miss.which) for miss in result.misses}


def test_a_wrong_type_is_a_name_of_whatever_type(tmp_path: Path) -> None:
    result = scored(tmp_path, mention("Ana Rossi", "g", "place"))
    assert counts(result)["mentions.overlapping"] == (0, 1, 6)
    assert counts(result)["mentions.untyped"] == (1, 1, 6)
    assert counts(result)["mentions.type.place"] == (0, 1, 2)


def test_two_things_taken_for_one_cost_precision_and_one_taken_for_two_costs_recall(tmp_path: Path) -> None:
    places = [mention("Nam Xuyên", "t", "place"), mention("Nam Xuyên", "x", "place", last=True)]
    people = [mention("Đỗ Văn Khê", "m", "person"), mention("Ana Rossi", "m", "person")]
    figures = {figure.key: figure for figure in scored(tmp_path, *places, *people).figures}
    assert (figures["coreference"].precision, figures["coreference"].recall) == (0.75, 0.75)


def test_an_event_of_another_class_is_one_of_whatever_class(tmp_path: Path) -> None:
    result = scored(tmp_path, *NAMES, {**MEETING, "type": "Visit"}, {**MEETING, "type": "Death"})
    assert counts(result)["events"] == (0, 1, 2)  # nobody annotated visits, so none is wrong
    assert counts(result)["events.untyped"] == (1, 1, 2)


def test_statements_of_one_class_on_one_trigger_are_one_event(tmp_path: Path) -> None:
    result = scored(tmp_path, *NAMES, DEATH, statement("Death", "thiệt mạng", roles={"victim": ["d"]}))
    assert counts(result)["events"] == (1, 1, 2)
    assert counts(result)["events.arguments"] == (2, 3, 5)


def test_a_number_claimed_on_the_same_words_is_the_events(tmp_path: Path) -> None:
    claim = {**DEATH, "trigger": None, "evidence": at("12 người ở Nam Xuyên thiệt mạng")}
    death = statement("Death", "thiệt mạng")
    result = scored(tmp_path, *NAMES, death, claim, {**claim, "quantity": {"stated": 13, "exactness": "exact"}})
    assert counts(result)["events"] == (1, 1, 2)
    assert counts(result)["events.quantity"] == (1, None, 1)
    assert counts(result)["events.attributed_to"] == (1, None, 1)


def test_a_statement_without_trigger_tells_no_event(tmp_path: Path) -> None:
    result = scored(tmp_path, *NAMES, {**MEETING, "trigger": None})
    assert counts(result)["events"] == (0, 0, 2)


def test_a_filler_in_the_wrong_role_is_a_filler_still(tmp_path: Path) -> None:
    result = scored(tmp_path, *NAMES, {**MEETING, "roles": {"atPlace": ["g", "t"]}, "time": "2025-10"})
    assert counts(result)["events.arguments"] == (1, 2, 5)
    assert counts(result)["events.fillers"] == (2, 2, 5)
    assert counts(result)["events.time"] == (0, None, 1)
    assert [miss.words for miss in result.misses if miss.what == "event's roles"] == [
        "want participant=mayor, participant=guest, place=town, got atPlace=guest, atPlace=town"
    ]


FACT = {
    "id": "f1",
    "type": "QuantityClaim",
    "roles": {"place": ["town"]},
    "quantity": {"stated": 12, "exactness": "exact"},
    "attributed_to": ["office"],
    "modality": "estimated",
    "evidence": at("12 người ở Nam Xuyên thiệt mạng"),
}


def test_facts_have_recall_only(tmp_path: Path) -> None:
    result = scored(tmp_path, *NAMES, DEATH, MEETING, gold={**GOLD, "facts": [FACT]})
    figures = {figure.key: figure for figure in result.figures}
    assert (figures["facts"].precision, figures["facts"].recall, figures["facts"].found) == (None, 1.0, 2)
    assert counts(result)["facts.attributed_to"] == (1, None, 1)
    (miss,) = result.misses
    assert (miss.what, miss.words) == ("fact's modality", "want estimated, got none")


@pytest.mark.parametrize(("source", "right"), [("~bệnh viện|sở", 1), ("~bệnh viện", 0)])
def test_a_source_may_be_described_by_words_of_its_label(tmp_path: Path, source: str, right: int) -> None:
    entity = {"record": "entity", "id": "o", "label": {"vi": "Sở Y tế"}, "aliases": []}
    gold = {**GOLD, "facts": [{**FACT, "attributed_to": [source]}]}
    assert counts(scored(tmp_path, *NAMES, DEATH, entity, gold=gold))["facts.attributed_to"] == (right, None, 1)


def test_links_are_right_wrong_or_forbidden(tmp_path: Path) -> None:
    items: dict[str, Record] = {
        "town": {"wikidata": "Q1"},
        "guest": {"wikidata": "NIL"},
        "mayor": {"wikidata": "Q2", "must_not_link": ["Q3"]},
    }
    gold = {**GOLD, "entities": [{**entity, **items.get(entity["id"], {})} for entity in GOLD["entities"]]}
    linked = [
        {"record": "entity", "id": name, "wikidata": item} for name, item in (("t", "Q1"), ("g", "Q9"), ("m", "Q3"))
    ]
    result = scored(tmp_path, *NAMES, *linked, gold={**gold, "events": None})
    assert counts(result)["links"] == (2, 3, 3)
    assert counts(result)["links.nil"] == (0, None, 1)
    assert counts(result)["links.look_alikes"] == (0, None, 1)
    assert [miss.words for miss in result.misses] == ["want Q2, got Q3", "want NIL, got Q9"]


def test_words_are_read_again_in_the_articles(tmp_path: Path) -> None:
    (tmp_path / "bao.txt").write_text(
        TEXT.replace("Ana Rossi", "Ana_Rossi").replace("Hồ Sơn", "Hồ Nam"), encoding="utf-8"
    )
    result = scored(tmp_path, *NAMES[:7], MEETING, texts=tmp_path)
    assert counts(result)["evidence.words"] == (7, 8, None)
    assert [miss.words for miss in result.misses if miss.what == "annotation misplaced"] == ["Hồ Sơn"]


@pytest.mark.parametrize(("content", "message"), [(None, "no such article"), (b"\xe9", "not UTF-8")])
def test_an_article_that_cannot_be_read_again_is_named(tmp_path: Path, content: bytes | None, message: str) -> None:
    if content:
        (tmp_path / "bao.txt").write_bytes(content)
    with pytest.raises(UnreadableError, match=message):
        scored(tmp_path, *NAMES, texts=tmp_path)


def test_annotations_of_other_articles_are_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of the annotated articles"):
        scored(tmp_path, gold={**GOLD, "doc": "khac.txt"})
