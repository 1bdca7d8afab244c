"""Every rule of the number tables, run on its own examples."""

from __future__ import annotations

from typing import Any

import pytest

from kg import lexicon
from kg.nlp import number_words
from kg.nlp.quantities import QuantityMatch, find_quantities

LANGUAGE = "vi"
TABLE = lexicon.table(LANGUAGE, number_words.TABLE)
RULES: list[dict[str, Any]] = TABLE["rule"]
SIGNS = {"exact": "", "approximate": "~", "more_than": ">", "less_than": "<"}


def written(match: QuantityMatch) -> str:
    """A quantity as the examples write it: 600, 600~ about, 600> more than, 600< at most, 20..25 a range."""
    quantity = match.quantity
    if quantity.exactness == "approximate" and quantity.stated == quantity.lower:
        return f"{quantity.lower}..{quantity.upper}"
    return f"{quantity.stated}{SIGNS[quantity.exactness]}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_example(rule: dict[str, Any]) -> None:
    found = {match.text: written(match) for match in find_quantities(rule["example"], language=LANGUAGE)}
    assert found.get(rule["finds"]) == rule["value"], found


@pytest.mark.parametrize("text", [text for rule in RULES for text in rule["silent"]])
def test_silent(text: str) -> None:
    assert not find_quantities(text, language=LANGUAGE)


def test_rules_are_named_once() -> None:
    names = [rule["id"] for rule in RULES]
    assert len(names) == len(set(names))


def test_modifiers_have_a_policy() -> None:
    slots = TABLE["slot"]
    named = {value for name in ("modifier", "place_modifier", "some") for value in slots[name]["words"].values()}
    assert named | set(TABLE["after"]) <= set(TABLE["modifiers"])
