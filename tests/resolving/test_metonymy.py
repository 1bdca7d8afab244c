"""A capital that acts is its state; where something happens it stays a place."""

from __future__ import annotations

import pytest

from kg.model import Document, Extraction, Mention, Resolution, Span, Statement
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


def named(text: str, places: dict[str, tuple[str, str]], *, language: str = "vi") -> Resolution:
    """What an article without a statement comes to; `places` are its places with their keys and what makes them act."""
    document = Document("a.txt", text, language)

    def span(words: str) -> Span:
        return document.span(text.index(words), text.index(words) + len(words))

    mentions = tuple(
        Mention(document.id, span(name), "place", name, kb=key, acts=span(words) if words else None)
        for name, (key, words) in places.items()
    )
    return resolve([Extraction(document, mentions)])


def test_a_capital_acts_by_the_words_around_it_without_a_statement() -> None:
    found = named("Họ cần sự hỗ trợ của Moscow.", {"Moscow": (MOSCOW, "sự hỗ trợ của Moscow")})
    assert [(one.span.text, one.entity) for one in found.standing] == [("Moscow", RUSSIA)]
    assert {entity.key for entity in found.entities} == {MOSCOW, RUSSIA}


def test_a_capital_that_nothing_makes_act_stays_a_place() -> None:
    found = named("Sông chảy qua Bình Nhưỡng.", {"Bình Nhưỡng": (PYONGYANG, "")})
    assert not found.standing
    assert {entity.key for entity in found.entities} == {PYONGYANG}


def test_a_city_that_is_no_capital_never_stands_for_a_state() -> None:
    assert not named("Động thái của Kharkiv.", {"Kharkiv": ("Q42308", "Động thái của Kharkiv")}).standing


def test_at_home_the_same_words_must_name_another_state() -> None:
    assert not named("Lập trường của Hà Nội rõ ràng.", {"Hà Nội": (HANOI, "Lập trường của Hà Nội")}).standing
    words = "quan hệ Hà Nội - Moscow"
    both = named("Về quan hệ Hà Nội - Moscow.", {"Hà Nội": (HANOI, words), "Moscow": (MOSCOW, words)})
    assert {(one.span.text, one.entity) for one in both.standing} == {("Hà Nội", "Q881"), ("Moscow", RUSSIA)}
    abroad = named("The position of Hanoi is clear.", {"Hanoi": (HANOI, "position of Hanoi")}, language="en")
    assert [one.entity for one in abroad.standing] == ["Q881"]


def test_what_the_words_say_also_holds_for_the_part_in_a_statement() -> None:
    document = Document("a.txt", "Moscow cam kết xây cầu.", "vi")
    acting = Mention(document.id, document.span(0, 6), "place", "Moscow", kb=MOSCOW, acts=document.span(0, 14))
    statement = Statement(document.id, "ConstructionPlan", document.span(0, 22), (("agent", ("Moscow",)),))
    found = resolve([Extraction(document, (acting,), (statement,))])
    assert found.events[0].roles == (("agent", (RUSSIA,)),)
    assert len(found.standing) == 1
