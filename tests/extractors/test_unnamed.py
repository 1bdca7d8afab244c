"""Who and what is only described takes part in events, stays within its article, and is nobody where nothing is told of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from kg.extractors import pipeline
from kg.model import Document, Extraction
from kg.resolving.chains import parts

ROLES: list[tuple[str, str, str, dict[str, tuple[str, ...]]]] = [
    ("en", "Divers rescued two hikers near Aarhus on Friday.", "Rescue", {"agent": ("divers",), "target": ("hikers",)}),
    ("en", 'Petr Novak said: "I flew to Vienna on Monday."', "Travel", {"agent": ("Petr Novak",)}),
    ("vi", "Nhà thầu trao tiền cho các hộ dân ở xã Tân Lập hôm 3/3.", "MoneyTransfer", {"giver": ("nhà thầu",)}),
    ("vi", 'Bà Lê An nói: "Tôi đã bay tới Hà Nội hôm 3/3."', "Travel", {"agent": ("Lê An",)}),
]


@cache
def extractor(language: str) -> Callable[[Document], Extraction]:
    return pipeline(language)


def read(language: str, text: str) -> Extraction:
    return extractor(language)(Document("a.txt", text, language, published="2026-03-12"))


@pytest.mark.parametrize(("language", "text", "kind", "roles"), ROLES, ids=[text for _, text, _, _ in ROLES])
def test_described_ones_and_speakers_play_parts(
    language: str, text: str, kind: str, roles: dict[str, tuple[str, ...]]
) -> None:
    found = [dict(s.roles) for s in read(language, text).statements if s.type == kind and s.trigger]
    assert any(roles.items() <= played.items() for played in found)


def test_whoever_plays_a_part_is_mentioned() -> None:
    found = read("en", "Divers rescued two hikers near Aarhus on Friday.")
    chains = {m.chain for m in found.mentions}
    assert all(filler in chains for s in found.statements for _, fillers in s.roles for filler in fillers)
    assert ("Divers", "group", "nominal") in {(m.span.text, m.type, m.form) for m in found.mentions}


@pytest.mark.parametrize(
    "text",
    [
        "The tanker was big and the divers were tired.",  # nothing happens
        "I flew to Vienna on Monday.",  # nobody is said to speak
    ],
)
def test_nobody_is_mentioned_of_whom_nothing_is_told(text: str) -> None:
    assert [m.span.text for m in read("en", text).mentions if m.form != "name"] == []


def test_a_thing_without_a_name_is_that_of_its_article() -> None:
    texts = ("Divers sold a tanker in Aarhus on Tuesday.", "The tanker sailed from Aarhus to Vienna on Monday.")
    nodes = [part.node for text in texts for part in parts(read("en", text)) if part.chain == "tanker"]
    assert len(nodes) == len(texts)
    assert len(set(nodes)) == len(texts)
