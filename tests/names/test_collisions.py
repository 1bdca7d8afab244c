"""Pairs of near-equal names, written by somebody who had not seen the rules: one thing or two?"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import cast

import pytest

from kg.model import Document, Extraction, Mention, MentionType
from kg.resolving import entities

TABLE = Path(__file__).with_name("collisions.tsv")
RIGHT = 58 / 60
"""What part of the pairs must be judged right."""
LOOKED_AT = 35
"""The pairs that were looked at while the rules were written; the others were scored once before anybody looked."""


def pairs() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def article(name: str, kind: str) -> Extraction:
    """An article that holds one name and no more: names in plain letters stand in an English one."""
    document = Document(f"{name}.txt", name, "en" if name.isascii() else "vi")
    mention = Mention(document.id, document.span(0, len(name)), cast("MentionType", kind), name)
    return Extraction(document, (mention,))


def are_one(pair: dict[str, str]) -> bool:
    both = [article(pair[side], pair["type"]) for side in ("a", "b")]
    return len(entities.resolve(both)) == 1


def missed(rows: list[dict[str, str]]) -> list[str]:
    """The pairs that are judged wrong, with why they are what they are."""
    return [f"{pair['a']} | {pair['b']}: {pair['why']}" for pair in rows if are_one(pair) != (pair["same"] == "yes")]


@pytest.mark.parametrize("part", [slice(0, LOOKED_AT), slice(LOOKED_AT, None)], ids=["looked at", "not looked at"])
def test_nearly_all_are_judged_right(part: slice) -> None:
    rows = pairs()[part]
    wrong = missed(rows)
    assert len(rows) - len(wrong) >= RIGHT * len(rows), wrong


def test_there_are_enough_of_both() -> None:
    answers = [pair["same"] for pair in pairs()]
    assert len(answers) >= 60
    assert min(answers.count("yes"), answers.count("no")) >= 25


def test_what_is_two_is_hardly_ever_joined() -> None:
    """A wrong join loses what was told apart; a wrong parting only fails to bring together."""
    assert not missed([pair for pair in pairs() if pair["same"] == "no"])
