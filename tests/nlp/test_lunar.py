from __future__ import annotations

from datetime import date, timedelta

import pytest

from kg.nlp import lunar


@pytest.mark.parametrize(
    "first",
    [
        date(1968, 1, 29), date(1985, 1, 21), date(1990, 1, 27), date(2007, 2, 17), date(2020, 1, 25), date(2021, 2, 12),
        date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2030, 2, 2), date(2034, 2, 19), date(2040, 2, 12),
    ],
)  # fmt: skip
def test_new_years_of_the_vietnamese_calendar(first: date) -> None:
    assert lunar.new_year(first.year) == first


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2024, 3, 10, date(2024, 4, 18)),
        (2024, 7, 15, date(2024, 8, 18)),
        (2023, 8, 15, date(2023, 9, 29)),
        (2020, 8, 15, date(2020, 10, 1)),  # after the leap month of 2020
        (2025, 7, 15, date(2025, 9, 6)),  # after that of 2025
        (2025, 8, 15, date(2025, 10, 6)),
    ],
)
def test_days(year: int, month: int, day: int, expected: date) -> None:
    assert lunar.solar(year, month, day) == expected


def test_a_short_month_has_no_thirtieth_day() -> None:
    assert lunar.solar(2024, 12, 29) == date(2025, 1, 28)
    assert lunar.solar(2024, 12, 30) is None


def test_years_follow_each_other() -> None:
    for year in range(1800, 2199):
        this, following = lunar.new_year(year), lunar.new_year(year + 1)
        assert this
        assert following
        assert timedelta(days=353) <= following - this <= timedelta(days=385)


def test_years_that_the_formulas_do_not_reach() -> None:
    assert lunar.new_year(1200) is None
