"""Events of English that the trained models find where no frame does: classes, parts, modality, names that go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from kg.extractors import pipeline
from kg.extractors.statements import learned
from kg.model import Document, Extraction, Statement
from kg.vocabulary import Vocabulary

CASES: list[tuple[str, str, dict[str, tuple[str, ...]]]] = [
    ("Two years later Ngo Bao Tran flew from Hanoi to Vienna.", "Travel", {"agent": ("Ngo Bao Tran",)}),
    ("Petr Novak has been behind bars since Monday.", "Arrest", {"target": ("Petr Novak",)}),
    ("Jens Holm lost his life in the blaze in Aarhus.", "Death", {"victim": ("Jens Holm",)}),
]


@cache
def extractor() -> Callable[[Document], Extraction]:
    return pipeline("en")


def read(text: str) -> Extraction:
    return extractor()(Document("a.txt", text, "en", published="2026-03-12"))


def events(text: str, kind: str) -> list[Statement]:
    return [s for s in read(text).statements if s.type == kind and s.trigger]


@pytest.mark.parametrize(("text", "kind", "roles"), CASES, ids=[kind for _, kind, _ in CASES])
def test_finds_an_event_and_who_takes_part(text: str, kind: str, roles: dict[str, tuple[str, ...]]) -> None:
    assert any(roles.items() <= dict(event.roles).items() for event in events(text, kind))


def test_an_event_that_is_sure_needs_nobody_to_take_part() -> None:
    (event,) = events("The wedding was on March 8.", "Marriage")
    assert (event.extractor, event.roles) == (learned.BY, ())
    assert event.time
    assert event.time.edtf == "2026-03-08"


def test_every_part_is_one_that_the_ontology_knows() -> None:
    vocabulary = Vocabulary.load()
    for text, _, _ in CASES:
        for statement in read(text).statements:
            assert all(vocabulary.may_have(statement.type, role) for role, _ in statement.roles)


def test_a_name_goes_on_over_no_verb_and_no_headline() -> None:
    names = {m.span.text for m in read("The European Commission hit Nordlys Energy with a fine.").mentions}
    assert {"European Commission", "Nordlys Energy"} <= names
    assert not any(" hit " in name for name in names)
