"""Agreement of two annotations, on two tiny articles with known figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import agreement

FIRST = """\
### a-1 | published=2025-03-14
{nom:1|Ông} {person:1|Trần Lộc} {ev:e1:Visit|thăm} {place:2|Lào} {time:2025-03-12|hôm 12/3}, gặp {qty:40|40} {nom:3|người}.
---
e1 Visit agent=1 destination=2
said source=1 cue="gặp"
### a-2 | published=2025-03-14
{organization:1|Quân đội Lào} {ev:e1:Rescue|cứu} {qty:2|hai} người.
---
e1 Rescue agent=1
"""
# Lào is an organization now, the time another, the place another role; in a-2 the name is shorter, the class another.
SECOND = """\
### a-1 | published=2025-03-14
{nom:7|Ông} {person:7|Trần Lộc} {ev:e1:Visit|thăm} {organization:2|Lào} {time:2025-03|hôm 12/3}, gặp {qty:40|40} {nom:3|người}.
---
e1 Visit agent=7 place=2
said source=7 cue="gặp"
### a-2 | published=2025-03-14
{organization:1|Quân đội} {place:4|Lào} {ev:e1:Evacuation|cứu} {qty:2|hai} người.
---
e1 Evacuation agent=1
"""


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    paths = (tmp_path / "first.news", tmp_path / "second.news")
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def compared(two: tuple[Path, Path]) -> agreement.Comparison:
    first, second = map(agreement.load, two)
    return agreement.compare(first, first, second)


@pytest.mark.parametrize(
    ("name", "both", "first", "second"),
    [
        ("mentions, span and type", 1, 3, 4),
        ("mentions, span", 2, 3, 4),
        ("mentions, overlap and type", 2, 3, 4),
        ("nominals, overlap", 2, 2, 2),
        ("times, value", 0, 1, 1),
        ("quantities, value", 2, 2, 2),
        ("triggers, overlap", 2, 2, 2),
        ("triggers, overlap and class", 1, 2, 2),
        ("roles of matched events", 1, 2, 2),
        ("said, source", 1, 1, 1),
    ],
)
def test_counts(two: tuple[Path, Path], name: str, both: int, first: int, second: int) -> None:
    assert compared(two).counts[name] == agreement.Count(both, first, second)


def test_entities_are_compared_by_the_spans_that_both_have(two: tuple[Path, Path]) -> None:
    assert compared(two).cubes == [(1.0, 1.0)] * 4


def test_every_difference_has_a_line(two: tuple[Path, Path]) -> None:
    lines = compared(two).differences
    assert "a-1\tmentions, span and type\tsecond\t18\tLào\torganization" in lines
    assert "a-1\ttimes, value\tfirst\t22\thôm 12/3\t2025-03-12" in lines
    assert "a-2\ttriggers, overlap and class\tfirst\t13\tcứu\tRescue" in lines
    assert sum("\troles\tboth\t" in line for line in lines) == 1


def test_a_reading_agrees_with_itself(two: tuple[Path, Path]) -> None:
    whole = compared((two[0], two[0]))
    assert {count.f1() for count in whole.counts.values()} == {1.0}
    assert whole.differences == []


def test_the_table(two: tuple[Path, Path]) -> None:
    lines = compared(two).table().splitlines()
    assert lines[0] == "2 articles"
    assert lines[1] == "mentions, span and type        F1 0.286   first     3   second     4   both     1"
    assert lines[-1] == "entities, B-cubed              F1 1.000   precision 1.000   recall 1.000   spans 4"


def test_the_command_prints_a_table_for_each_file(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    told = two[0].with_name("told.tsv")
    assert agreement.main([*map(str, two), "--per-file", "--differences", str(told)]) == 0
    assert "\n== a\n2 articles\n" in capsys.readouterr().out
    assert len(told.read_text(encoding="utf-8").splitlines()) == len(compared(two).differences)


def test_other_texts_are_refused(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    two[1].write_text(SECOND.replace("cứu", "vớt"), encoding="utf-8")
    assert agreement.main([*map(str, two)]) == 2
    assert capsys.readouterr().err == "a-2: the texts differ\n"


def test_nothing_in_common_is_refused(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    two[1].write_text(SECOND.replace("a-", "b-"), encoding="utf-8")
    assert agreement.main([*map(str, two)]) == 2
    assert capsys.readouterr().err == "no article in common\n"
