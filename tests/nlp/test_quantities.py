from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.model import Quantity
from kg.nlp.quantities import QuantityMatch, find_quantities
from kg.rdf import wording

WORDS = [
    "một", "hai", "năm", "mười", "lăm", "mươi", "tư", "trăm", "linh", "nghìn", "triệu", "tỷ", "rưỡi", "nửa", "chục", "vài", "hàng",
    "khoảng", "gần", "hơn", "trên", "ít nhất", "từ", "đến", "-", ",", ".", "15.000", "1,5", "12", "2024", "3/4", "%", "ha", "km", "đồng",
    "người", "quả", "trở lên", "thứ", "quận", "số", "Trung đoàn", "ngày", "phần", "$", "F-16", "và",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def only(text: str) -> QuantityMatch:
    (match,) = find_quantities(text, language="vi")
    return match


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("15.000 người", "15000"),
        ("1,5 triệu người", "1500000"),
        ("1.250,75 ha", "1250.75"),
        ("3.5 triệu người", "3500000"),
        ("mười lăm nghìn người", "15000"),
        ("hai mươi mốt con", "21"),
        ("hai trăm linh năm con", "205"),
        ("một trăm hai mươi ba nghìn bốn trăm con", "123400"),
        ("một triệu rưỡi người", "1500000"),
        ("nửa triệu người", "500000"),
        ("hai chục người", "20"),
        ("ba vạn quân", "30000"),
        ("2 triệu 300 nghìn đồng", "2300000"),
        ("10 nghìn tỷ đồng", "10000000000000"),
        ("22.000 tỷ đồng", "22000000000000"),
        ("3,4 tỷ USD", "3400000000"),
        ("$5 triệu", "5000000"),
        ("năm người", "5"),
    ],
)
def test_numbers(text: str, stated: str) -> None:
    assert only(f"Cả thảy có {text}.").quantity.stated == Decimal(stated)


@pytest.mark.parametrize(
    ("text", "exactness", "lower", "upper"),
    [
        ("600 người", "exact", 600, 600),
        ("khoảng 600 người", "approximate", 540, 660),
        ("chừng 600 người", "approximate", 540, 660),
        ("xấp xỉ 600 người", "approximate", 540, 660),
        ("gần 600 người", "less_than", 540, 600),
        ("hơn 600 người", "more_than", 600, None),
        ("trên 600 người", "more_than", 600, None),
        ("ít nhất 600 người", "more_than", 600, None),
        ("không dưới 600 người", "more_than", 600, None),
        ("600 người trở lên", "more_than", 600, None),
        ("dưới 600 người", "less_than", None, 600),
        ("tối đa 600 người", "less_than", None, 600),
        ("600 người trở xuống", "less_than", None, 600),
        ("600-700 người", "approximate", 600, 700),
        ("từ 600 đến 700 người", "approximate", 600, 700),
        ("hàng trăm người", "more_than", 100, None),
        ("hơn chục người", "more_than", 10, None),
        ("vài chục người", "approximate", 20, 90),
    ],
)
def test_exactness_and_interval(text: str, exactness: str, lower: int | None, upper: int | None) -> None:
    quantity = only(f"Có {text} dự lễ.").quantity
    assert quantity.exactness == exactness
    assert quantity.lower == (None if lower is None else Decimal(lower))
    assert quantity.upper == (None if upper is None else Decimal(upper))


def test_a_range_states_its_lower_end() -> None:
    assert only("Nước dâng 3-5 mét.").quantity == Quantity(Decimal(3), "approximate", Decimal(3), Decimal(5), "metre")


def test_a_scale_after_a_range_is_for_both_ends() -> None:
    quantity = only("Mỗi hộ nhận 3-5 triệu đồng.").quantity
    assert (quantity.lower, quantity.upper) == (Decimal(3_000_000), Decimal(5_000_000))


@pytest.mark.parametrize(
    ("text", "unit", "unit_text"),
    [
        ("gần 42.400 ha", "hectare", "ha"),
        ("12%", "percent", "%"),
        ("12 phần trăm", "percent", "phần trăm"),
        ("30km", "kilometre", "km"),
        ("20 km2", "square_kilometre", "km2"),
        ("20 phút", "minute", "phút"),
        ("85.000 đồng", "VND", "đồng"),
        ("3 triệu đôla Mỹ", "USD", "đôla Mỹ"),
        ("4.000 binh sĩ", "person", "binh sĩ"),
        ("1,5 triệu quả mìn", None, "quả"),
        ("12", None, ""),
    ],
)
def test_unit(text: str, unit: str | None, unit_text: str) -> None:
    found = only(f"Con số là {text}.")
    assert (found.quantity.unit, found.unit_text) == (unit, unit_text)


def test_span_covers_modifier_and_number_but_no_unit() -> None:
    text = "Dân quân dọn gần 42.400 ha rừng."
    found = only(text)
    assert found.text == text[found.start : found.end] == "gần 42.400"
    assert text[found.number_start : found.end] == "42.400"


def test_no_interval_ends_at_nothing() -> None:
    assert [match.text for match in find_quantities("Giá từ 3-0 triệu đồng.", language="vi")] == []


def test_enumeration_counts_with_one() -> None:
    found = find_quantities("Xe chở hai nhà báo và một tài xế.", language="vi")
    assert [match.quantity.stated for match in found] == [2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Ông về thứ 3, bà về thứ hai.", "Đây là lần thứ hai.", "Nhà ở quận 3.", "Xe số 5 dừng lại.", "Trung đoàn 921 về đích.",
        "Lữ đoàn Pháo binh 921 về đích.", "Súng QBZ-95 bị thu.", "Đội nhà thắng 2-1.", "Gọi 0912345678.", "Ông sinh năm 1994.",
        "Ngày 3/4 trời mưa.", "Họ gặp nhau lúc 5h30.", "Hai bên gặp nhau.", "Chuyến bay chở Boeing 737 mới.", "Nghị định 100/2019/NĐ-CP có hiệu lực.",
        "Một phần ba số hộ có điện.", "Một người đàn ông kể lại.", "Ông Năm và bà Ba ở nhà.", "Luật có hiệu lực từ 1/7.", "1. Mở đầu", "",
        "Mỗi năm một khác.", "Nhiệm kỳ 2021-2026.",
    ],
)  # fmt: skip
def test_silent(text: str) -> None:
    assert find_quantities(text, language="vi") == []


def test_what_is_taken_is_left_out() -> None:
    text = "Có 12 người và 13 xe."
    assert [match.text for match in find_quantities(text, language="vi", taken=[(3, 5)])] == ["13"]


def test_a_language_without_numbers_has_no_quantities() -> None:
    assert find_quantities("600 men", language="xx") == []


@given(st.integers(10, 10**13) | st.decimals("1.1", "99999999", places=2))
def test_numbers_read_as_they_are_written(number: int | Decimal) -> None:
    value = Decimal(number)
    assume(not 1900 <= value < 2100)
    assert only(f"Tổng cộng có khoảng {wording.number(value, 'vi')} cái.").quantity.stated == value


@given(SENTENCES | st.text(max_size=60))
def test_spans_reread_and_intervals_are_sound(text: str) -> None:
    end = 0
    for match in find_quantities(text, language="vi"):
        assert end <= match.start <= match.number_start < match.end
        assert text[match.start : match.end] == match.text
        end = match.end
        lower, upper = match.quantity.lower, match.quantity.upper
        assert lower is not None or upper is not None
        assert lower is None or upper is None or lower <= upper


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "5 người " + "a" * 100_000,
        "1.000." * 20_000,
        "1,5 triệu " * 10_000,
        "hai mươi " * 10_000,
        "- " * 50_000,
        "một và " * 10_000,
    ],
    ids=["digits", "letters", "points", "scales", "words", "dashes", "ones"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    find_quantities(text, language="vi")
    assert time.perf_counter() - started < 5
