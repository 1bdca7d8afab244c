"""Names of one thing in one article are one chain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Annotate = Callable[..., Doc]


def chains(doc: Doc) -> dict[str, str]:
    return {span.text: span.id_ for span in doc.spans["names"]}


CASES = [
    ("a surname", "Tổng thống Jorge Matos đến. Matos cười.", {"Jorge Matos": "Jorge Matos", "Matos": "Jorge Matos"}),
    ("a given name", "Bà Lò Thị Mơ kể. Bà Mơ khóc.", {"Lò Thị Mơ": "Lò Thị Mơ", "Mơ": "Lò Thị Mơ"}),
    (
        "a given name that begins a sentence",
        "Chủ kho là ông Phan Văn Hải. Hải bị khởi tố hôm 10/2.",
        {"Phan Văn Hải": "Phan Văn Hải", "Hải": "Phan Văn Hải"},
    ),
    (
        "an everyday word that begins a sentence",
        "Chủ kho là bà Phan Thị Hoa. Hoa quả héo dần.",
        {"Phan Thị Hoa": "Phan Thị Hoa"},
    ),
    (
        "a hyphen",
        "Ông Choi Min-jun nói. Choi Min Jun đi.",
        {"Choi Min-jun": "Choi Min-jun", "Choi Min Jun": "Choi Min-jun"},
    ),
    (
        "a transliteration",
        "Đại sứ Aleksandr Volkonsky đến. Đại sứ Alexandr Volkonsky về.",
        {"Aleksandr Volkonsky": "Aleksandr Volkonsky", "Alexandr Volkonsky": "Aleksandr Volkonsky"},
    ),
    (
        "letters in brackets",
        "Ủy ban Cứu trợ Biển (UCB) họp. UCB kêu gọi.",
        {"Ủy ban Cứu trợ Biển": "Ủy ban Cứu trợ Biển", "UCB": "Ủy ban Cứu trợ Biển"},
    ),
    (
        "the name without its head noun",
        "Công ty Gỗ Minh Tâm phá sản. Cổ phiếu Gỗ Minh Tâm mất giá.",
        {"Công ty Gỗ Minh Tâm": "Công ty Gỗ Minh Tâm", "Gỗ Minh Tâm": "Công ty Gỗ Minh Tâm"},
    ),
    (
        "words of a longer name",
        "Khánh thành Nhà tưởng niệm Chiến công Biên giới. Bảo tàng Chiến công Biên giới đón khách.",
        {
            "Nhà tưởng niệm Chiến công Biên giới": "Nhà tưởng niệm Chiến công Biên giới",
            "Bảo tàng Chiến công Biên giới": "Nhà tưởng niệm Chiến công Biên giới",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_joins(annotate: Annotate, text: str, expected: dict[str, str]) -> None:
    assert chains(annotate(text)) == expected


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Ông Lê Văn Hùng và ông Lê Văn Hưng đến.", "Lê Văn Hùng", "Lê Văn Hưng"),
        ("Bệnh viện Việt Mỹ 1 và Bệnh viện Việt Mỹ 2 mở cửa.", "Bệnh viện Việt Mỹ 1", "Bệnh viện Việt Mỹ 2"),
        ("Bộ Quốc phòng Lào và Bộ Quốc phòng Nga ký.", "Bộ Quốc phòng Lào", "Bộ Quốc phòng Nga"),
        (
            "Công an tỉnh Huế họp. Liên đoàn Lao động tỉnh Huế cũng họp.",
            "Công an tỉnh Huế",
            "Liên đoàn Lao động tỉnh Huế",
        ),
    ],
)
def test_keeps_apart(annotate: Annotate, text: str, one: str, other: str) -> None:
    found = chains(annotate(text))
    assert found[one] != found[other]


def test_a_person_and_a_country_of_one_name_are_two(annotate: Annotate) -> None:
    doc = annotate("Bà Nga sống ở nước Nga.")
    assert len({span.id_ for span in doc.spans["names"]}) == 2


def test_an_army_has_one_key_however_it_is_called(annotate: Annotate) -> None:
    doc = annotate("Lực lượng Phòng vệ Israel và quân đội Israel là một.")
    keys = {span.kb_id_ for span in doc.spans["names"] if span.label_ == "organization"}
    assert len(keys) == 1


def test_a_body_of_a_country_has_a_key_even_if_nobody_listed_it(annotate: Annotate) -> None:
    doc = annotate("Hải quân Lào tập trận.")
    assert [s.kb_id_ for s in doc.spans["names"]] == ["Q819-navy", "Q819"]


@pytest.mark.parametrize(("text", "key"), [("vùng Smolensk", "Q2347"), ("thành phố Smolensk", "Q2337")])
def test_the_class_word_tells_region_from_city(annotate: Annotate, text: str, key: str) -> None:
    doc = annotate(f"Họ đến {text} của Nga.")
    assert doc.spans["names"][0].kb_id_ == key


def test_media_are_known(annotate: Annotate) -> None:
    doc = annotate("Theo Reuters, Lào mở cửa.")
    assert doc.user_data["media"] == {"Reuters": True, "Lào": False}
