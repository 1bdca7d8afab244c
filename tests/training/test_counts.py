"""Counting a corpus."""

from __future__ import annotations

from pathlib import Path

from training import corpus, counts

TWO = """\
### a-4 | published=none
{person:1|An} {ev:e1:Visit|thăm} {place:2|Lào}, {place:2|Lào} vui.
---
e1 Visit agent=1
### a-5 | published=none
{person:1|An} nói {qty:3|ba} câu.
---
said source=1 cue="nói"
"""


def rows(folder: Path) -> dict[str, list[str]]:
    path = folder / "a.news"
    path.write_text(TWO, encoding="utf-8")
    lines = counts.table(corpus.read_articles(path, [])).splitlines()[1:]
    return {line.split()[0]: line.split()[1:] for line in lines}


def test_all_learned_and_held_out_stand_side_by_side(tmp_path: Path) -> None:
    found = rows(tmp_path)
    assert found["articles"] == ["2", "1", "1"]
    assert found["words"] == ["9", "5", "4"]
    assert found["mentions"] == ["4", "3", "1"]
    assert found["person"] == ["2", "1", "1"]
    assert found["place"] == ["2", "2", "0"]
    assert found["quantities"] == ["1", "0", "1"]
    assert found["Visit"] == ["1", "1", "0"]
    assert found["said"] == ["1", "0", "1"]


def test_classes_come_most_frequent_first_and_none_is_left_out(tmp_path: Path) -> None:
    names = list(rows(tmp_path))
    assert names.index("Visit") == names.index("events") + 1
    assert {"Demining", "Broadcast", "award"} <= set(names)
