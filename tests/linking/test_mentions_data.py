"""The names in context that linking is measured on are well formed, balanced, and mean items that the tables hold."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.vocabulary import Vocabulary
from tests.linking import measuring

HERE = Path(__file__).parent
DEV, HELD_OUT = "mentions-dev", "mentions"
REQUIRED = {"id", "language", "text", "start", "end", "mention", "type", "qid", "easy", "why"}
OPTIONAL = {"published", "nil"}
CLASSES = {"Person", "Organization", "Place", "Site", "NamedEvent", "Equipment"}
"""What a reader of names can tell without knowing which thing is meant."""


MARKED = ("tuning", "ambiguous", "aside")


def read(name: str) -> list[dict[str, Any]]:
    """The annotated names of a file."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def folded(name: str) -> str:
    """A name without case, marks, hyphens and the stroke of `đ`."""
    parts = unicodedata.normalize("NFD", name.casefold().replace("đ", "d").replace("-", " "))
    return "".join(char for char in parts if not unicodedata.combining(char))


def share(rows: Iterable[bool]) -> float:
    """How much of the rows hold."""
    counted = Counter(rows)
    return counted[True] / counted.total()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """All annotated names."""
    return read(DEV) + read(HELD_OUT)


@pytest.fixture(scope="module")
def items(shared: Path) -> dict[str, Mapping[str, str]]:
    """The rows of the Wikidata tables, by item."""
    return {
        row["qid"]: row for name in ("lexicon", "overlay") for row in table(shared / "data/wikidata" / f"{name}.tsv")
    }


def table(path: Path) -> Iterator[Mapping[str, str]]:
    """The rows of a table of tab-separated values without quoting."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def names(item: Mapping[str, str]) -> Iterator[str]:
    """The folded names of an item."""
    labels = [item["label_en"] or "", item["label_vi"] or "", *(item["aliases"] or "").split("|")]
    yield from {folded(label) for label in labels if label}


def test_every_name_rereads_at_its_offsets(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert row["text"][row["start"] : row["end"]] == row["mention"], row["id"]
        assert row["mention"].strip() == row["mention"] != "", row["id"]
        assert unicodedata.is_normalized("NFC", row["text"]), row["id"]


def test_keys_and_values_are_those_described(rows: list[dict[str, Any]]) -> None:
    classes = set(Vocabulary.load().names("class"))
    for row in rows:
        assert REQUIRED <= set(row) <= REQUIRED | OPTIONAL, row["id"]
        assert row["language"] in {"vi", "en"}, row["id"]
        assert row["type"] in CLASSES & classes, row["id"]
        assert re.fullmatch(r"Q[1-9]\d*|NIL", row["qid"]), row["id"]
        assert row.get("nil") in ({"unknown", "absent"} if row["qid"] == "NIL" else {None}), row["id"]
        assert isinstance(row["easy"], bool), row["id"]
        assert row["why"], row["id"]
        assert "published" not in row or date.fromisoformat(row["published"]), row["id"]


def test_no_id_and_no_text_occurs_twice(rows: list[dict[str, Any]]) -> None:
    for key in ("id", "text"):
        assert [value for value, count in Counter(row[key] for row in rows).items() if count > 1] == []


@pytest.mark.parametrize(("name", "fewest"), [(DEV, 120), (HELD_OUT, 240)])
def test_each_file_is_balanced(name: str, fewest: int) -> None:
    rows = read(name)
    assert len(rows) >= fewest
    assert 0.55 <= share(row["language"] == "vi" for row in rows) <= 0.65
    assert 0.2 <= share(row["qid"] == "NIL" for row in rows) <= 0.35
    assert 0.35 <= share(row["easy"] for row in rows) <= 0.45


def test_no_name_occurs_more_than_six_times(rows: list[dict[str, Any]]) -> None:
    assert {name: n for name, n in Counter(folded(row["mention"]) for row in rows).items() if n > 6} == {}


@pytest.mark.shared
def test_every_item_is_in_the_tables(rows: list[dict[str, Any]], items: Mapping[str, Mapping[str, str]]) -> None:
    assert sorted({row["qid"] for row in rows} - set(items) - {"NIL"}) == []


@pytest.mark.shared
def test_the_tables_alone_mislead_often_enough(
    rows: list[dict[str, Any]], items: Mapping[str, Mapping[str, str]]
) -> None:
    bearers = defaultdict(set)
    for qid, item in items.items():
        for name in names(item):
            bearers[name].add(qid)
    misled = [bool(bearers[folded(row["mention"])] - {row["qid"]}) for row in rows]
    assert share(misled) >= 0.3
    assert share(m for m, row in zip(misled, rows, strict=True) if not row["easy"]) >= 0.5


@pytest.mark.parametrize("name", MARKED)
def test_marked_names_are_well_formed(name: str) -> None:
    rows = measuring.marked(name)
    assert [text for text, count in Counter(row["text"] for row in rows).items() if count > 1] == []
    for row in rows:
        assert row["language"] in {"vi", "en"}, row["id"]
        assert row["type"] in CLASSES, row["id"]
        assert row["text"][row["start"] : row["end"]] == row["mention"] != "", row["id"]
        assert re.fullmatch(r"Q[1-9]\d*|NIL", row["qid"]), row["id"]
        assert row.get("nil") in ({"unknown", "absent", "NIL"} if row["qid"] == "NIL" else {None}), row["id"]


@pytest.mark.parametrize(("name", "fewest"), [("ambiguous", 400), ("aside", 200)])
def test_hard_names_are_balanced(name: str, fewest: int) -> None:
    rows = measuring.marked(name)
    assert len(rows) >= fewest
    assert len({row["theme"] for row in rows}) >= 10
    assert 0.5 <= share(row["language"] == "vi" for row in rows) <= 0.65
    assert 0.3 <= share(row["qid"] == "NIL" for row in rows) <= 0.45
    assert 0.4 <= share(row["type"] == "Place" for row in rows) <= 0.6


def test_nothing_is_kept_aside_that_is_fitted_to() -> None:
    texts = {name: {row["text"] for row in measuring.marked(name)} for name in MARKED}
    assert texts["aside"].isdisjoint(texts["ambiguous"] | texts["tuning"])


@pytest.mark.shared
@pytest.mark.parametrize("name", MARKED)
def test_every_marked_item_is_in_the_tables(name: str, items: Mapping[str, Mapping[str, str]]) -> None:
    assert sorted({row["qid"] for row in measuring.marked(name)} - set(items) - {"NIL"}) == []
