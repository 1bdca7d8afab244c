from __future__ import annotations

import warnings
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.edtf import (
    Interval,
    Moment,
    bounds,
    compatible,
    days_between,
    is_valid,
    more_precise,
    parse,
    spanning,
    to_time,
)

PRECISIONS = st.sampled_from(["day", "month", "year", "clock", "season", "decade", "century"])


def moment(instant: datetime, precision: str, *, known: bool, approximate: bool) -> Moment:
    """A moment of that precision around an instant."""
    year = instant.year if known else None
    match precision:
        case "season":
            return Moment(year, 21 + instant.month % 4)
        case "decade":
            return Moment(max(10, instant.year // 10 * 10), years=10)
        case "century":
            return Moment(max(100, instant.year // 100 * 100), years=100)
        case "year":
            return Moment(year, approximate=approximate)
        case "month":
            return Moment(year, instant.month, approximate=approximate)
    clock = (instant.hour, instant.minute) if precision == "clock" else None
    return Moment(year, instant.month, instant.day, clock, approximate)


def texts(known: st.SearchStrategy[bool]) -> st.SearchStrategy[str]:
    moments = st.builds(moment, st.datetimes(), PRECISIONS, known=known, approximate=st.booleans())
    sides = moments.filter(lambda side: side.clock is None)
    ordered = st.builds(lambda *sides: Interval(*sorted(sides, key=str)), sides, sides)
    opened = st.builds(Interval, sides, st.none()) | st.builds(Interval, st.none(), sides)
    return (moments | ordered | opened).map(str).filter(is_valid)


TEXTS = texts(st.booleans())


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-04", "2025-04-01T00:00:00", "2025-04-30T23:59:59"),
        ("2024-02", "2024-02-01T00:00:00", "2024-02-29T23:59:59"),
        ("2025", "2025-01-01T00:00:00", "2025-12-31T23:59:59"),
        ("198X", "1980-01-01T00:00:00", "1989-12-31T23:59:59"),
        ("15XX", "1500-01-01T00:00:00", "1599-12-31T23:59:59"),
        ("2024-24", "2024-12-01T00:00:00", "2025-02-28T23:59:59"),
        ("2024-10-16T05:30", "2024-10-16T05:30:00", "2024-10-16T05:30:59"),
        ("2024-10-16T05:30~", "2024-10-16T05:00:00", "2024-10-16T06:00:59"),
        ("2024-10-16~", "2024-10-13T00:00:00", "2024-10-19T23:59:59"),
        ("2024-10~", "2024-09-01T00:00:00", "2024-11-30T23:59:59"),
        ("2024~", "2023-01-01T00:00:00", "2025-12-31T23:59:59"),
        ("2025-12-08/2025-12-14", "2025-12-08T00:00:00", "2025-12-14T23:59:59"),
        ("2024-10/..", "2024-10-01T00:00:00", None),
        ("../2023-06", None, "2023-06-30T23:59:59"),
        ("XXXX-08-12", None, None),
        ("XXXX-XX-XXT05:30", None, None),
        ("9999~", "9998-01-01T00:00:00", "9999-12-31T23:59:59"),
        ("0001-01-01~", "0001-01-01T00:00:00", "0001-01-04T23:59:59"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(text) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "", "P3D", "2025-13", "2025-02-30", "2025-4", "0000", "../..", "2025/2024", "2025-04-12T25:00", "2024-25",
        "2024-10/", "198X-05", "2024-22-03", "2024-05T05:30", "٢٠٢٥", "2025-04-12T05:30/2025-04-12T06:30", "2025 ", "2XXX",
    ],
)  # fmt: skip
def test_refuses_what_is_no_date(text: str) -> None:
    assert not is_valid(text)
    with pytest.raises(ValueError, match=r"date|interval"):
        parse(text)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("XXXX-08-12", "2025-08-12"),
        ("XXXX-08-12", "2025-08"),
        ("XXXX-08-12", "XXXX-08"),
        ("XXXX-08", "2024-08/.."),
        ("2025-08", "2025-08-12"),
        ("2024-10/..", "2025-01-05"),
        ("2024-10~", "2024-11"),
        ("198X", "1985-05"),
        ("2024-10-16", "2024-10-16T05:30"),
        ("XXXX-XX-XXT05:30", "2024-10-16T05:30"),
        ("XXXX-XX-XXT05:30", "2024-10-16"),
        ("XXXX-12-28/XXXX-01-03", "2025-12-30"),
        ("XXXX-12-28/XXXX-01-03", "2026-01-02"),
        ("2024-22", "2024-07"),
    ],
)
def test_compatible(a: str, b: str) -> None:
    assert compatible(to_time(a), to_time(b))
    assert compatible(to_time(b), to_time(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2025-08", "2025-09"),
        ("XXXX-08-12", "2025-08-13"),
        ("XXXX-08-12", "XXXX-09"),
        ("XXXX-08", "2025-09/2025-12"),
        ("2024-10/..", "2024-09-30"),
        ("XXXX-02-29", "2025-02"),
        ("2024-10-16T05:30", "XXXX-XX-XXT06:30"),
        ("2024-10-16T05:30", "2024-10-16T05:31"),
        ("198X", "1990"),
    ],
)
def test_not_compatible(a: str, b: str) -> None:
    assert not compatible(to_time(a), to_time(b))
    assert not compatible(to_time(b), to_time(a))


@pytest.mark.parametrize(
    ("a", "b", "more"),
    [
        ("2025-08", "2025-08-12", "2025-08-12"),
        ("2025-08", "XXXX-08-12", "2025-08-12"),
        ("XXXX-08-12", "2025-08-12", "2025-08-12"),
        ("2024-10/..", "2024-10", "2024-10"),
        ("2024-10~", "2024-10", "2024-10"),
        ("2024", "2024-03/2024-05", "2024-03/2024-05"),
        ("XXXX-XX-XXT05:30", "2024-10-16", "2024-10-16T05:30"),
        ("2024-10-16", "2024-10-16T05:30", "2024-10-16T05:30"),
    ],
)
def test_more_precise(a: str, b: str, more: str) -> None:
    assert more_precise(to_time(a), to_time(b)) == to_time(more)
    assert more_precise(to_time(b), to_time(a)) == to_time(more)


def test_durations_are_no_times() -> None:
    with pytest.raises(ValueError, match="P3D"):
        to_time("P3D")


@given(TEXTS)
def test_what_is_written_reads_back_the_same(text: str) -> None:
    assert str(parse(text)) == text


@given(TEXTS)
def test_the_earliest_is_not_after_the_latest(text: str) -> None:
    earliest, latest = bounds(text)
    if earliest and latest:
        assert datetime.fromisoformat(earliest) <= datetime.fromisoformat(latest)


@given(TEXTS)
@example("XXXX-09-01/XXXX-22")
def test_a_time_is_compatible_with_itself(text: str) -> None:
    assert compatible(to_time(text), to_time(text))


@given(TEXTS, TEXTS)
def test_order_makes_no_difference(a: str, b: str) -> None:
    assert compatible(to_time(a), to_time(b)) == compatible(to_time(b), to_time(a))
    assert more_precise(to_time(a), to_time(b)) == more_precise(to_time(b), to_time(a))


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_not(text: str) -> None:
    if is_valid(text):
        assert str(parse(text)) == text


@settings(max_examples=25, deadline=None)  # that package is slow
@given(texts(st.sampled_from([True])).filter(lambda text: "X" not in text))
def test_others_read_it_too(text: str) -> None:
    """The package `edtf` reads every value whose digits are known, once our clock times have seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its grammar is older than the pyparsing that warns about it
        edtf = pytest.importorskip("edtf")
        standard = text.replace("~", "") + ":00" if "T" in text else text
        assert edtf.is_valid_edtf(standard), text


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2025-11-12", "2025-11-13", 1),
        ("2025-11-12", "2025-11-12T08:30", 0),
        ("XXXX-01-20", "2026-01-19", 1),
        ("XXXX-12-31", "2026-01-01", 1),
        ("XXXX-02-28", "XXXX-03-01", 2),
        ("2025-11", "2025-11-13", None),
        ("2025-11-12~", "2025-11-13", None),
        ("2025-11-10/2025-11-12", "2025-11-13", None),
    ],
)
def test_days_between(a: str, b: str, days: int | None) -> None:
    assert days_between(to_time(a), to_time(b)) == days == days_between(to_time(b), to_time(a))


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (("2025-11-13", "2025-11-12"), "2025-11-12/2025-11-13"),
        (("XXXX-01-20", "2026-01-19", "2026-01-21"), "2026-01-19/2026-01-21"),
        (("XXXX-12-31", "2026-01-01"), "2025-12-31/2026-01-01"),
        (("XXXX-01-20", "XXXX-01-19"), "XXXX-01-19/XXXX-01-20"),
        (("2025-11-12", "2025-11"), None),
    ],
)
def test_spanning(days: tuple[str, ...], span: str | None) -> None:
    found = spanning([to_time(day) for day in days])
    assert (found.edtf if found else None) == span == getattr(spanning([to_time(d) for d in days[::-1]]), "edtf", None)
