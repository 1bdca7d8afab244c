"""The annotated sentences with nested sources quote their own text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
MODALITIES = {"asserted", "reported", "estimated", "planned", "conditional", "denied", "confirmed"}
SIZES = {
    "english/attribution.jsonl": 20,
    "english/attribution-november.jsonl": 20,
    "english/attribution-unseen.jsonl": 40,
    "english/attribution-dev.jsonl": 60,
    "english/attribution-builds-dev.jsonl": 87,
    "english/attribution-builds.jsonl": 87,
    "english/attribution-rounds.jsonl": 151,
    "english/attribution-leads.jsonl": 80,
    "english/attribution-desk.jsonl": 80,
    "vietnamese/attribution-dev.jsonl": 40,
}


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_claims_and_sources_stand_in_the_text(name: str, size: int) -> None:
    passages = [json.loads(line) for line in (TESTS / name).read_text(encoding="utf-8").splitlines()]
    assert len({passage["text"] for passage in passages}) == size
    for number, passage in enumerate(passages, 1):
        assert passage["claims"], number
        for claim in passage["claims"]:
            assert passage["text"].count(claim["quote"]) == 1, number
            assert claim["modality"] in MODALITIES, number
            assert all(source in passage["text"] for source in claim["attributed_to"] + claim["relayed_by"]), number
