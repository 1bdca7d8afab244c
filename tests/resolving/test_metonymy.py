"""A capital that acts is its state; where something happens it stays a place."""

from __future__ import annotations

import pytest

from kg.model import Document, Extraction, Mention, Resolution, Statement
from kg.resolving import resolve

MOSCOW, RUSSIA, PYONGYANG, NORTH_KOREA, HANOI = "Q649", "Q159", "Q18808", "Q423", "Q1858"


def told(
    text: str, kind: str, named: dict[str, str], *, language: str = "vi", source: str = "", **roles: str
) -> Resolution:
    """What an article of one sentence comes to; `named` are its places with their keys, `roles` name them."""
    document = Document("a.txt", text, language)
    mentions = tuple(
        Mention(document.id, document.span(text.index(name), text.index(name) + len(name)), "place", name, kb=key)
        for name, key in named.items()
    )
    filled = tuple((role, (name,)) for role, name in roles.items())
    speakers = (source,) if source else ()
    statement = Statement(document.id, kind, document.span(0, len(text)), filled, attributed_to=speakers)
    return resolve([Extraction(document, mentions, (statement,))])


def test_a_capital_that_acts_is_its_state() -> None:
    found = told("Moscow áp lệnh trừng phạt.", "Sanction", {"Moscow": MOSCOW}, agent="Moscow")
    assert found.events[0].roles == (("agent", (RUSSIA,)),)


def test_the_words_still_name_the_city() -> None:
    found = told("Moscow áp lệnh trừng phạt.", "Sanction", {"Moscow": MOSCOW}, agent="Moscow")
    assert [(e.key, len(e.members)) for e in found.entities] == [(RUSSIA, 0), (MOSCOW, 1)]
    assert [(s.span.text, s.entity) for s in found.standing] == [("Moscow", RUSSIA)]


def test_where_something_happens_it_is_a_place() -> None:
    found = told("Cuộc gặp tại Bình Nhưỡng.", "Meeting", {"Bình Nhưỡng": PYONGYANG}, atPlace="Bình Nhưỡng")
    assert found.events[0].roles == (("atPlace", (PYONGYANG,)),)
    assert not found.standing


def test_a_capital_that_speaks_is_its_state() -> None:
    found = told("Bình Nhưỡng cho biết.", "Statement", {"Bình Nhưỡng": PYONGYANG}, source="Bình Nhưỡng")
    assert found.claims[0].attributed_to == (NORTH_KOREA,)


def test_both_sides_may_be_capitals() -> None:
    named = {"Moscow": MOSCOW, "Bình Nhưỡng": PYONGYANG}
    found = told("Moscow viện trợ Bình Nhưỡng.", "MoneyTransfer", named, giver="Moscow", recipient="Bình Nhưỡng")
    assert dict(found.events[0].roles) == {"giver": (RUSSIA,), "recipient": (NORTH_KOREA,)}


@pytest.mark.parametrize("kind", ["ConstructionPlan", "Sanction"])
def test_the_city_itself_acts_at_home(kind: str) -> None:
    found = told("Hà Nội phê duyệt quy hoạch.", kind, {"Hà Nội": HANOI}, agent="Hà Nội")
    assert found.events[0].roles == (("agent", (HANOI,)),)


def test_at_home_another_state_makes_the_difference() -> None:
    named = {"Hà Nội": HANOI, "Moscow": MOSCOW}
    found = told("Hà Nội và Moscow ký hiệp định.", "Signing", named, party="Hà Nội")
    assert found.events[0].roles == (("party", (HANOI,)),)  # Moscow has no part in what is told
    both = told("Hà Nội đón Moscow.", "Visit", named, agent="Hà Nội", attendee="Moscow")
    assert dict(both.events[0].roles) == {"agent": ("Q881",), "attendee": (RUSSIA,)}


def test_abroad_a_local_matter_stays_with_the_city() -> None:
    found = told("Moscow xây cầu.", "ConstructionPlan", {"Moscow": MOSCOW}, agent="Moscow")
    assert found.events[0].roles == (("agent", (MOSCOW,)),)


def test_who_tells_its_own_deeds_is_the_state_in_both() -> None:
    named = {"Bình Nhưỡng": PYONGYANG}
    found = told("Bình Nhưỡng nói đã phóng tên lửa.", "Launch", named, source="Bình Nhưỡng", agent="Bình Nhưỡng")
    assert found.events[0].roles == (("agent", (NORTH_KOREA,)),)


def test_a_city_that_is_no_capital_acts_for_itself() -> None:
    found = told("Kharkiv áp lệnh trừng phạt.", "Sanction", {"Kharkiv": "Q42308"}, agent="Kharkiv")
    assert found.events[0].roles == (("agent", ("Q42308",)),)
