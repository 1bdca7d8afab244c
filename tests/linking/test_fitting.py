"""Weights are fitted to what tells right answers from wrong ones, and to nothing that was not there."""

from __future__ import annotations

from kg.linking.candidates import Option
from kg.linking.deciding import Weighed
from kg.wikidata.item import Item
from tests.linking import fitting


def option(qid: str, **measured: float) -> Weighed:
    """An option with some features."""
    return Weighed(Option(Item(qid), "X", "X", "exact", listed=False, way="own"), {"any": 1.0, **measured}, 0.5)


def test_a_feature_of_right_answers_counts_more() -> None:
    told = [
        ("one", "Q1", [option("Q1", near=1.0), option("Q2")]),
        ("two", "Q4", [option("Q3"), option("Q4", near=1.0)]),
    ]
    fitted = fitting.fit([*told * 20, ("three", "NIL", [option("Q5", private=1.0)])])
    plain = fitting.fit([*told, ("three", "NIL", [option("Q5", private=1.0)])])
    assert fitted.weights["near"] > plain.weights["near"]
    assert fitted.weights["private"] < 0
    assert fitted.temperature >= 1
    assert fitted.accuracy > 0.9


def test_names_without_options_tell_nothing() -> None:
    told = [("one", "Q1", [option("Q1", near=1.0)]), ("two", "NIL", [option("Q2")])]
    assert fitting.fit([*told, ("three", "Q9", [])]).weights == fitting.fit(told).weights
