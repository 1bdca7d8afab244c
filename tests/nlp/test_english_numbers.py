"""English numbers in digits and words: value, exactness, unit, and what counts nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.nlp.quantities import QuantityMatch, find_quantities


def only(text: str) -> QuantityMatch:
    (match,) = find_quantities(text, language="en")
    return match


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("15,200 people", "15200"),
        ("1,250.75 hectares", "1250.75"),
        ("1.5 million people", "1500000"),
        ("$3.2bn", "3200000000"),
        ("£2m", "2000000"),
        ("twenty-three soldiers", "23"),
        ("one hundred and twenty-five soldiers", "125"),
        ("twelve thousand homes", "12000"),
        ("a hundred homes", "100"),
        ("a dozen fishermen", "12"),
        ("two dozen fishermen", "24"),
        ("half a million people", "500000"),
        ("half a dozen villages", "6"),
        ("two and a half million dollars", "2500000"),
        ("a million barrels", "1000000"),
        ("three hundred thousand refugees", "300000"),
    ],
)
def test_value(text: str, stated: str) -> None:
    assert only(text).quantity.stated == Decimal(stated)


@pytest.mark.parametrize(
    ("text", "words", "exactness", "lower", "upper"),
    [
        ("About 600 soldiers died.", "About 600", "approximate", "540", "660"),
        ("Some 11,000 troops remained.", "Some 11,000", "approximate", "9900", "12100"),
        ("At least 23 people died.", "At least 23", "more_than", "23", None),
        ("More than 4,000 fled.", "More than 4,000", "more_than", "4000", None),
        ("Nearly 42,400 hectares burned.", "Nearly 42,400", "less_than", "38160", "42400"),
        ("Up to 1,000 sappers follow.", "Up to 1,000", "less_than", None, "1000"),
        ("Fewer than 100 came.", "Fewer than 100", "less_than", None, "100"),
        ("Between 10 and 15 homes fell.", "Between 10 and 15", "approximate", "10", "15"),
        ("Ten to 15 percent were lost.", "Ten to 15", "approximate", "10", "15"),
        ("Hundreds of people came.", "Hundreds", "more_than", "100", None),
        ("Tens of thousands of troops came.", "Tens of thousands", "more_than", "10000", None),
        ("Several hundred people came.", "Several hundred", "approximate", "200", "900"),
        (
            "An estimated $34.6 billion was lost.",
            "An estimated $34.6 billion",
            "approximate",
            "31140000000",
            "38060000000",
        ),
    ],
)
def test_exactness(text: str, words: str, exactness: str, lower: str | None, upper: str | None) -> None:
    match = only(text)
    quantity = match.quantity
    bounds = [None if bound is None else Decimal(bound) for bound in (lower, upper)]
    assert (match.text, quantity.exactness, quantity.lower, quantity.upper) == (words, exactness, *bounds)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("205 kilometres per hour", "kilometre_per_hour", "kilometres per hour"),
        ("12% of it", "percent", "%"),
        ("320 million won", "KRW", "won"),
        ("A$3 million", "AUD", ""),
        ("2,000 North Korean troops", "person", "troops"),
        ("23 newly arrived Russian soldiers", "person", "soldiers"),
        ("50 ageing jets", None, "jets"),
        ("four years", "year", "years"),
        ("a 38-year-old man", "year_of_age", "-year-old"),
    ],
)
def test_unit(text: str, unit: str | None, words: str) -> None:
    match = only(text)
    assert (match.quantity.unit, match.unit_text) == (unit, words)


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2231 was adopted.",
        "They cited Article 4.",
        "The 528th Regiment came first.",
        "A Su-35 took off.",
        "Boeing 737 jets were grounded.",
        "The hosts won 3-1.",
        "One of them left.",
        "It was the 19th century.",
        "They met at 5:30 p.m. on Aug. 12.",
    ],
)
def test_what_names_or_orders_counts_nothing(text: str) -> None:
    assert not find_quantities(text, language="en")


def test_a_day_before_a_number_is_no_name() -> None:
    assert only("On Monday 15 people left.").quantity.stated == 15
