"""Every rule finds in its own example what it says, and stays silent where it must."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from kg import resources
from kg.extractors import pipeline
from kg.extractors.statements import rules, speech, speech_cues
from kg.extractors.statements.rules import Count, Rule
from kg.lexicon import table
from kg.model import Document, Extraction, Statement
from kg.vocabulary import Vocabulary

Extract = Callable[[Document], Extraction]
FOUND = {language: rules.load(language) for language in resources.languages()}
FRAMES: list[tuple[str, Rule]] = [(language, rule) for language, found in FOUND.items() for rule in found.frames]
COUNTS: list[tuple[str, Count]] = [(language, rule) for language, found in FOUND.items() for rule in found.counts]


@pytest.fixture(scope="module")
def extracts() -> Callable[[str], Extract]:
    """The pipeline of a language, made once."""
    return cache(pipeline)


def _statements(extract: Extract, text: str, language: str = "vi") -> list[Statement]:
    return list(extract(Document("example.txt", text, language, published="2026-01-15")).statements)


def _cases(kind: Iterable[tuple[str, Rule | Count]]) -> list[Any]:
    return [
        pytest.param(n, r, t, finds, id=f"{n}-{r.id}-{i}") for n, r in kind for i, (t, finds) in enumerate(r.examples)
    ]


def _silences(kind: Iterable[tuple[str, Rule | Count]]) -> list[Any]:
    return [pytest.param(n, r, t, id=f"{n}-{r.id}-{i}") for n, r in kind for i, t in enumerate(r.silent)]


@pytest.mark.parametrize(("language", "rule", "text", "finds"), _cases(FRAMES))
def test_frame_finds_its_example(
    extracts: Callable[[str], Extract], language: str, rule: Rule, text: str, finds: Mapping[str, Any]
) -> None:
    found = [s for s in _statements(extracts(language), text, language) if s.extractor == rule.id]
    assert found, f"{rule.id} finds nothing in: {text}"
    wanted = {role: sorted(names) for role, names in finds.items()}
    assert any({role: sorted(s.role(role)) for role in wanted} == wanted for s in found), [dict(s.roles) for s in found]


@pytest.mark.parametrize(("language", "rule", "text"), _silences(FRAMES))
def test_frame_stays_silent(extracts: Callable[[str], Extract], language: str, rule: Rule, text: str) -> None:
    assert not [s for s in _statements(extracts(language), text, language) if s.extractor == rule.id]


@pytest.mark.parametrize(("language", "count", "text", "finds"), _cases(COUNTS))
def test_count_finds_its_example(
    extracts: Callable[[str], Extract], language: str, count: Count, text: str, finds: Mapping[str, Any]
) -> None:
    found = [
        s.quantity for s in _statements(extracts(language), text, language) if s.extractor == count.id and s.quantity
    ]
    assert found, f"{count.id} counts nothing in: {text}"
    assert found[0].stated == Decimal(str(finds["stated"]))
    assert found[0].exactness == finds["exactness"]
    assert found[0].measure == count.measure
    assert finds.get("unit") in {None, found[0].unit}


@pytest.mark.parametrize(("language", "count", "text"), _silences(COUNTS))
def test_count_stays_silent(extracts: Callable[[str], Extract], language: str, count: Count, text: str) -> None:
    assert not [s for s in _statements(extracts(language), text, language) if s.extractor == count.id]


CUES = [(language, cue) for language in FOUND for cue in table(language, "speech")["cue"]]


@pytest.mark.parametrize(("language", "cue"), [pytest.param(n, c, id=f"{n}-{c['id']}") for n, c in CUES])
def test_cue_finds_its_speaker(extracts: Callable[[str], Extract], language: str, cue: Mapping[str, Any]) -> None:
    statements = _statements(extracts(language), cue["example"], language)
    found = [s for s in statements if cue["speaker"] in {*s.attributed_to, *s.relayed_by}]
    assert found, f"{cue['id']} finds no speaker in: {cue['example']}"
    modality = cue.get("modality", "asserted")
    assert any(s.modality == modality for s in found)


@pytest.mark.parametrize(
    ("language", "cue", "text"),
    [pytest.param(n, c, t, id=f"{n}-{c['id']}-{i}") for n, c in CUES for i, t in enumerate(c.get("silent", ()))],
)
def test_cue_stays_silent(extracts: Callable[[str], Extract], language: str, cue: Mapping[str, Any], text: str) -> None:
    assert not [s for s in _statements(extracts(language), text, language) if s.extractor == f"speech-{cue['id']}"]


def test_every_rule_has_an_example_and_a_silence() -> None:
    known: list[tuple[str, Rule | Count]] = [*FRAMES, *COUNTS]
    bare = [(language, r.id) for language, r in known if not r.examples or not r.silent]
    assert bare == []


@pytest.mark.parametrize("language", FOUND)
def test_rule_ids_are_unique(language: str) -> None:
    known: list[tuple[str, Rule | Count]] = [*FRAMES, *COUNTS]
    ids = [r.id for n, r in known if n == language]
    assert len(ids) == len(set(ids))


def test_cues_load() -> None:
    assert speech.cues("vi").verbs.at(["cho", "biết"], 0) is not None
    assert speech_cues.cues("en").verbs.at(["pointed", "out"], 0) is not None


@pytest.mark.parametrize("rule", [pytest.param(r, id=f"{n}-{r.id}") for n, r in FRAMES])
def test_the_ontology_allows_the_roles_of_a_frame(rule: Rule) -> None:
    vocabulary = Vocabulary.load()
    assert [slot.role for slot in rule.slots if not vocabulary.may_have(rule.term, slot.role)] == []
