"""The annotations of the article pairs fit their texts, each other and the ontology."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from kg.vocabulary import Vocabulary
from tests.pairs.reading import LANGUAGES, Pair, development, held_out, load

PAIRS = load()
KINDS = {"value", "date", "status", "attribution", "stale", "scope"}
EXACTNESS = {"exact", "approximate", "more_than", "less_than"}
MODALITIES = {"asserted", "reported", "estimated", "planned", "conditional", "denied", "confirmed"}
UNITS_BESIDE = {"vote"}
"""Units that the ontology does not have."""
each_pair = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)


def sides(pair: Pair) -> Iterator[dict[str, str]]:
    """Every side of what disagrees and of what only looks so."""
    for kept in (*pair.expected["disagreements"], *pair.expected["compatible"]):
        yield from kept["sides"]


def spans(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from gold["mentions"]
    yield from (fact["evidence"] for fact in gold["facts"])


@each_pair
def test_offsets_read_the_words_that_they_name(pair: Pair) -> None:
    for code, gold in pair.articles.items():
        text = pair.texts[code]
        assert text == unicodedata.normalize("NFC", text)
        assert [s for s in spans(gold) if text[s["start"] : s["end"]] != s["text"]] == []


@each_pair
def test_names_do_not_overlap_and_stand_for_listed_entities(pair: Pair) -> None:
    for gold in pair.articles.values():
        ends = [(m["start"], m["end"]) for m in gold["mentions"]]
        assert all(a[1] <= b[0] for a, b in pairwise(ends))
        listed = {entity["id"] for entity in gold["entities"]}
        assert {m["entity"] for m in gold["mentions"]} <= listed
        for fact in gold["facts"]:
            named = {one for role in fact.get("roles", {}).values() for one in role}
            named |= {*fact.get("attributed_to", ()), *fact.get("relayed_by", ())}
            assert sorted(one for one in named - listed if not one.startswith("~")) == []


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@each_pair
def test_facts_speak_the_language_of_the_ontology(pair: Pair, vocabulary: Vocabulary) -> None:
    coded = {*vocabulary.names("individual"), *UNITS_BESIDE}
    for _, fact in pair.facts().values():
        assert fact["type"] in vocabulary.names("class")
        assert fact.get("modality", "asserted") in MODALITIES
        if number := fact.get("quantity"):
            assert {number["measure"], number["unit"]} <= coded
            assert number["exactness"] in EXACTNESS


@each_pair
def test_what_disagrees_is_quoted_once_and_from_its_fact(pair: Pair) -> None:
    assert {planted["type"] for planted in pair.expected["disagreements"]} <= KINDS
    facts = pair.facts()
    for side in sides(pair):
        code, fact = facts[side["fact"]]
        assert side["article"] == f"{code}.txt"
        assert pair.texts[code].count(side["quote"]) == 1
        start, evidence = pair.texts[code].index(side["quote"]), fact["evidence"]
        assert start < evidence["end"], side["fact"]
        assert evidence["start"] < start + len(side["quote"]), side["fact"]


@each_pair
def test_what_is_the_same_is_a_fact_of_each_language(pair: Pair) -> None:
    facts = pair.facts()
    for first, second in (*pair.expected["same_events"], *pair.expected["same_questions"]):
        assert (facts[first][0], facts[second][0]) == LANGUAGES


def test_an_entity_is_called_the_same_wherever_it_occurs() -> None:
    labels = defaultdict(set)
    for pair in PAIRS:
        for gold in pair.articles.values():
            for entity in gold["entities"]:
                labels[entity["id"]].add((entity["type"], entity["label_en"], entity["label_vi"]))
    assert sorted(identity for identity, found in labels.items() if len(found) > 1) == []


def test_a_pair_is_for_development_or_held_out() -> None:
    names = Counter(pair.name for pair in (*development(), *held_out()))
    assert names == Counter(pair.name for pair in PAIRS)
