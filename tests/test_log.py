"""What is written to the record log reads back the same, in one order."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import log
from kg.errors import StoreError
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Judgement,
    Link,
    Mention,
    Quantity,
    Question,
    Resolution,
    Span,
    Statement,
    Time,
)

TEXT = "Hôm 3/5, ông A gặp bà B.\nKhoảng 1,50 triệu người dự."
DOCUMENT = Document(
    "a.txt", TEXT, "vi", published="2025-05-04", published_from="header", raw_sha256="0" * 64, body_start=3
)
OTHER = Document("b.txt", "Bài khác.", "vi")
NUMBER = Quantity(Decimal("1500000.50"), "approximate", Decimal("1.35E+6"), None, "person", "participants")
MENTIONS = (
    Mention(DOCUMENT.id, DOCUMENT.span(13, 14), "person", "A", confidence=0.5, extractor="names", reasons=("shape",)),
    Mention(DOCUMENT.id, DOCUMENT.span(0, 3), "untyped", "Hôm", form="nominal", credit=True),
)
STATEMENTS = (
    Statement(
        DOCUMENT.id,
        "Meeting",
        DOCUMENT.span(0, 24),
        roles=(("attendee", ("A", "B")), ("atPlace", ())),
        time=Time("2025-05-03", "2025-05-03T00:00:00", "2025-05-03T23:59:59"),
        position="ông",
    ),
    Statement(
        DOCUMENT.id, "QuantityClaim", DOCUMENT.span(25, 52), quantity=NUMBER, attributed_to=("A",), modality="estimated"
    ),
)
EXTRACTIONS = (
    Extraction(DOCUMENT, MENTIONS[::-1], STATEMENTS, rejected=("a reason",)),
    Extraction(OTHER),
)
RESOLUTION = Resolution(
    entities=(Entity("a", "person", (("en", "A"), ("vi", "Ông A")), (("vi", "AA"),), ((DOCUMENT.id, "A"),), "Person"),),
    judgements=(Judgement(("A", "AA"), ("a",), "same", 0.9, ("an article uses both names",)),),
    events=(Event("e", "Meeting", (("attendee", ("a",)),), Time("2025-05")),),
    questions=(Question("q", "participants", population="a", event="e"),),
    claims=(
        Claim(
            "c",
            "QuantityClaim",
            "q",
            quantity=NUMBER,
            said=Time("2025"),
            evidence=((DOCUMENT.id, DOCUMENT.span(0, 3)),),
        ),
    ),
    links=(Link("a", "Q1", 0.9, ("label",), "Q2"),),
    competing=(("c", "d"), ("c", "e")),
    corroborating=(("x", "y"),),
)


def written(path: Path, extractions: Sequence[Extraction] = EXTRACTIONS, resolution: Resolution = RESOLUTION) -> Path:
    log.write(path, log.lines(extractions, resolution))
    return path


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    extractions, resolution = log.load(written(tmp_path / "records.db"))
    assert [extraction.document for extraction in extractions] == [DOCUMENT, OTHER]
    assert set(extractions[0].mentions) == set(MENTIONS)
    assert extractions[0].statements == STATEMENTS
    assert extractions[0].rejected == ("a reason",)
    assert resolution == RESOLUTION


def test_ids_stay_the_same(tmp_path: Path) -> None:
    extractions, _ = log.load(written(tmp_path / "records.db"))
    assert [statement.id for statement in extractions[0].statements] == [statement.id for statement in STATEMENTS]
    quantity = extractions[0].statements[1].quantity
    assert quantity is not None
    assert str(quantity.lower) == "1.35E+6"


def test_the_order_of_articles_makes_no_difference(tmp_path: Path) -> None:
    first = written(tmp_path / "1").read_bytes()
    assert written(tmp_path / "2", random.sample(EXTRACTIONS, 2)).read_bytes() == first
    assert written(tmp_path / "3", EXTRACTIONS[::-1]).read_bytes() == first


def test_each_line_says_what_it_is(tmp_path: Path) -> None:
    kinds = [line["record"] for line in log.read_lines(written(tmp_path / "records.db"))]
    assert kinds == [
        *("document", "mention", "mention", "statement", "statement", "rejected", "denotes", "document"),
        *("entity", "event", "question", "claim", "link", "judgement", "competing", "competing", "corroborating"),
    ]


def test_some_lines_are_replaced_and_the_others_stay(tmp_path: Path) -> None:
    path = written(tmp_path / "records.db")
    renamed = replace(RESOLUTION.entities[0], subtype="Politician")
    log.update(path, [log.line(renamed), *log.article_lines(EXTRACTIONS[0], {}, ())], [log.line(RESOLUTION.events[0])])
    extractions, resolution = log.load(path)
    assert [extraction.document for extraction in extractions] == [DOCUMENT, OTHER]
    assert resolution == replace(RESOLUTION, entities=(replace(renamed, members=()),), events=())
    assert log.extraction(path, OTHER.source, OTHER.id) == extractions[1]
    assert log.extraction(path, "none", OTHER.id) is None


@given(st.text(min_size=1), st.decimals(allow_nan=False, allow_infinity=False))
def test_any_text_and_any_number_come_back(text: str, number: Decimal) -> None:
    statement = Statement("d", "QuantityClaim", Span(0, len(text), text), quantity=Quantity(number))
    if "\ud800" <= max(text) <= "\udfff":
        return
    (line,) = [
        line for line in log.lines([Extraction(OTHER, (), (statement,))], Resolution()) if line["record"] == "statement"
    ]
    assert log.restore(json.loads(log.encode(line))) == statement


def test_lines_of_one_kind_are_read_without_the_others(tmp_path: Path) -> None:
    path = written(tmp_path / "records.db", [Extraction(Document("c.txt", '"record":"mention"', "vi")), *EXTRACTIONS])
    assert [line["record"] for line in log.read_lines(path, "mention")] == ["mention", "mention"]
    assert [line["record"] for line in log.read_lines(path, "link", "entity")] == ["entity", "link"]


def test_damage_and_absence_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"):
        log.load(tmp_path / "records.db")
    path = written(tmp_path / "records.db")
    path.write_bytes(path.read_bytes()[:100] + bytes(1000))
    with pytest.raises(StoreError, match=r"records\.db is damaged"):
        log.load(path)
