"""What has not happened yet is a fact that says so, and what is put off is still planned; a plain denial is none."""

from __future__ import annotations

import pytest

from kg import resources
from kg.building import stages
from kg.extractors.statements import learned
from kg.model import Document, Statement

TOLD = [
    ("en", "Defence Minister Mona Sahlin has yet to sign the Nari Treaty.", "Signing", "denied"),
    ("en", "Laos and Nepal have not yet signed the Nari Treaty.", "Signing", "denied"),
    ("en", "Work on the reactor in Ninh Thuan has not begun.", "Groundbreaking", "denied"),
    ("en", "Work on the reactor in Ninh Thuan has begun.", "Groundbreaking", "asserted"),
    ("en", "The signing of the Nari Treaty by Laos and Nepal had been put off until Sunday.", "Signing", "planned"),
    ("en", "Laos would have signed the Nari Treaty.", "Signing", "conditional"),
    ("en", "He said Laos would sign the Nari Treaty.", "Signing", "planned"),
    ("en", "Laos postponed the signing of the Nari Treaty.", "Signing", "planned"),
    ("en", "Laos has put off signing the Nari Treaty until Sunday.", "Signing", "planned"),
    ("en", "Nepal keeps postponing signing the Nari Treaty.", "Signing", "planned"),
    ("en", "Nepal stopped short of signing the Nari Treaty.", "Signing", "denied"),
    ("en", "Laos put its soldiers off the island after signing the Nari Treaty.", "Signing", "asserted"),
    ("vi", "Vị thủ tướng sắp mãn nhiệm đã ký Hiệp ước Nari.", "Signing", "asserted"),
    ("vi", "Vị thủ tướng mãn nhiệm sắp ký Hiệp ước Nari.", "Signing", "planned"),
    ("vi", "Theo kế hoạch, Lào sẽ ký Hiệp ước Nari.", "Signing", "planned"),
    ("vi", "Lào và Nepal vẫn chưa ký Hiệp ước Nari.", "Signing", "denied"),
    ("vi", "Lễ ký Hiệp ước Nari giữa Lào và Nepal bị hoãn đến Chủ nhật.", "Signing", "planned"),
]


def read(language: str, text: str) -> list[Statement]:
    if language not in resources.languages():
        pytest.skip(f"there is no data for {language}")
    extraction = stages.pipeline(language)(Document("a.txt", text, language, published="2026-03-03"))
    return list(extraction.statements)


def found(language: str, text: str) -> dict[str, str]:
    return {one.type: one.modality for one in read(language, text)}


@pytest.mark.parametrize(("language", "text", "kind", "modality"), TOLD)
def test_not_yet_and_put_off(language: str, text: str, kind: str, modality: str) -> None:
    assert found(language, text).get(kind) == modality


@pytest.mark.parametrize(
    ("language", "text", "denied"),
    [
        ("en", '"We are not buying a yard, we are buying patience," said Mona Sahlin.', False),
        ("en", "Laos is not buying boats but buying time.", False),
        ("en", "Laos is not buying boats, Nepal is buying boats.", True),
        ("en", "Laos is not buying the airline.", True),
    ],
)
def test_a_correction_denies_nothing(language: str, text: str, *, denied: bool) -> None:
    assert ("denied" in {one.modality for one in read(language, text) if one.type == "OwnershipTransfer"}) == denied


def test_a_plain_denial_is_no_fact_of_a_frame() -> None:
    told = [one for one in read("en", "Laos and Nepal have not signed the Nari Treaty.") if one.type == "Signing"]
    assert all((one.extractor, one.modality) == (learned.BY, "denied") for one in told)
    assert found("en", "The attack in Vientiane did not kill anyone.").get("Attack") != "denied"
