"""Every rule of the number tables, run on its own examples."""

from __future__ import annotations

from typing import Any

import pytest

from kg import lexicon, resources
from kg.nlp import number_words
from kg.nlp.quantities import QuantityMatch, find_quantities

TABLES = {language: lexicon.table(language, number_words.TABLE) for language in resources.languages()}
RULES: list[tuple[str, dict[str, Any]]] = [(language, rule) for language in TABLES for rule in TABLES[language]["rule"]]
SIGNS = {"exact": "", "approximate": "~", "more_than": ">", "less_than": "<"}


def written(match: QuantityMatch) -> str:
    """A quantity as the examples write it: 600, 600~ about, 600> more than, 600< at most, 20..25 a range."""
    quantity = match.quantity
    if quantity.exactness == "approximate" and quantity.stated == quantity.lower:
        return f"{quantity.lower}..{quantity.upper}"
    return f"{quantity.stated}{SIGNS[quantity.exactness]}"


@pytest.mark.parametrize(("language", "rule"), [pytest.param(*pair, id=f"{pair[0]}-{pair[1]['id']}") for pair in RULES])
def test_example(language: str, rule: dict[str, Any]) -> None:
    found = {match.text: written(match) for match in find_quantities(rule["example"], language=language)}
    assert found.get(rule["finds"]) == rule["value"], found


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, rule in RULES for text in rule["silent"]]
)
def test_silent(language: str, text: str) -> None:
    assert not find_quantities(text, language=language)


@pytest.mark.parametrize("language", TABLES)
def test_rules_are_named_once(language: str) -> None:
    names = [rule["id"] for code, rule in RULES if code == language]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", TABLES)
def test_modifiers_have_a_policy(language: str) -> None:
    table = TABLES[language]
    words = (table["slot"][name].get("words", {}) for name in ("modifier", "place_modifier", "some"))
    named = {value for slot in words for value in slot.values()}
    assert named | set(table["after"]) <= set(table["modifiers"])
