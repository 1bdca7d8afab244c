"""Each name tells why it has its type, and with which words."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest
from spacy.tokens import Doc

from kg.model import ReasonCode
from kg.nlp.names import NameFinder
from kg.nlp.reasons import told

Annotate = Callable[..., Doc]


def reasons(doc: Doc) -> list[tuple[str, str, tuple[str, ...]]]:
    """The names with their types and reasons, in order."""
    told = doc.user_data["reasons"]
    return [(span.text, span.label_, why) for span, why in zip(doc.spans["names"], told, strict=True)]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Nga và Ukraine trao đổi tù binh.", "Nga", "gazetteer: Nga (Q159)"),
        ("Ba người sống ở Bắc Kinh.", "Bắc Kinh", "left: sống ở"),
        ("Công ty TNHH Gỗ Minh Tâm phá sản.", "Công ty TNHH Gỗ Minh Tâm", "head: Công ty TNHH"),
        ("Lũ về xã Nậm Tin, huyện Nậm Pồ.", "Nậm Tin", "head: xã"),
        ("Chợ họp ở xã Nậm Tin.", "Nậm Tin", "head: xã"),
        ("Bà xem phim “Mùa len trâu”.", "Mùa len trâu", "head: phim"),
        ("Chiều qua, ông Wendell Aarts đến muộn.", "Wendell Aarts", "title: ông"),
        ("Bắt Hồ Quốc Bảo tại nhà.", "Hồ Quốc Bảo", "shape"),
        ("Trần Thị Hoa, 35 tuổi, bán rau.", "Trần Thị Hoa", "age: 35 tuổi"),
        ("Lumicore, hãng làm đèn, phá sản.", "Lumicore", "apposition: hãng"),
        ("Rồi Kx-35 cất cánh.", "Kx-35", "number"),
        ("Pháo rơi xuống Kharkiv, Zolonka và Verbivka.", "Verbivka", "list: Zolonka"),
        ("Ủy ban Cứu trợ Biển (UCB) quyên góp.", "UCB", "short form: Ủy ban Cứu trợ Biển"),
    ],
)
def test_a_name_tells_what_its_type_rests_on(annotate: Annotate, text: str, name: str, reason: str) -> None:
    told = {found: why for found, _, why in reasons(annotate(text))}
    assert reason in told[name]


def test_what_is_said_at_other_places_is_told_as_such(annotate: Annotate) -> None:
    (_, _, first), (_, kind, second) = reasons(annotate("Ông Wendell Aarts đến muộn. Rồi Aarts về."))
    assert "title: Ông" in first
    assert (kind, second) == ("person", ("short form: Wendell Aarts",))
    (_, _, there), (_, kind, here) = reasons(annotate("Rồi Zorvex về. Xe dừng tại Zorvex."))
    assert kind == "place"
    assert "elsewhere: left: tại" in there
    assert "left: tại" in here


def test_only_what_speaks_for_the_type_is_told(annotate: Annotate) -> None:
    """The words before the name speak for a place, the title for a person."""
    ((_, kind, why),) = reasons(annotate("Cô sống gần bà Nga."))
    assert kind == "person"
    assert not any(reason.startswith(("left", "gazetteer")) for reason in why)


def test_without_evidence_there_are_no_reasons(annotate: Annotate) -> None:
    assert reasons(annotate("Rồi Zorvex biến mất.")) == [("Zorvex", "untyped", ())]


def test_what_a_trained_choice_did_is_told(annotate: Annotate) -> None:
    (name,), _ = NameFinder("vi", revised=False).judge(annotate("Rồi Zorvex Hải biến mất."))
    name.type, name.chosen, name.moved = "organization", (0.974, "untyped"), (name.start, name.start + 1)
    assert told(name, "") == ("model: 0.97 (untyped)", "moved: Zorvex")


def test_the_codes_are_those_of_the_model(annotate: Annotate) -> None:
    text = (
        "Đại tá Lê Văn Tám, giám đốc Sở Y tế Hà Nội, đến USS Winston. Y Tý (Lào Cai) mưa. Vexnor Airways bay tới Oslo."
    )
    codes = {reason.partition(": ")[0] for _, _, why in reasons(annotate(text)) for reason in why}
    assert len(codes) > 3
    assert codes <= set(get_args(ReasonCode))
