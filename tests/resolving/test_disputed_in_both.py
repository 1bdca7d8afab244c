"""What a Vietnamese and an English article of one story tell so that both cannot be is a contradiction; what agrees is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from kg import resources
from kg.edtf import to_time
from kg.extractors import pipeline
from kg.model import Document, Extraction
from kg.resolving import Resolver, resolution
from kg.resolving.beginnings import is_first_day

if "en" not in resources.languages():
    pytest.skip("there is no data for English", allow_module_level=True)

# What makes the articles one story: two people whom no gazetteer lists.
VI = "Ông Đặng Quốc Bảo gặp bà Lâm Thúy Hà ở Pakse sáng 3/3."
EN = "Dang Quoc Bao met Lam Thuy Ha in Pakse on 3 March."
DAY = "2026-03-04"  # a Wednesday


@pytest.fixture(scope="module")
def extracts() -> Callable[[str], Callable[[Document], Extraction]]:
    """The pipeline of a language, made once."""
    return cache(pipeline)


Extracts = Callable[[str], Callable[[Document], Extraction]]


def found(extracts: Extracts, vietnamese: str, english: str) -> list[str]:
    """The types of the contradictions of two articles of one day."""
    told = {"vi": f"{VI}\n{vietnamese}", "en": f"{EN}\n{english}"}
    resolver = Resolver()
    resolver.update([extracts(code)(Document(f"{code}.txt", text, code, published=DAY)) for code, text in told.items()])
    return sorted(one.type for one in resolution(resolver).contradictions)


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "Cuộc diễn tập Sóng Bạc giữa Lào và Thái Lan khai mạc sáng 1/3 tại Pakse.",
            "Exercise Silver Wave between Laos and Thailand opened in Pakse on Monday.",
        ),
        ("Công nhân nhà máy Sơn Hà đình công từ ngày 1/3.", "Workers at the Son Ha plant walked out on Monday."),
        (
            "Cuộc tập trận chung của Lào và Thái Lan bắt đầu hôm 1/3.",
            "The joint drill of Laos and Thailand began on Monday.",
        ),
    ],
)
def test_two_first_days_of_what_goes_on(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == ["date"]


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "Cuộc diễn tập Sóng Bạc giữa Lào và Thái Lan khai mạc sáng 2/3 tại Pakse.",
            "Exercise Silver Wave between Laos and Thailand opened in Pakse on Monday.",
        ),
        ("Công nhân nhà máy Sơn Hà đình công từ ngày 1/3.", "Workers at the Son Ha plant were on strike on Monday."),
        ("Hải quân Lào tập trận hôm 1/3.", "The Lao navy was holding its drill on Monday."),
    ],
)
def test_a_later_day_of_what_goes_on_is_no_other_first_day(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == []


@pytest.mark.parametrize(
    ("words", "language", "time", "first"),
    [
        ("the talks opened on Monday", "en", "2026-03-02", True),
        ("the talks went on on Monday", "en", "2026-03-02", False),
        ("giao tranh nổ ra hôm 2/3", "vi", "2026-03-02", True),
        ("giao tranh tiếp diễn hôm 2/3", "vi", "2026-03-02", False),
        ("giao tranh", "vi", "2026-03-02/..", True),
        ("the talks opened by Monday", "en", "../2026-03-02", False),
    ],
)
def test_words_for_a_first_day(words: str, language: str, time: str, *, first: bool) -> None:
    assert is_first_day(to_time(time), words, language) == first


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Ở thị trấn Mường Xoan, 64 ngôi nhà bị sập.", "The storm destroyed 64 houses across Laos."),
        ("Tại làng Nậm Khoang, 37 phòng học bị tốc mái.", "The storm destroyed 37 classrooms across Laos."),
    ],
)
def test_a_place_that_no_list_knows_beside_the_country(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == ["scope"]


def test_more_in_the_country_than_in_a_place_that_no_list_knows(extracts: Extracts) -> None:
    assert "scope" not in found(
        extracts, "Ở thị trấn Mường Xoan, 64 ngôi nhà bị sập.", "The storm destroyed 164 houses across Laos."
    )


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "Tập đoàn Sơn Hà ngày 1/3 khởi công nhà máy tại Khu công nghiệp Bắc Sơn.",
            "Work on the plant in Bac Son Industrial Park has not begun, the company said on Tuesday.",
        ),
        (
            "Tập đoàn Sơn Hà ngày 1/3 khởi công nhà máy tại Khu công nghiệp Bắc Sơn.",
            "Construction of the plant in Bac Son Industrial Park has yet to start. It plans to break ground in May.",
        ),
        (
            "Luật sư của ông Đặng Quốc Bảo đã kháng cáo bản án hôm 3/3.",
            "Lawyers for Dang Quoc Bao plan to appeal next week.",
        ),
        (
            "Các luật sư nộp đơn kháng cáo lên Tòa Phúc thẩm Sơn Hà hôm 3/3.",
            "Counsel for Dang Quoc Bao said an appeal would be lodged next week.",
        ),
        ("Công an đã bắt ông Đặng Quốc Bảo.", "The police have not arrested Dang Quoc Bao."),
    ],
)
def test_done_beside_not_yet_done(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == ["status"]


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "Tập đoàn Sơn Hà sẽ khởi công nhà máy tại Khu công nghiệp Bắc Sơn.",
            "Work on the plant in Bac Son Industrial Park has not begun. It plans to break ground in May.",
        ),
        ("Luật sư của ông Đặng Quốc Bảo đã kháng cáo hôm 3/3.", "Lawyers for Dang Quoc Bao appealed on Tuesday."),
        (
            "Thủ tướng sắp mãn nhiệm Đặng Quốc Bảo đã gọi điện cho bà Lâm Thúy Hà.",
            "Dang Quoc Bao telephoned Lam Thuy Ha.",
        ),
    ],
)
def test_what_agrees_is_no_other_status(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == []


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "Lào và Nepal ký Tuyên bố Nari hôm 1/3.",
            "The leaders praised the Nari Declaration, which they signed on Monday.",
        ),
        ("Lào và Nepal ký Hiệp ước Nari hôm 1/3.", "The Nari Treaty, which Laos and Nepal signed on Monday, is short."),
    ],
)
def test_a_paper_that_was_signed_on_two_days(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == ["date"]


def test_a_protocol_is_not_the_declaration_told_before(extracts: Extracts) -> None:
    vietnamese = "Lào và Nepal ký Tuyên bố Nari hôm 1/3. Hôm 3/3, hai nước ký nghị định thư về nghề cá."
    assert found(extracts, vietnamese, "Laos and Nepal signed the Nari Declaration on March 1.") == []


def test_a_ministry_that_is_only_called_its(extracts: Extracts) -> None:
    vietnamese = "Trời đổ mưa to suốt đêm. Bộ Ngoại giao Kenya chưa bình luận về vai trò trung gian của nước này."
    assert found(extracts, vietnamese, "Kenya mediated the deal, its Foreign Ministry confirmed on Tuesday.") == [
        "stale"
    ]
    assert found(extracts, vietnamese, "Laos mediated the deal, its Foreign Ministry confirmed on Tuesday.") == []


def test_the_place_of_a_part_is_not_that_of_the_whole(extracts: Extracts) -> None:
    vietnamese = "Lũ làm 4 người mất tích ở Xekong."
    assert found(extracts, vietnamese, "Seven people are missing in Laos, among them four in Xekong.") == []
    assert found(extracts, vietnamese, "Seven people are missing in Xekong.") == ["value"]


def test_who_is_sent_somewhere_is_not_counted_there(extracts: Extracts) -> None:
    vietnamese = "Sư đoàn 968 điều 450 cán bộ, chiến sĩ đến thị trấn Mường Xoan."
    assert "scope" not in found(extracts, vietnamese, "The 968th Division has sent 450 soldiers in Laos.")


def test_two_sources_of_one_article_measure_one_thing(extracts: Extracts) -> None:
    vietnamese = (
        "Ngọn lửa bùng lên lúc 2h sáng, thiêu rụi 800 m2 nhà kho. "
        "Theo công ty Sơn Hà, vụ cháy đã thiêu hủy 1.100 m2 nhà kho của doanh nghiệp."
    )
    assert found(extracts, vietnamese, "The fire is out.") == ["value"]
    assert found(extracts, vietnamese.replace("1.100 m2 nhà kho", "1.100 m2 rừng tràm"), "The fire is out.") == []
