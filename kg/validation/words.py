"""Give the constraints in SPARQL the words of the articles, where their texts are at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import folder, log
from kg.rdf import iris
from kg.validation.shapes import SHAPES

Texts = Mapping[str, str]
"""The NFC texts of articles by IRI."""

WORDS = ox.NamedNode(f"{SHAPES}words")
"""The function of an article, a start and an end whose value is the words that stand there, if the text is at hand."""


def of_folder(graph: Path) -> Texts:
    """The texts of the articles of a graph folder."""
    records = log.read_lines(graph / folder.RECORDS)
    return {iris.article(record["id"]).value: record["text"] for record in records if record["record"] == "document"}


def functions(texts: Texts) -> dict[ox.NamedNode, Callable[..., Any]]:
    """What queries may call; any other engine leaves such a filter undecided, which finds nothing."""

    def words(article: Any, start: Any, end: Any) -> ox.Literal | None:
        text = texts.get(getattr(article, "value", ""))
        places = [getattr(place, "value", "") for place in (start, end)]
        if text is None or not all(place.isdecimal() for place in places):
            return None
        first, last = map(int, places)
        return ox.Literal(text[first:last])

    return {WORDS: words}
