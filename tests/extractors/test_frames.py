"""Every rule finds in its own example what it says, and stays silent where it must."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from kg.extractors.statements import rules, speech
from kg.extractors.statements.rules import Count, Rule
from kg.lexicon import table
from kg.model import Document, Extraction, Statement
from kg.vocabulary import Vocabulary

LANGUAGE = "vi"
Extract = Callable[[Document], Extraction]
FOUND = rules.load(LANGUAGE)


def _statements(extract: Extract, text: str) -> list[Statement]:
    return list(extract(Document("example.txt", text, LANGUAGE, published="2026-01-15")).statements)


def _cases(kind: Iterable[Rule | Count]) -> list[Any]:
    return [pytest.param(r, t, finds, id=f"{r.id}-{i}") for r in kind for i, (t, finds) in enumerate(r.examples)]


def _silences(kind: Iterable[Rule | Count]) -> list[Any]:
    return [pytest.param(r, t, id=f"{r.id}-{i}") for r in kind for i, t in enumerate(r.silent)]


@pytest.mark.parametrize(("rule", "text", "finds"), _cases(FOUND.frames))
def test_frame_finds_its_example(extract: Extract, rule: Rule, text: str, finds: Mapping[str, Any]) -> None:
    found = [s for s in _statements(extract, text) if s.extractor == rule.id]
    assert found, f"{rule.id} finds nothing in: {text}"
    wanted = {role: sorted(names) for role, names in finds.items()}
    assert any({role: sorted(s.role(role)) for role in wanted} == wanted for s in found), [dict(s.roles) for s in found]


@pytest.mark.parametrize(("rule", "text"), _silences(FOUND.frames))
def test_frame_stays_silent(extract: Extract, rule: Rule, text: str) -> None:
    assert not [s for s in _statements(extract, text) if s.extractor == rule.id]


@pytest.mark.parametrize(("count", "text", "finds"), _cases(FOUND.counts))
def test_count_finds_its_example(extract: Extract, count: Count, text: str, finds: Mapping[str, Any]) -> None:
    found = [s.quantity for s in _statements(extract, text) if s.extractor == count.id and s.quantity]
    assert found, f"{count.id} counts nothing in: {text}"
    assert found[0].stated == Decimal(str(finds["stated"]))
    assert found[0].exactness == finds["exactness"]
    assert found[0].measure == count.measure
    assert finds.get("unit") in {None, found[0].unit}


@pytest.mark.parametrize(("count", "text"), _silences(FOUND.counts))
def test_count_stays_silent(extract: Extract, count: Count, text: str) -> None:
    assert not [s for s in _statements(extract, text) if s.extractor == count.id]


CUES = table(LANGUAGE, "speech")["cue"]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["id"])
def test_cue_finds_its_speaker(extract: Extract, cue: Mapping[str, Any]) -> None:
    found = [s for s in _statements(extract, cue["example"]) if cue["speaker"] in {*s.attributed_to, *s.relayed_by}]
    assert found, f"{cue['id']} finds no speaker in: {cue['example']}"
    modality = cue.get("modality", "asserted")
    assert any(s.modality == modality for s in found)


@pytest.mark.parametrize(("cue", "text"), [pytest.param(c, t, id=c["id"]) for c in CUES for t in c.get("silent", ())])
def test_cue_stays_silent(extract: Extract, cue: Mapping[str, Any], text: str) -> None:
    assert not [s for s in _statements(extract, text) if s.extractor == f"speech-{cue['id']}"]


def test_every_rule_has_an_example_and_a_silence() -> None:
    rules: list[Rule | Count] = [*FOUND.frames, *FOUND.counts]
    bare = [r.id for r in rules if not r.examples or not r.silent]
    assert bare == []


def test_rule_ids_are_unique() -> None:
    rules: list[Rule | Count] = [*FOUND.frames, *FOUND.counts]
    ids = [r.id for r in rules]
    assert len(ids) == len(set(ids))


def test_cues_load() -> None:
    assert speech.cues(LANGUAGE).verbs.at(["cho", "biết"], 0) is not None


@pytest.mark.parametrize("rule", FOUND.frames, ids=lambda rule: rule.id)
def test_the_ontology_allows_the_roles_of_a_frame(rule: Rule) -> None:
    vocabulary = Vocabulary.load()
    assert [slot.role for slot in rule.slots if not vocabulary.may_have(rule.term, slot.role)] == []
