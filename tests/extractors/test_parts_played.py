"""Vietnamese parts played: who only tells of something has no part in it, and "hai nước" are states."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Document, Extraction, Statement


def test_two_countries_are_states_whatever_places_were_named_last(told: Callable[[str, str], Statement]) -> None:
    text = "Thái Lan và Lào khánh thành cầu Phú Thịnh ở huyện Sanakham. Hai nước có kế hoạch xây một cây cầu ở Pak Lay."
    assert sorted(told(text, "ConstructionPlan").role("agent")) == ["Lào", "Thái Lan"]


@pytest.mark.parametrize("other", ["hiệp định tương tự với Cuba và Nga", "hiệp định khác với Mông Cổ và Belarus"])
def test_a_like_agreement_is_another_one_with_states_of_its_own(
    extract: Callable[[Document], Extraction], other: str
) -> None:
    text = (
        "Việt Nam và Lào ngày 8/7 ký Hiệp định Tương trợ Tư pháp tại Hà Nội. Hà Nội trước đó đã có "
        f"{other}. Hiệp định phải được quốc hội hai nước phê chuẩn."
    )
    found = extract(Document("a.txt", text, "vi", published="2025-07-09"))
    parties = {chain for s in found.statements for role, chains in s.roles if role == "party" for chain in chains}
    assert parties == {"Việt Nam", "Lào"}


def test_who_passes_on_has_no_part_where_somebody_else_has(told: Callable[[str, str], Statement]) -> None:
    text = "Thông tấn xã Philippines đưa tin Tổng thống Ferdinand Marcos Jr. đã bay tới Surigao ngày 22/1."
    found = told(text, "Travel")
    assert found.role("agent") == ("Ferdinand Marcos Jr.",)
    assert found.relayed_by == ("Thông tấn xã Philippines",)


def test_who_tells_its_own_deeds_keeps_its_part(told: Callable[[str, str], Statement]) -> None:
    found = told("Bộ Quốc phòng Pháp cho biết đã rút quân khỏi Niger.", "Deployment")
    assert "Bộ Quốc phòng Pháp" in {chain for _, chains in found.roles for chain in chains}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Mưa lũ làm 17 người thiệt mạng ở Nghệ An. Riêng huyện Kỳ Sơn có 9 người thiệt mạng.", 9),
        ("Lũ làm 3.000 người mất nhà cửa. Hơn 500 người khác mất nhà cửa vì lở đất.", 500),
    ],
)
def test_a_part_or_a_rest_of_those_counted_is_no_other_count(
    extract: Callable[[Document], Extraction], text: str, number: int
) -> None:
    found = extract(Document("a.txt", text, "vi")).statements
    counted = [int(s.quantity.stated) for s in found if s.type == "QuantityClaim" and s.quantity]
    assert counted
    assert number not in counted


def test_a_rest_of_which_nothing_was_counted_before_is_a_count(told: Callable[[str, str], Statement]) -> None:
    found = told("Vụ cháy khiến hơn 40 người khác bị thương.", "QuantityClaim")
    assert found.quantity
    assert found.quantity.stated == 40


def test_a_number_is_at_home_where_the_event_before_it_happened(extract: Callable[[Document], Extraction]) -> None:
    text = "Bão Higos đổ bộ Quảng Ngãi đêm 2/3 khiến 23 người thiệt mạng. Ngoài ra, 14 người vẫn mất tích."
    found = extract(Document("a.txt", text, "vi", published="2026-03-05")).statements
    assert {
        s.quantity.measure: s.role("atPlace") for s in found if s.type == "QuantityClaim" and s.quantity
    } == dict.fromkeys(("killed", "missing"), ("Quảng Ngãi",))


TIMED = [
    ("Sáng 2/3, Phó thủ tướng Lê Hoàng Nam kiểm tra hồ chứa và yêu cầu báo cáo trước ngày 9/3.", "Visit", "2026-03-02"),
    ("Nga và Ukraine hôm 2/3 trao đổi tù binh, đợt đầu tiên kể từ tháng 1.", "Release", "2026-03-02"),
]


@pytest.mark.parametrize(("text", "kind", "day"), TIMED)
def test_a_time_of_something_else_is_not_that_of_the_event(
    told: Callable[[str, str], Statement], text: str, kind: str, day: str
) -> None:
    found = told(text, kind)
    assert found.time
    assert found.time.edtf == day
