"""Every rule of the time tables, run on its own examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg import lexicon
from kg.nlp import number_words, time_reader
from kg.nlp.makers import MAKERS
from kg.nlp.patterns import PatternLanguage, RuleSet
from kg.nlp.times import find_times

LANGUAGE = "vi"
RULES: list[dict[str, Any]] = lexicon.table(LANGUAGE, time_reader.TABLE)["rule"]
KEYS = {
    "id", "makes", "pattern", "set", "guard", "never", "small", "capital", "opening", "no_name_after", "needs", "needs_value",
    "unless_before", "unless_after", "only_before", "example", "finds", "value", "reference", "silent", "more",
}  # fmt: skip


EXAMPLES = [
    pytest.param(example, id=f"{rule['id']}-{number}")
    for rule in RULES
    for number, example in enumerate(({**rule, "text": rule["example"]}, *rule.get("more", ())))
]
SILENCES = [pytest.param(rule, text, id=f"{rule['id']}-{n}") for rule in RULES for n, text in enumerate(rule["silent"])]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(example: dict[str, Any]) -> None:
    reference = date.fromisoformat(example["reference"]) if "reference" in example else None
    found = {
        match.text: match.time.edtf for match in find_times(example["text"], language=LANGUAGE, reference=reference)
    }
    assert found.get(example["finds"]) == example["value"], found


@pytest.mark.parametrize(("entry", "text"), SILENCES)
def test_silent(entry: dict[str, Any], text: str) -> None:
    """A rule alone finds nothing in its silent sentences."""
    patterns = PatternLanguage(lexicon.table(LANGUAGE, number_words.TABLE), lexicon.table(LANGUAGE, time_reader.TABLE))
    alone = replace(time_reader.load(LANGUAGE), rules=RuleSet([patterns.rule(entry, where="test")]))
    assert not [text[draft.start : draft.end] for draft in time_reader.drafts(alone, text, date(2025, 3, 10))]


def test_rules_have_known_keys_and_makers() -> None:
    for rule in RULES:
        assert set(rule) <= KEYS, rule["id"]
        assert rule["makes"] in MAKERS
        assert rule.get("guard") in {None, *time_reader.GUARDS}


def test_rules_are_named_once() -> None:
    names = [rule["id"] for rule in RULES]
    assert len(names) == len(set(names))
