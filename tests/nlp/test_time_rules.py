"""Every rule of the time tables, run on its own examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg import lexicon, resources
from kg.nlp import number_words, time_reader
from kg.nlp.makers import MAKERS
from kg.nlp.patterns import PatternLanguage, RuleSet
from kg.nlp.times import find_times

RULES: dict[str, list[dict[str, Any]]] = {
    language: lexicon.table(language, time_reader.TABLE)["rule"] for language in resources.languages()
}
KEYS = {
    "id", "makes", "pattern", "set", "guard", "never", "small", "capital", "proper", "opening", "no_name_after", "needs", "needs_value",
    "unless_before", "unless_after", "only_before", "example", "finds", "value", "reference", "silent", "more",
}  # fmt: skip


EXAMPLES = [
    pytest.param(language, example, id=f"{language}-{rule['id']}-{number}")
    for language, rules in RULES.items()
    for rule in rules
    for number, example in enumerate(({**rule, "text": rule["example"]}, *rule.get("more", ())))
]
SILENCES = [
    pytest.param(language, rule, text, id=f"{language}-{rule['id']}-{n}")
    for language, rules in RULES.items()
    for rule in rules
    for n, text in enumerate(rule["silent"])
]


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_example(language: str, example: dict[str, Any]) -> None:
    reference = date.fromisoformat(example["reference"]) if "reference" in example else None
    found = {
        match.text: match.time.edtf for match in find_times(example["text"], language=language, reference=reference)
    }
    assert found.get(example["finds"]) == example["value"], found


@pytest.mark.parametrize(("language", "entry", "text"), SILENCES)
def test_silent(language: str, entry: dict[str, Any], text: str) -> None:
    """A rule alone finds nothing in its silent sentences."""
    patterns = PatternLanguage(lexicon.table(language, number_words.TABLE), lexicon.table(language, time_reader.TABLE))
    alone = replace(time_reader.load(language), rules=RuleSet([patterns.rule(entry, where="test")]))
    assert not [text[draft.start : draft.end] for draft in time_reader.drafts(alone, text, date(2025, 3, 10))]


@pytest.mark.parametrize("language", RULES)
def test_rules_have_known_keys_and_makers(language: str) -> None:
    for rule in RULES[language]:
        assert set(rule) <= KEYS, rule["id"]
        assert rule["makes"] in MAKERS
        assert rule.get("guard") in {None, *time_reader.GUARDS}


@pytest.mark.parametrize("language", RULES)
def test_rules_are_named_once(language: str) -> None:
    names = [rule["id"] for rule in RULES[language]]
    assert len(names) == len(set(names))
