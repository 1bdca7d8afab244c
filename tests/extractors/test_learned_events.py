"""Events that the trained models find: classes, parts, modality, and mentions without anybody."""

from __future__ import annotations

import time

import pytest

from kg.extractors.statements import learned
from kg.model import Statement
from kg.vocabulary import Vocabulary
from tests.extractors.test_frames import Extract, _statements

Roles = dict[str, tuple[str, ...]]

CASES: list[tuple[str, str, Roles]] = [
    (
        "Công ty Thép An Phú chuyển nhượng nhà máy Sông Cầu cho Tập đoàn Minh Hải.",
        "OwnershipTransfer",
        {
            "giver": ("Công ty Thép An Phú",),
            "artifact": ("nhà máy Sông Cầu",),
            "recipient": ("Tập đoàn Minh Hải",),
        },
    ),
    (
        "Bà Trần Thu Hà qua đời tại Hà Nội sáng 3/5.",
        "Death",
        {"victim": ("Trần Thu Hà",), "atPlace": ("Hà Nội",)},
    ),
    (
        "Ca sĩ Lê Minh Anh ly hôn doanh nhân Phạm Gia Huy.",
        "Divorce",
        {"hasParticipant": ("Lê Minh Anh", "Phạm Gia Huy")},
    ),
    (
        "Máy bay chở ông Petr Novák rời Praha đến Vienna hôm 2/4.",
        "Travel",
        {"agent": ("Petr Novák",), "origin": ("Praha",), "destination": ("Vienna",)},
    ),
]


def events(found: list[Statement], kind: str) -> list[Statement]:
    return [s for s in found if s.type == kind and s.extractor == learned.BY]


@pytest.mark.parametrize(("text", "kind", "roles"), CASES, ids=[kind for _, kind, _ in CASES])
def test_finds_an_event_and_who_takes_part(extract: Extract, text: str, kind: str, roles: Roles) -> None:
    found = events(_statements(extract, text), kind)  # more than one where two phrases tell it: "chở … rời …"
    assert found
    assert all(dict(event.roles) == roles for event in found)


def test_the_trigger_re_reads_and_lies_in_the_evidence(extract: Extract) -> None:
    text = CASES[1][0]
    (event,) = events(_statements(extract, text), "Death")
    assert event.trigger
    assert text[event.trigger.start : event.trigger.end] == event.trigger.text == "qua đời"
    assert event.evidence.start <= event.trigger.start
    assert event.trigger.end <= event.evidence.end
    assert event.time
    assert event.time.edtf == "2025-05-03"  # the text is of January 2026


def test_what_is_denied_is_denied(extract: Extract) -> None:
    (event,) = events(_statements(extract, "Ông Trần Đình Bảo không qua đời."), "Death")
    assert event.modality == "denied"


def test_what_is_demanded_has_not_happened(extract: Extract) -> None:
    found = _statements(extract, "Cổ đông đòi Tổng giám đốc Carlos Huamán từ chức.")
    (event,) = events(found, "Departure")
    assert event.modality == "conditional"


def test_an_event_mentioned_without_anybody_is_the_one_told_before(extract: Extract) -> None:
    found = _statements(extract, "Quân đội Kenya tấn công nhóm Al-Shabaab ở Garissa. Vụ tấn công kéo dài hai giờ.")
    (first,) = [s for s in found if s.type == "Attack" and s.extractor != learned.BY]
    (second,) = events(found, "Attack")
    assert second.roles == first.roles
    assert second.confidence < first.confidence


def test_what_a_site_is_for_is_no_event(extract: Extract) -> None:
    found = _statements(extract, "Tỉnh Lào Cai khánh thành cầu Phú Thịnh hôm 19/5 để tưởng nhớ các binh sĩ đã hy sinh.")
    assert not [s for s in found if s.type == "Commemoration"]
    (opened,) = [s for s in found if s.type == "Inauguration"]
    assert dict(opened.roles)["commemorates"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Việc ly hôn ngày càng phổ biến.", "Divorce"),
        ("Tỷ lệ ly hôn vẫn tăng.", "Divorce"),
        ("Tàu cá thường xuyên va chạm vào mùa biển động.", "Accident"),
    ],
)
def test_a_habit_is_no_event(extract: Extract, text: str, kind: str) -> None:
    assert events(_statements(extract, text), kind) == []


def test_a_habit_of_somebody_is_an_event(extract: Extract) -> None:
    assert events(
        _statements(extract, "Ca sĩ Lê Minh Anh ly hôn doanh nhân Phạm Gia Huy như ngày càng nhiều người."), "Divorce"
    )


def test_every_part_is_one_that_the_ontology_knows(extract: Extract) -> None:
    vocabulary = Vocabulary.load()
    for text, _, _ in CASES:
        for statement in _statements(extract, text):
            assert all(vocabulary.may_have(statement.type, role) for role, _ in statement.roles)


def test_a_body_is_taken_up_by_its_noun(extract: Extract) -> None:
    text = "Công ty Thép An Phú có 200 công nhân. Tuần trước, công ty phá sản."
    (event,) = events(_statements(extract, text), "Bankruptcy")
    assert dict(event.roles) == {"concernsOrganization": ("Công ty Thép An Phú",)}


@pytest.mark.parametrize(
    "text", ["Nga bắn Anh ", "Nga bắn Anh. ", "bắn đi đến ", "bà Lan bắn "], ids=["run", "short", "verbs", "names"]
)
def test_time_is_linear_in_hostile_text(extract: Extract, text: str) -> None:
    def cost(count: int) -> float:
        start = time.perf_counter()
        _statements(extract, text * count)
        return time.perf_counter() - start

    cost(50)
    assert cost(3000) < 40 * cost(300) + 0.5
