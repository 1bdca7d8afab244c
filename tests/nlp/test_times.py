from __future__ import annotations

import time
import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import edtf
from kg.nlp import time_reader
from kg.nlp.times import TimeMatch, find_times, scan_times

PUBLISHED = date(2025, 12, 18)  # a Thursday
WORDS = [
    "từ", "kể", "đến", "tới", "hồi", "hôm", "ngày", "sáng", "chiều", "tối", "đêm", "rạng", "qua", "nay", "mai", "kia",
    "tháng", "năm", "quý", "tuần", "trước", "sau", "này", "ngoái", "thứ", "hai", "ba", "tư", "bảy", "chủ", "nhật",
    "cùng", "đầu", "giữa", "cuối", "nửa", "một", "mười", "vài", "khoảng", "gần", "lúc", "giờ", "h", "phút", "tiếng",
    "rưỡi", "3", "12", "31", "24", "5/4", "17/12", "1/3", "2024", "12/8/2024", "2019-2023", "-", ",", ".", ";", "và",
    "Tết", "mùng", "Giáng", "sinh", "thập", "niên", "thế", "kỷ", "1990", "XX", "IV", "sẽ", "đã", "Hà", "Nội", "7h30",
    "14:05",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
REFERENCES = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


def only(text: str, reference: date | None = PUBLISHED) -> TimeMatch:
    (match,) = find_times(text, language="vi", reference=reference)
    return match


def value(text: str, reference: date | None = PUBLISHED) -> str:
    return only(text, reference).time.edtf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cuộc họp diễn ra hôm 17/12.", "2025-12-17"),
        ("Lễ khánh thành hôm nay có mưa.", "2025-12-18"),
        ("Ông phát biểu sáng nay.", "2025-12-18"),
        ("Tàu cập cảng tối qua.", "2025-12-17"),
        ("Đoàn về nước ngày mai.", "2025-12-19"),
        ("Anh trở về hai ngày trước.", "2025-12-16"),
        ("Họ gặp nhau hôm thứ hai.", "2025-12-15"),
        ("Họ gặp nhau hôm thứ Năm.", "2025-12-18"),
        ("Họ gặp nhau chủ nhật tuần trước.", "2025-12-14"),
        ("Họ sẽ gặp nhau thứ Hai tuần tới.", "2025-12-22"),
        ("Họ đến thăm tuần trước.", "2025-12-08/2025-12-14"),
        ("Họ đến thăm tuần này.", "2025-12-15/2025-12-21"),
        ("Chợ đông cuối tuần này.", "2025-12-20/2025-12-21"),
        ("Giá tăng trong tháng trước.", "2025-11"),
        ("Bến mở lại hồi tháng 4.", "2025-04"),
        ("Bến mở lại vào tháng 12.", "2025-12"),
        ("Vở kịch ra mắt tháng 8 năm ngoái.", "2024-08"),
        ("Sản lượng giảm trong năm ngoái.", "2024"),
        ("Cầu khởi công một năm trước.", "2024-12~"),
        ("Cầu khởi công cách đây 10 năm.", "2015~"),
        ("Vườn mở cửa đầu tháng 3.", "2025-03~"),
        ("Ông nghỉ hưu cuối năm 2023.", "2023-12~"),
        ("Doanh thu quý 2/2024 giảm.", "2024-04/2024-06"),
        ("Mưa kéo dài từ ngày 3 đến 5/4.", "2025-04-03/2025-04-05"),
        ("Chợ nghỉ từ ngày 28/12 đến 3/1.", "2025-12-28/2026-01-03"),
        ("Đường đóng từ tháng 10 đến tháng 3/2024.", "2023-10/2024-03"),
        ("Mưa giảm từ 2019 đến 2023.", "2019/2023"),
        ("Tàu chìm đêm 12 rạng sáng 13/3.", "2025-03-12/2025-03-13"),
        ("Còi vang lên lúc 2 giờ chiều 3/4.", "2025-04-03T14:00"),
        ("Còi vang lên lúc 8 giờ 15 phút ngày 3/4.", "2025-04-03T08:15"),
        ("Còi vang lên khoảng 22h ngày 3/4.", "2025-04-03T22:00~"),
        ("Phim quay trong thập niên 1990.", "199X"),
        ("Chùa dựng ở thế kỷ XVI.", "15XX"),
        ("Kể từ tháng 10 năm ngoái, giá gạo tăng.", "2024-10/.."),
        ("Bến đóng cửa từ đầu năm.", "2025-01~/.."),
    ],
)
def test_dated_text(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Họ điện đàm ngày 12/8.", "XXXX-08-12"),
        ("Bến mở lại hồi tháng 4.", "XXXX-04"),
        ("Vở kịch ra mắt tháng 8 năm ngoái.", "XXXX-08"),
        ("Kể từ tháng 10 năm ngoái, giá gạo tăng.", "XXXX-10/.."),
        ("Mưa kéo dài từ ngày 3 đến 5/4.", "XXXX-04-03/XXXX-04-05"),
        ("Hiệp định ký ngày 12/8/2019.", "2019-08-12"),
        ("Doanh thu quý I giảm.", "XXXX-01/XXXX-03"),
    ],
)
def test_undated_text_leaves_the_year_open(text: str, expected: str) -> None:
    found = only(text, None)
    assert found.time.edtf == expected
    assert not expected.startswith("XXXX") or (found.time.earliest, found.time.latest) == (None, None)


@pytest.mark.parametrize(
    "text", ["tuần trước", "hôm qua", "sáng nay", "một năm trước", "hôm thứ Ba", "năm ngoái", "tháng này"]
)
def test_undated_text_leaves_out_what_is_counted_from_its_day(text: str) -> None:
    scanned = scan_times(f"Họ gặp nhau {text}.", language="vi", reference=None)
    assert not scanned.matches
    assert scanned.dated == [(12, 12 + len(text))]


def test_bounds_go_with_the_value() -> None:
    found = only("Bến mở lại hồi tháng 4.").time
    assert (found.earliest, found.latest) == ("2025-04-01T00:00:00", "2025-04-30T23:59:59")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lễ hội mở ngày 23/10.", "2025-10-23"),
        ("Lễ hội mở ngày 25/12.", "2025-12-25"),  # a week ahead, not a year ago
        ("Lễ hội mở ngày 25/2.", "2025-02-25"),
        ("Lễ hội sẽ mở ngày 25/2.", "2026-02-25"),
        ("Lễ hội đã mở hồi ngày 25/12.", "2024-12-25"),
        ("Lễ hội mở hôm 25/12.", "2024-12-25"),
        ("Theo bản án sẽ công bố, vụ cướp xảy ra ngày 2/12.", "2025-12-02"),
        ("Lễ hội sẽ mở tháng 3 tới.", "2026-03"),
        ("Đường đóng đến 1/7.", "2026-07-01"),
    ],
)
def test_year_of_a_day_without_one(text: str, expected: str) -> None:
    assert value(text) == expected


def test_a_leap_day_takes_a_leap_year() -> None:
    assert value("Anh sinh ngày 29/2.") == "2024-02-29"


def test_the_last_day_named_is_remembered() -> None:
    text = "Ngày 4/2, lửa bùng lên lúc 8h30. Tối cùng ngày, mưa đổ. Sáng hôm sau, đường thông. Ba ngày sau, chợ mở."
    found = [match.time.edtf for match in find_times(text, language="vi", reference=PUBLISHED)]
    assert found == ["2025-02-04", "2025-02-04T08:30", "2025-02-04", "2025-02-05", "2025-02-08"]


def test_a_clock_time_alone_has_no_day() -> None:
    found = only("Cửa mở lúc 14 giờ.").time
    assert (found.edtf, found.earliest, found.latest) == ("XXXX-XX-XXT14:00", None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kể từ tháng 10 năm ngoái, giá tăng.", "tháng 10 năm ngoái"),
        ("Hồi tháng 4, giá tăng.", "tháng 4"),
        ("Vào lúc 5h30 sáng 16/10, còi vang.", "5h30 sáng 16/10"),
        ("Ông đến sáng ngày 3/4 bằng tàu.", "sáng ngày 3/4"),
        ("Ông đến hôm\u00a017/12 bằng tàu.", "hôm\u00a017/12"),
    ],
)
def test_spans(text: str, words: str) -> None:
    assert only(text).text == words


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Họ tìm suốt ba ngày.", "duration", "P3D"),
        ("Phiên tòa kéo dài hai tiếng rưỡi.", "duration", "PT150M"),
        ("Bị cáo lĩnh 4 năm 6 tháng tù.", "duration", "P4Y6M"),
        ("Ông làm chủ tịch gần bốn thập niên.", "duration", "P40Y"),
        ("Họ tìm hôm 3/4.", "date", "2025-04-03"),
        ("Họ tìm trong quý 1/2024.", "interval", "2024-01/2024-03"),
    ],
)
def test_kinds(text: str, kind: str, expected: str) -> None:
    found = only(text)
    assert (found.kind, found.time.edtf) == (kind, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Đội nhà thua với tỷ số 2/1.", "Khoảng 1/3 dân số là người cao tuổi.", "Tiệm phở mở cửa 24/7.", "Có 9/10 người đồng ý.",
        "Xe đi trên Quốc lộ 1.", "Theo điều 12/3, đơn bị trả lại.", "Họ ở khu vực 3.", "Đây là lần thứ hai.", "Bà Mai và ông Năm ở nhà.",
        "Những năm tháng ấy đã xa.", "Cháu bé 18 tháng tuổi.", "Họ nghe hai tiếng nổ.", "Ông tên là Sáng.", "Số 5/2 phố Huế.", "",
    ],
)  # fmt: skip
def test_silent(text: str) -> None:
    assert find_times(text, language="vi", reference=PUBLISHED) == []


def test_a_language_without_a_time_grammar_has_no_times() -> None:
    assert find_times("on 12 August", language="xx", reference=PUBLISHED) == []


def test_a_day_of_publication_out_of_the_world_is_none() -> None:
    assert value("Họ điện đàm ngày 12/8.", date.max) == "XXXX-08-12"


@given(SENTENCES | st.text(max_size=60), REFERENCES)
def test_spans_reread_and_values_are_valid(text: str, reference: date | None) -> None:
    end = 0
    for match in find_times(text, language="vi", reference=reference):
        assert end <= match.start < match.end
        assert text[match.start : match.end] == match.text
        end = match.end
        if match.kind != "duration":
            assert (match.time.earliest, match.time.latest) == edtf.bounds(match.time.edtf)


@settings(max_examples=40, deadline=None)  # the package is slow
@given(SENTENCES, REFERENCES)
def test_others_read_our_values(text: str, reference: date | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its grammar is older than the pyparsing that warns about it
        package = pytest.importorskip("edtf")
        for match in find_times(text, language="vi", reference=reference):
            written = match.time.edtf
            if match.kind != "duration" and "X" not in written:
                assert package.is_valid_edtf(written.replace("~", "") + ":00" if "T" in written else written), written


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "ngày " * 20_000, "12/8/" * 20_000, "từ 3 đến " * 10_000, " " * 100_000, "năm " * 25_000, "hai mươi " * 10_000, "(" * 100_000,
     'hôm 5/12 ông nói: "hôm qua" ' * 5_000, '"' * 100_000, "“hôm qua " * 10_000],
    ids=["digits", "words", "dates", "ranges", "spaces", "years", "numbers", "brackets", "quotations", "quotes", "open quotes"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    find_times(text, language="vi", reference=PUBLISHED)
    assert time.perf_counter() - started < 5


def test_the_grammar_is_compiled_once() -> None:
    assert time_reader.load("vi") is time_reader.load("vi")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Hôm 15/12, ông nói: "Hôm qua tôi ở nhà".', "2025-12-14"),
        ('"Hôm qua tôi ở nhà", ông nói với Reuters hôm 15/12.', "2025-12-14"),
        ("Ông Nam hôm 15/12 cho biết: “Hôm qua tôi ở nhà”.", "2025-12-14"),
        ('"Hôm qua tôi ở nhà", ông nói về vụ cháy hôm 15/12.', "2025-12-17"),  # the day of the fire
        ('Hôm 15/12, ông cười: "Hôm qua tôi ở nhà".', "2025-12-17"),  # no verb of saying
        ('Hôm 15/12, ông nói: "Tôi ở nhà". Bà đáp: "Hôm qua tôi ở nhà".', "2025-12-17"),  # another speech
        ("Hôm 15/12, ông nói hôm qua ông ở nhà.", "2025-12-17"),  # no quotation
        ('Hôm 25/12/2026, ông nói: "Hôm qua tôi ở nhà".', "2025-12-17"),  # nobody quotes what is not yet said
    ],
)
def test_days_in_a_quotation_count_from_the_speech(text: str, expected: str) -> None:
    found = {match.text.lower(): match for match in find_times(text, language="vi", reference=PUBLISHED)}
    assert found["hôm qua"].time.edtf == expected
    assert found["hôm qua"].anchor == ("speech" if expected == "2025-12-14" else "publication")
