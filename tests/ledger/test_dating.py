"""An undated article is dated by what dated ones know, as an interval with reasons; without evidence it stays open."""

from __future__ import annotations

import random

import pytest

from kg import edtf
from kg.ledger import Passage
from kg.resolving import dating, years
from kg.resolving.dating import Shared, Told


def words(document: str, start: int = 0) -> Passage:
    return Passage(document, start, start + 5, f"words {start}")


def told(stated: str | None, known: str | None = None, *, start: int = 0) -> Told:
    witness = words("dated", start) if known else None
    return Told(
        words("undated", start),
        edtf.to_time(stated) if stated else None,
        edtf.to_time(known) if known else None,
        witness,
    )


def shared(day: str, *, number: int = 4, document: str = "dated") -> list[Shared]:
    return [Shared(words("undated", at), words(document, at), day) for at in range(100, 100 + 10 * number, 10)]


def inferred(given: list[Told], copied: list[Shared], passages: int = 10) -> str | None:
    found = dating.infer("undated", passages, given, copied)
    return found.edtf if found else None


def test_not_before_the_last_day_told_and_a_few_days_around_a_near_reprint() -> None:
    assert inferred([told("XXXX-03-04", "2025-03-04")], shared("2025-03-06")) == "2025-03-04/2025-03-09"


def test_a_day_without_a_year_is_the_one_near_what_dated_articles_know() -> None:
    given = [told("XXXX-12-30", "2024-12-30"), told("XXXX-01-02", start=20)]
    assert inferred(given, shared("2025-01-03")) == "2025-01-02/2025-01-06"


def test_a_reprint_months_before_the_last_day_told_bounds_nothing() -> None:
    given = [told("XXXX-03-04", "2025-03-04"), told("XXXX-06-20", start=20)]
    assert inferred(given, shared("2025-03-05")) == "2025-06-20/2026-03-04"


def test_one_background_paragraph_bounds_nothing() -> None:
    assert inferred([told("XXXX-03-04", "2025-03-04")], shared("2025-03-06", number=1)) == "2025-03-04/2026-03-04"
    assert inferred([told("2025-03-04", "2025-03-04")], shared("2025-03-06"), passages=60) == "2025-03-04/.."


def test_without_evidence_of_dated_articles_it_stays_open() -> None:
    assert inferred([], []) is None
    assert inferred([told("2025-03-04")], []) is None
    assert inferred([told("XXXX-03-04")], []) is None
    assert inferred([told("XXXX-03")], shared("2025-03-06")) is None


def test_months_and_years_date_no_article() -> None:
    assert inferred([told("XXXX-03", "2025-03"), told("2024", "2024")], shared("2025-03-06")) is None


def test_every_reason_has_the_words_of_an_article() -> None:
    found = dating.infer("undated", 10, [told("XXXX-03-04", "2025-03-04")], shared("2025-03-06"))
    assert found is not None
    assert {(reason.bound, reason.kind) for reason in found.reasons} == {
        ("from", "told event"),
        ("until", "copied passage"),
    }
    assert {reason.passage.document for reason in found.reasons} == {"dated"}
    assert all(reason.passage.text for reason in found.reasons)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_evidence_never_matters(seed: int) -> None:
    given = [told("XXXX-03-04", "2025-03-04"), told("XXXX-03-02", "2025-03-02", start=20), told("XXXX-03-05", start=40)]
    copied = [*shared("2025-03-06"), *shared("2025-03-07", document="other")]
    expected = dating.infer("undated", 10, given, copied)
    chance = random.Random(seed)  # noqa: S311 - no secret
    assert dating.infer("undated", 10, chance.sample(given, 3), chance.sample(copied, 8)) == expected


@pytest.mark.parametrize(
    ("time", "published", "expected"),
    [
        ("XXXX-08-20", ("2025-08-21", "2025-08-26"), "2025-08-20"),
        ("XXXX-12-30", ("2025-01-02", "2025-01-05"), "2024-12-30"),
        ("XXXX-08", ("2025-08-21", "2025-08-26"), "2025-08"),
        ("XXXX-08-24", ("2025-08-21", "2025-08-26"), None),
        ("2025-08-20", ("2025-08-21", "2025-08-26"), None),
    ],
)
def test_a_day_gets_its_year_where_only_one_will_do(
    time: str, published: tuple[str, str], expected: str | None
) -> None:
    assert years.complete(edtf.to_time(time), [published]) == expected


def test_articles_that_disagree_give_no_year() -> None:
    days = [("2025-08-21", "2025-08-26"), ("2024-08-21", "2024-08-26")]
    assert years.complete(edtf.to_time("XXXX-08-20"), days) is None
