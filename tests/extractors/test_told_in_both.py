"""What the ontology has a class for is told in both languages: words for each class, and sentences that tell it.

`told_in_both.tsv` holds sentences of our own, the same event in both languages or in English alone. Those of the set
`unseen` are kept from whoever writes rules: count them, print none.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kg import lexicon, resources
from kg.extractors import pipeline
from kg.extractors.statements import rules
from kg.model import Document
from kg.vocabulary import Vocabulary

LANGUAGES = ("vi", "en")
ABSTRACT = frozenset({"Encounter", "MilitaryActivity", "LifeEvent", "OrganizationChange", "Emergency"})
"""Classes that no sentence tells by themselves, only those below them."""
FLOORS = {("dev", "vi"): 0.95, ("dev", "en"): 0.84, ("unseen", "vi"): 0.78, ("unseen", "en"): 0.8}
LEAST = 4  # words or fixed phrases that tell a class

TABLE = (Path(__file__).parent / "told_in_both.tsv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines(), delimiter="\t"))


@cache
def phrases(language: str) -> Counter[str]:
    """How many words or fixed phrases may tell an event of each class: those of rules, and those left to the model."""
    found: Counter[str] = Counter()
    for _, content in lexicon.tables(language, "frames"):
        for rule in content.get("rule", ()):
            found[rule["class"]] += sum(len(rule.get(kind, ())) for kind in ("verbs", "nouns", "triggers"))
    if (resources.language(language) / "triggers.toml").is_file():
        found.update({term: len(words) for term, words in lexicon.table(language, "triggers")["classes"].items()})
    return found


def classes() -> list[str]:
    """The classes of events that a sentence may tell."""
    return sorted({*Vocabulary.load().below("Event")} - {*ABSTRACT, "Event"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_class_has_words(language: str) -> None:
    assert {name for name in classes() if phrases(language)[name] < LEAST} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_class_of_a_rule_is_told_by_a_sentence(language: str) -> None:
    told = {row["class"] for row in ROWS if row[language]}
    ruled = {rule.term for rule in rules.load(language).frames} - {"NoComment", "TreatyClause"}
    assert ruled <= told


@pytest.mark.slow
@pytest.mark.parametrize(("which", "language"), sorted(FLOORS))
def test_sentences_tell_their_class(which: str, language: str) -> None:
    extract = pipeline(language)
    rows = [row for row in ROWS if row["set"] == which and row[language]]
    right = sum(
        any(s.type == row["class"] for s in extract(Document("told.txt", row[language], language)).statements)
        for row in rows
    )
    assert right / len(rows) >= FLOORS[which, language], f"{right} of {len(rows)}"
