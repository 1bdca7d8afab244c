"""Statements of one event join; those that clash in time, place or people stay apart."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg import edtf
from kg.model import Event, Modality, Span, Statement
from kg.resolving.event_accounts import account
from kg.resolving.events import Events
from kg.resolving.stages import Change
from kg.resolving.told import Told
from kg.tables import MemoryTables

AROUND = {"kursk": ("russia",)}
SPECIFIC = {"t"}


def told(
    type_: str,
    time: str | None = None,
    *,
    number: int = 0,
    position: str | None = None,
    modality: Modality = "asserted",
    **roles: str,
) -> Told:
    statement = Statement(
        f"document-{number}",
        type_,
        Span(number, number + 1, "x"),
        time=edtf.to_time(time) if time else None,
        position=position,
        modality=modality,
    )
    filled = {role: tuple(names.split()) for role, names in roles.items() if names}
    named = [name for names in filled.values() for name in names]
    return Told(
        statement,
        filled,
        around=tuple((name, AROUND[name]) for name in named if name in AROUND),
        specific=tuple(name for name in named if name in SPECIFIC),
    )


def told_of(*parts: Told) -> Events:
    found = Events(MemoryTables())
    found.update({one.statement.id: Change(None, one) for one in parts})
    return found


def events_of(*parts: Told) -> list[Event]:
    return [event for _, event in told_of(*parts).events.table.items()]


def joined(*parts: Told) -> int:
    return len(events_of(*parts))


def test_a_year_completes_a_day_without_one() -> None:
    (event,) = events_of(
        told("PhoneCall", "XXXX-08-12", number=1, initiator="putin", recipient="kim"),
        told("PhoneCall", "2025-08-12", number=2, hasParticipant="putin kim"),
    )
    assert event.time is not None
    assert event.time.edtf == "2025-08-12"


def test_other_days_are_other_events() -> None:
    assert (
        joined(
            told("PhoneCall", "2025-08-12", hasParticipant="a b"),
            told("PhoneCall", "2025-08-13", number=1, hasParticipant="a b"),
        )
        == 2
    )


def test_other_people_on_one_day_are_other_events() -> None:
    assert (
        joined(
            told("Meeting", "2025-08-12", hasParticipant="a b"),
            told("Meeting", "2025-08-12", number=1, hasParticipant="c d"),
        )
        == 2
    )


def test_a_place_inside_the_other_is_no_clash() -> None:
    assert (
        joined(
            told("Deployment", "2024-10", initiator="dprk", destination="russia"),
            told("Deployment", "2024-10", number=1, initiator="dprk", destination="kursk"),
        )
        == 1
    )


def test_another_place_is_a_clash() -> None:
    assert (
        joined(
            told("Signing", "2024-10", signed="t", atPlace="hanoi"),
            told("Signing", "2024-10", number=1, signed="t", atPlace="kursk"),
        )
        == 2
    )


def test_an_undated_account_joins_the_only_event_that_it_fits() -> None:
    assert joined(told("Signing", "2024-06", signed="t", party="a b"), told("Signing", number=1, signed="t")) == 1


def test_an_undated_account_of_either_event_joins_neither() -> None:
    dated = [told("Meeting", f"2025-0{month}-01", number=month, hasParticipant="a b") for month in (1, 2)]
    assert joined(*dated, told("Meeting", number=9, hasParticipant="a b")) == 3


def test_what_is_planned_is_not_what_happened() -> None:
    happened = told("Visit", "2025", agent="a", destination="b")
    assert joined(happened, told("Visit", "2025", number=1, agent="a", destination="b", modality="planned")) == 2


def test_offices_differ_by_their_title() -> None:
    chair, leader = (
        told("PositionHeld", number=i, position=title, heldBy="a", jurisdiction="b")
        for i, title in enumerate(("chủ tịch", "nhà lãnh đạo"))
    )
    assert joined(chair, leader) == 2


Account = tuple[str, str | None, str, str]
NAMES = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True).map(" ".join)
TIMES = st.sampled_from([None, "2025", "2025-08", "2025-08-12", "XXXX-08-12", "2024-10/.."])
ACCOUNTS = st.lists(
    st.tuples(st.sampled_from(["Meeting", "Visit"]), TIMES, NAMES, st.sampled_from(["", "kursk", "russia", "hanoi"])),
    max_size=8,
)


@settings(deadline=None)  # the first example reads the gazetteers
@given(ACCOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_accounts_does_not_matter(accounts: list[Account], random: Random) -> None:
    parts = [
        told(kind, time, number=i, hasParticipant=names, atPlace=place)
        for i, (kind, time, names, place) in enumerate(accounts)
    ]
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert events_of(*parts) == events_of(*shuffled)


@settings(deadline=None)  # the first example reads the gazetteers
@given(ACCOUNTS, st.integers(0, 8))
def test_accounts_that_come_later_and_some_that_go_make_no_difference(accounts: list[Account], cut: int) -> None:
    parts = [
        told(kind, time, number=i, hasParticipant=names, atPlace=place)
        for i, (kind, time, names, place) in enumerate(accounts)
    ]
    found = told_of(*parts[:cut])
    for one in parts[cut:]:
        found.update({one.statement.id: Change(None, one)})
    assert dict(found.events.table.items()) == dict(told_of(*parts).events.table.items())
    found.update({one.statement.id: Change(one, None) for one in parts[:cut]})
    assert dict(found.events.table.items()) == dict(told_of(*parts[cut:]).events.table.items())


@settings(deadline=None)  # the first example reads the gazetteers
@given(ACCOUNTS)
def test_every_statement_tells_exactly_one_event(accounts: list[Account]) -> None:
    parts = [told(kind, time, number=i, hasParticipant=names) for i, (kind, time, names, _) in enumerate(accounts)]
    found = told_of(*parts)
    assert {found.event_of(account(one).key) for one in parts} == {key for key, _ in found.events.table.items()}


def test_what_only_a_country_tells_is_no_sign_of_one_event() -> None:
    assert (
        joined(told("Meeting", number=1, hasParticipant="laos"), told("Meeting", number=2, hasParticipant="laos")) == 2
    )
