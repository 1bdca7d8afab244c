"""A number that a Vietnamese and an English article of one story tell differently is one question with two answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from kg import resources
from kg.extractors import pipeline
from kg.model import Document, Extraction
from kg.resolving import Resolver, resolution, things

if "en" not in resources.languages():
    pytest.skip("there is no data for English", allow_module_level=True)

# What makes the articles one story: two people whom no gazetteer lists.
VI = "Ông Đặng Quốc Bảo gặp bà Lâm Thúy Hà ở Pakse sáng 3/3."
DAY, DAY_LATER = "2026-03-04", "2026-03-05"
EN = "Dang Quoc Bao met Lam Thuy Ha in Pakse on 3 March."


@pytest.fixture(scope="module")
def extracts() -> Callable[[str], Callable[[Document], Extraction]]:
    """The pipeline of a language, made once."""
    return cache(pipeline)


Extracts = Callable[[str], Callable[[Document], Extraction]]


def found(
    extracts: Extracts, vietnamese: str, english: str, english_day: str = DAY
) -> list[tuple[str, tuple[str, ...]]]:
    """The contradictions of two articles, by default of one day, each by its type and the numbers told."""
    told = {"vi": (DAY, f"{VI}\n{vietnamese}"), "en": (english_day, f"{EN}\n{english}")}
    resolver = Resolver()
    resolver.update(
        [extracts(code)(Document(f"{code}.txt", text, code, published=day)) for code, (day, text) in told.items()]
    )
    return sorted((one.type, tuple(sorted(one.words))) for one in resolution(resolver).contradictions)


@pytest.mark.parametrize(
    ("vietnamese", "english", "numbers"),
    [
        ("Chiếc phà chở 118 người.", "The ferry was carrying 131 people.", ("118", "131")),
        ("Con tàu chở 52 người.", "There were 60 people aboard the ship.", ("52", "60")),
        ("Chiếc xe khách chở 38 người.", "The coach was carrying 45 people.", ("38", "45")),
        ("Khoảng 3.000 công nhân đình công.", "Some 4,100 workers walked out.", ("3000", "4100")),
        ("Khoảng 800 thành viên công đoàn ngừng việc.", "Some 1,200 members walked out.", ("800", "1200")),
        ("11 công nhân mất tích.", "Seven Lao sailors were missing.", ("11", "7")),
        (
            "Tập đoàn Orvan sẽ mua 70% cổ phần Brava Air với giá 410 triệu euro.",
            "The fund will receive 360 million euros for its shares.",
            ("410000000", "360000000"),
        ),
    ],
)
def test_the_people_of_one_matter_are_counted_in_both_languages(
    extracts: Extracts, vietnamese: str, english: str, numbers: tuple[str, ...]
) -> None:
    assert found(extracts, vietnamese, english) == [("value", tuple(sorted(numbers)))]


@pytest.mark.parametrize(
    ("vietnamese", "english", "numbers"),
    [
        ("Tỷ lệ cử tri đi bầu đạt 61,2%.", "Turnout was 55.8 percent.", ("55.8", "61.2")),
        ("Mỗi ngày có 2.400 lượt xe qua cầu.", "On an average day 3,100 vehicles use it.", ("2400", "3100")),
        ("Nước lũ nhấn chìm 140 ngôi nhà.", "The flood destroyed 190 houses.", ("140", "190")),
        ("Bão làm 45 phòng học bị tốc mái.", "The storm destroyed 61 classrooms.", ("45", "61")),
    ],
)
def test_things_of_one_sort_are_compared(
    extracts: Extracts, vietnamese: str, english: str, numbers: tuple[str, ...]
) -> None:
    assert found(extracts, vietnamese, english) == [("value", tuple(sorted(numbers)))]


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Nước lũ nhấn chìm 140 ngôi nhà.", "The flood destroyed 190 boats."),
        ("Tỷ lệ cử tri đi bầu đạt 61,2%.", "The group bought 55.8 percent of the shares."),
        ("Mỗi ngày có 2.400 lượt xe qua cầu.", "On an average day 12 flights use it."),
        ("Chiếc phà chở 118 người.", "The ferry was carrying 131 crates."),
        ("Chiếc phà chở 118 người.", "The ferry was carrying 118 people."),
    ],
)
def test_two_sorts_of_things_are_not(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert found(extracts, vietnamese, english) == []


@pytest.mark.parametrize(
    ("counted", "language", "name"),
    [
        ("900 lượt xe qua hầm", "vi", "vehicle"),
        ("hơn 40 xe tải chở gạo", "vi", "lorry"),
        ("khoảng 700 căn nhà bị ngập", "vi", "house"),
        ("tỷ lệ cử tri đi bầu đạt 61%", "vi", "turnout"),
        ("about 1,500 vehicles a day", "en", "vehicle"),
        ("three fishing boats", "en", "boat"),
        ("turnout was 53 percent", "en", "turnout"),
        ("12 proposals", "en", ""),
        ("12 kiến nghị", "vi", ""),
        ("900 vehicles", "xx", ""),
    ],
)
def test_a_sort_of_things_has_one_name_in_all_languages(counted: str, language: str, name: str) -> None:
    assert things.sort(counted, language) == name


def test_languages_name_the_same_sorts_of_things() -> None:
    english, vietnamese = ({*things.nouns(code).values()} for code in ("en", "vi"))
    assert english == vietnamese


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Ông Đặng Quốc Bảo phủ nhận thông tin này.", "Dang Quoc Bao admitted that the ferry had been overloaded."),
        ("Bà Lâm Thúy Hà phủ nhận tin đồn.", "Lam Thuy Ha confirmed that the mill will close."),
        ("Ông Đặng Quốc Bảo phủ nhận thông tin này.", "Dang Quoc Bao conceded that the report was true."),
        (
            "Tập đoàn Orvan Motors bác bỏ thông tin về thương vụ.",
            "Orvan Motors confirmed on Tuesday that it was buying Brava Air.",
        ),
    ],
)
def test_a_denial_that_is_taken_back_is_stale(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert [kind for kind, _ in found(extracts, vietnamese, english)] == ["stale"]


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Ông Đặng Quốc Bảo phủ nhận thông tin này.", "Lam Thuy Ha admitted that the ferry had been overloaded."),
        ("Ông Đặng Quốc Bảo phủ nhận thông tin này.", "Dang Quoc Bao denied that the ferry had been overloaded."),
        ("Ông Đặng Quốc Bảo phủ nhận thông tin này.", "Dang Quoc Bao said that the ferry was new."),
    ],
)
def test_no_denial_is_taken_back_by_others_or_by_another_denial(
    extracts: Extracts, vietnamese: str, english: str
) -> None:
    assert found(extracts, vietnamese, english) == []


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Công an khởi tố ông Đặng Quốc Bảo.", "The police have not charged Dang Quoc Bao."),
        ("Viện kiểm sát đã khởi tố bà Lâm Thúy Hà.", "Prosecutors have not yet charged Lam Thuy Ha."),
        ("Cảnh sát khởi tố bà Lâm Thúy Hà.", "The police have not charged Lam Thuy Ha with anything."),
    ],
)
def test_an_article_that_says_it_has_not_happened_denies_it(extracts: Extracts, vietnamese: str, english: str) -> None:
    assert [kind for kind, _ in found(extracts, vietnamese, english, DAY_LATER)] == ["status"]
    assert [kind for kind, _ in found(extracts, vietnamese, english)] == ["status"]  # both cannot be, on one day


def test_who_rejects_a_charge_denies_no_charging(extracts: Extracts) -> None:
    assert found(extracts, "Công an khởi tố ông Đặng Quốc Bảo.", "Dang Quoc Bao denied the charge.", DAY_LATER) == []
