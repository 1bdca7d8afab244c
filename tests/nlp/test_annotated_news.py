"""Times and quantities on news that is annotated: the corpus in our own words, and the times of the seeds' facts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.nlp.quantities import QuantityMatch, find_quantities
from kg.nlp.times import TimeMatch, find_times

# The rules were not written for these.
UNSEEN = ["business", "diplomacy", "local", "society", "wire", "world"]
TIME_UNITS = {"second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "decade", "century"}
SIGNS = {"exact": "", "approximate": "~", "more_than": ">", "less_than": "<"}
Corpus = Callable[[Iterable[str]], list[dict[str, Any]]]
pytestmark = pytest.mark.shared


def paired(gold: Sequence[dict[str, Any]], found: Sequence[Any]) -> list[tuple[dict[str, Any], Any]]:
    """Each annotation with the first match not yet used that overlaps it."""
    pairs, used = [], set()
    for mark in gold:
        for number, match in enumerate(found):
            if number not in used and match.start < mark["end"] and mark["start"] < match.end:
                used.add(number)
                pairs.append((mark, match))
                break
    return pairs


def f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found)


def without_conventions(value: str) -> str:
    """A time without the marks that the corpus sets now and then: "about", and the open end after "từ"."""
    return value.replace("~", "").removesuffix("/..")


def written(match: QuantityMatch) -> str:
    quantity = match.quantity
    if quantity.exactness == "approximate" and quantity.stated == quantity.lower:
        return f"{quantity.lower}..{quantity.upper}"
    return f"{quantity.stated}{SIGNS[quantity.exactness]}"


def test_times(corpus: Corpus) -> None:
    gold = found = right = strict = tolerant = 0
    for article in corpus(UNSEEN):
        published = date.fromisoformat(article["published"]) if article["published"] else None
        matches: list[TimeMatch] = [
            match
            for match in find_times(article["text"], language="vi", reference=published)
            if match.kind != "duration"
        ]
        pairs = paired(article["times"], matches)
        gold, found, right = gold + len(article["times"]), found + len(matches), right + len(pairs)
        strict += sum(mark["value"] == match.time.edtf for mark, match in pairs)
        tolerant += sum(
            without_conventions(mark["value"]) == without_conventions(match.time.edtf) for mark, match in pairs
        )
    assert f1(right, gold, found) > 0.94
    assert tolerant / right > 0.88
    assert strict / right > 0.77


def test_quantities(corpus: Corpus) -> None:
    gold = found = right = exact = 0
    for article in corpus(UNSEEN):
        lengths = [(mark["start"], mark["end"]) for mark in article["durations"]]
        matches = [
            match
            for match in find_quantities(article["text"], language="vi")
            if match.quantity.unit not in TIME_UNITS
            and not any(start < match.end and match.start < end for start, end in lengths)
        ]
        pairs = paired(article["quantities"], matches)
        gold, found, right = gold + len(article["quantities"]), found + len(matches), right + len(pairs)
        exact += sum(mark["value"] == written(match) for mark, match in pairs)
    assert f1(right, gold, found) > 0.92
    assert exact / right > 0.97


def seeds(shared: Path) -> list[tuple[str, dict[str, Any]]]:
    golds = sorted((shared / "gold" / "seeds").glob("*.json"))
    return [
        (
            (shared / "seeds" / f"{gold.stem}.txt").read_text(encoding="utf-8"),
            json.loads(gold.read_text(encoding="utf-8")),
        )
        for gold in golds
    ]


def test_times_of_the_seeds(shared: Path) -> None:
    for text, gold in seeds(shared):
        header = re.match(r"\s*date (\d{4}-\d{2}-\d{2})", text)
        published = date.fromisoformat(header[1]) if header else None
        values = {match.time.edtf for match in find_times(text, language="vi", reference=published)}
        for fact in gold["facts"]:
            for key in ("time", "claim_time"):
                accepted = {value.strip() for value in (fact.get(key) or "").split("|")} - {""}
                assert not accepted or accepted & values, (fact["id"], key, accepted, sorted(values))


def test_quantities_of_the_seeds(shared: Path) -> None:
    for text, gold in seeds(shared):
        found = find_quantities(text, language="vi")
        for fact in gold["facts"]:
            if not (wanted := fact.get("quantity")):
                continue
            start, end = fact["evidence"]["start"], fact["evidence"]["end"]
            quantities = [(m.quantity.stated, m.quantity.exactness) for m in found if start <= m.start and m.end <= end]
            assert (Decimal(wanted["stated"]), wanted["exactness"]) in quantities, fact["id"]
