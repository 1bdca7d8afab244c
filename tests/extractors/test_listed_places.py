"""A number that is told of several places is told of all of them."""

from __future__ import annotations

import pytest

from kg import resources
from kg.building import stages
from kg.model import Document

LISTS = [
    ("en", "Seventeen people have died in Laos and neighbouring Nepal, officials said.", ("Laos", "Nepal")),
    ("en", "Twenty people were arrested in Laos, Nepal, and the Philippines.", ("Laos", "Nepal", "Philippines")),
    ("en", "Seventeen people have died in Laos, and Nepal has sent doctors.", ("Laos",)),
    ("vi", "20 người bị bắt ở Lào, Nepal và Philippines.", ("Lào", "Nepal", "Philippines")),
    ("vi", "20 người bị bắt ở Lào, cảnh sát Nepal cho biết.", ("Lào",)),
]


@pytest.mark.parametrize(("language", "text", "places"), LISTS)
def test_places_of_a_number(language: str, text: str, places: tuple[str, ...]) -> None:
    if language not in resources.languages():
        pytest.skip(f"there is no data for {language}")
    read = stages.pipeline(language)(Document("a.txt", text, language, published="2026-03-03"))
    [number] = [one for one in read.statements if one.type == "QuantityClaim"]
    assert number.role("atPlace") == places
