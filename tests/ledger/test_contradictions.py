"""Each type of contradiction is found in one block of claims, and look-alikes are left alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kg import edtf
from kg.ledger import Passage
from kg.model import Claim, Entity, Event, Exactness, MentionType, Modality, Quantity, Question
from kg.resolving import contradictions
from kg.resolving.accounts import Account, Telling, World, parts_of
from kg.resolving.contradictions.denials import Spoken
from kg.resolving.contradictions.occasions import Occasion, block_keys, occasion

_ENTITIES: tuple[tuple[str, MentionType, str | None, tuple[str, ...]], ...] = (
    ("laos", "place", "State", ()),
    ("luang", "place", None, ()),
    ("ministry", "organization", None, ()),
    ("minister", "person", None, ("ministry",)),
    ("police", "organization", None, ()),
    ("hospital", "organization", None, ()),
    ("brigade", "unit", None, ()),
    ("sappers", "group", None, ("brigade",)),
    ("people", "group", None, ()),
    ("bridge", "facility", None, ()),
    ("pact", "treaty", None, ()),
    ("an", "person", None, ()),
    ("binh", "person", None, ()),
    ("officials", "group", None, ()),
)
ENTITIES: Mapping[str, Entity] = {
    key: Entity(key, kind, (("vi", key),), subtype=subtype, belongs_to=belongs)
    for key, kind, subtype, belongs in _ENTITIES
}
WORLD = World(
    ENTITIES, parts_of(lambda key: ENTITIES[key].belongs_to), lambda outer, inner: (outer, inner) == ("laos", "luang")
)
QUESTION = Question("question", "killed", "people", "luang")
ROUGHLY = Decimal("0.1")


def account(
    name: str,
    *,
    by: tuple[str, ...] = (),
    day: str = "2025-03-04",
    articles: tuple[str, ...] = (),
    number: str | None = None,
    exactness: Exactness = "exact",
    modality: Modality = "asserted",
    place: str | None = None,
    subject: str = "question",
    kind: str = "QuantityClaim",
    copied: tuple[str, ...] = (),
) -> Account:
    """The claim `name`, told on `day` by the articles `articles`, of which one is its own where none is given."""
    quantity = None
    if number is not None:
        stated = Decimal(number)
        lower = stated if exactness != "approximate" else stated * (1 - ROUGHLY)
        upper = stated if exactness != "approximate" else stated * (1 + ROUGHLY)
        quantity = Quantity(
            stated, exactness, None if exactness == "less_than" else lower, None if exactness == "more_than" else upper
        )
    claim = Claim(name, kind, subject, attributed_to=by, modality=modality, quantity=quantity)
    tellings = tuple(Telling(Passage(a, 0, 4, "told"), (day, day), copied) for a in articles or (f"of {name}",))
    places = frozenset([place] if place else [])
    return Account(claim, tellings, tuple(WORLD.parts(source) for source in by), places)


def sides(*accounts: Account, question: Question = QUESTION) -> tuple[str, ...]:
    found = contradictions.values(question, accounts, WORLD)
    return found.sides if found else ()


# --- values ------------------------------------------------------------------------------------------------------------


def test_numbers_of_two_parties_that_exclude_each_other() -> None:
    police, hospital = account("p", by=("police",), number="5"), account("h", by=("hospital",), number="8")
    assert sorted(sides(police, hospital)) == ["h", "p"]
    assert sides(police, account("c", by=("hospital",), number="5")) == ()


def test_in_one_article_the_parties_must_differ() -> None:
    one = account("p", by=("police",), number="5", articles=("x",))
    assert sorted(sides(one, account("h", by=("hospital",), number="8", articles=("x",)))) == ["h", "p"]
    assert sides(one, account("p2", by=("police",), number="8", articles=("x",))) == ()
    bare = [account(name, number=name, articles=("x",)) for name in ("5", "8")]
    assert sides(*bare) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("600", "approximate"), ("612", "exact")),
        (("40", "more_than"), ("43", "exact")),
        (("42400", "less_than"), ("41000", "exact")),
        (("15000", "exact"), ("15230", "exact")),
    ],
)
def test_numbers_that_meet_are_no_contradiction(first: tuple[str, Exactness], second: tuple[str, Exactness]) -> None:
    accounts = [
        account(name, by=(by,), number=number, exactness=exactness)
        for name, by, (number, exactness) in (("a", "police", first), ("b", "hospital", second))
    ]
    assert sides(*accounts) == ()


def test_a_plan_a_condition_and_a_denial_count_nothing() -> None:
    told = account("p", by=("police",), number="5")
    others: tuple[Modality, ...] = ("planned", "conditional", "denied")
    for modality in others:
        assert sides(told, account("h", by=("hospital",), number="9", modality=modality)) == ()


def test_one_party_may_bring_its_toll_up_to_date_but_not_down() -> None:
    first = account("a", by=("ministry",), number="24", day="2025-03-04")
    assert sides(first, account("b", by=("minister",), number="41", day="2025-03-10")) == ()
    assert sides(first, account("c", by=("minister",), number="19", day="2025-03-10")) == ("a", "c")


def test_the_missing_are_found_but_do_not_become_more() -> None:
    question = Question("question", "missing", "people", "luang")
    first = account("a", by=("police",), number="14", day="2025-03-04")
    assert sides(first, account("b", number="3", day="2025-03-10"), question=question) == ()
    assert sides(first, account("c", number="21", day="2025-03-05"), question=question) == ("a", "c")


def test_a_part_beside_the_total_is_no_contradiction() -> None:
    part = account("part", by=("police",), number="9", place="luang")
    assert sides(part, account("total", by=("hospital",), number="37", place="laos")) == ()


def test_how_much_money_is_no_question_unless_two_articles_tell_it() -> None:
    nothing = Question("question", "amount", unit="USD")
    both = ("one article",)
    accounts = [
        account(n, by=(who,), number=m, articles=both) for n, who, m in (("a", "police", "5"), ("b", "hospital", "8"))
    ]
    assert sides(*accounts, question=nothing) == ()
    assert sides(account("a", number="5"), account("b", number="8"), question=nothing) == ("a", "b")


def test_an_article_that_counts_two_things_contradicts_neither_of_them() -> None:
    hurt = account("a", by=("police",), number="40", exactness="more_than")
    told, critical = (account(n, number=m, articles=("other",)) for n, m in (("b", "43"), ("c", "9")))
    assert sides(hurt, told, critical) == ()
    assert sides(hurt, critical) == ("a", "c")


def test_houses_and_boats_are_no_rivals() -> None:
    things = Question("question", "destroyed", event="flood")
    houses, boats = (
        account(n, by=(who,), number=m, articles=("one",)) for n, who, m in (("a", "police", "612"), ("b", "an", "2"))
    )
    assert sides(houses, boats, account("c", number="600", exactness="approximate"), question=things) == ()
    assert sides(houses, account("d", number="900"), question=things) == ("a", "d")


def test_a_narrator_beside_a_source_counts_a_part_or_contradicts_it() -> None:
    said = account("a", by=("police",), number="5000", articles=("one",))
    assert sides(said, account("b", number="3000", articles=("one",))) == ("a", "b")
    assert sides(said, account("b", number="900", articles=("one",))) == ()


def test_plans_exclude_plans_only() -> None:
    plan = account("a", number="5", modality="planned")
    assert sides(plan, account("b", number="8", modality="planned")) == ("a", "b")
    assert sides(plan, account("b", number="8")) == ()


# --- scope -------------------------------------------------------------------------------------------------------------


def scope(part: Account, whole: Account, question: Question = QUESTION) -> list[tuple[str, ...]]:
    return [found.sides for found in contradictions.scopes(question, [whole, part], WORLD)]


def test_one_number_of_a_province_and_of_the_country() -> None:
    whole = account("whole", by=("ministry",), number="23", place="laos")
    assert scope(account("part", by=("police",), number="23", place="luang"), whole) == [("part", "whole")]
    assert scope(account("part", by=("police",), number="20", place="luang"), whole) == []
    few = account("part", number="3", place="luang")
    assert scope(few, account("whole", number="3", place="laos")) == []


def test_more_in_the_part_than_in_the_whole() -> None:
    whole = account("whole", by=("ministry",), number="23", place="laos")
    assert scope(account("part", by=("police",), number="30", place="luang"), whole) == [("part", "whole")]


def test_a_group_and_the_body_that_it_is_part_of() -> None:
    asked = {name: Question(name, "wounded", name) for name in ("sappers", "brigade", "people")}

    def found(first: str, second: str) -> list[tuple[str, ...]]:
        block = [(asked[name], account(name, number="50", subject=name)) for name in (first, second)]
        return [one.sides for one in contradictions.scopes_of_groups(block, WORLD)]

    assert found("brigade", "sappers") == [("sappers", "brigade")]
    assert found("brigade", "people") == []


# --- attribution ---------------------------------------------------------------------------------------------------------


def drift(*accounts: Account) -> list[tuple[str, ...]]:
    return [found.sides for found in contradictions.drift(QUESTION, accounts, WORLD)]


def test_a_source_that_changes_or_is_lost_later() -> None:
    first = account("a", by=("police",), number="312", day="2025-03-04")
    assert drift(first, account("b", by=("hospital",), number="312", day="2025-03-09")) == [("a", "b")]
    assert drift(first, account("b", by=("hospital",), number="312", day="2025-03-04")) == [("a", "b")]
    assert drift(first, account("b", number="312", day="2025-03-09")) == [("a", "b")]
    assert drift(first, account("b", number="312", day="2025-03-05")) == []


def test_one_party_one_day_and_small_numbers_do_not_drift() -> None:
    first = account("a", by=("ministry",), number="312", day="2025-03-04")
    assert drift(first, account("b", by=("minister",), number="312", day="2025-03-09")) == []
    assert drift(first, account("b", by=("officials",), number="312", day="2025-03-04")) == []
    assert drift(first, account("b", by=("hospital",), number="313", day="2025-03-09")) == []
    few = account("a", by=("police",), number="9", day="2025-03-04")
    assert drift(few, account("b", by=("hospital",), number="9", day="2025-03-09")) == []


def test_a_source_that_is_named_only_later_is_no_drift() -> None:
    first = account("a", number="312", day="2025-03-04")
    assert drift(first, account("b", by=("hospital",), number="312", day="2025-03-09")) == []


def test_an_edit_of_a_copied_passage_that_changes_the_source() -> None:
    told = [
        account(n, by=(by,), day=day, subject="call", kind="EventClaim")
        for n, by, day in (("a", "police", "2025-03-04"), ("b", "hospital", "2025-03-09"))
    ]
    edited = contradictions.copied_drift(told, lambda document: document)
    assert [found.sides for found in edited] == [("a", "b")]
    assert list(contradictions.copied_drift(told, lambda _document: "word for word")) == []


# --- dates and status ------------------------------------------------------------------------------------------------------


def event(
    key: str,
    kind: str,
    time: str | None,
    roles: Mapping[str, tuple[str, ...]],
    *,
    articles: tuple[str, ...] = (),
    modality: Modality = "asserted",
    by: tuple[str, ...] = (),
    day: str = "2025-03-20",
) -> Occasion:
    record = Event(key, kind, tuple(sorted(roles.items())), edtf.to_time(time) if time else None)
    told = account(f"c-{key}", subject=key, kind="EventClaim", articles=articles, modality=modality, by=by, day=day)
    return occasion(record, [told], ENTITIES)


def dated(*occasions: Occasion) -> set[tuple[str, ...]]:
    blocks: dict[str, list[Occasion]] = {}
    for one in occasions:
        for key in block_keys(one):
            blocks.setdefault(key, []).append(one)
    found = {key: list(contradictions.dates(key, members)) for key, members in blocks.items() if "excl" not in key}
    return {one.words for members in found.values() for one in members}


CALL = {"hasParticipant": ("an", "binh")}


def test_one_call_on_two_days() -> None:
    assert dated(event("1", "PhoneCall", "2025-03-12", CALL), event("2", "PhoneCall", "2025-03-13", CALL)) == {
        ("2025-03-12", "2025-03-13")
    }


def test_two_calls_that_one_article_tells_of_are_two() -> None:
    calls = [event(n, "PhoneCall", f"2025-03-1{n}", CALL, articles=("x",)) for n in "23"]
    assert dated(*calls) == set()


def test_calls_weeks_apart_or_with_others_are_others() -> None:
    first = event("1", "PhoneCall", "2025-03-12", CALL)
    assert dated(first, event("2", "PhoneCall", "2025-03-29", CALL)) == set()
    assert dated(first, event("2", "PhoneCall", "2025-03-13", {"hasParticipant": ("an", "minister")})) == set()
    assert dated(first, event("2", "PhoneCall", "2025-03-13", {"hasParticipant": ("an", "officials")})) == set()


def test_a_coarser_time_agrees_and_a_plan_is_no_account() -> None:
    first = event("1", "PhoneCall", "2025-03-12", CALL)
    assert dated(first, event("2", "PhoneCall", "2025-03", CALL)) == set()
    assert dated(first, event("2", "PhoneCall", "2025-03-13", CALL, modality="planned")) == set()


def test_an_article_that_is_vague_first_speaks_against_others_with_the_day_that_it_names() -> None:
    pact = {"signed": ("pact",)}
    one = event("1", "Signing", "2025-03-12", pact, articles=("x",))
    vague = event("1", "Signing", None, pact, articles=("y",))
    other = event("2", "Signing", "2025-03-13", pact, articles=("y",))
    both = replace(one, accounts=(*one.accounts, *vague.accounts))
    assert dated(both, other) == {("2025-03-12", "2025-03-13")}
    assert dated(replace(one, accounts=vague.accounts), other) == set()


def test_what_happens_once_contradicts_itself_at_any_distance() -> None:
    pact = {"signed": ("pact",)}
    assert dated(event("1", "Signing", "2024-06", pact), event("2", "Signing", "2024-09", pact)) == {
        ("2024-06", "2024-09")
    }
    bridge = {"concernsSite": ("bridge",)}
    assert dated(event("1", "Inauguration", "2025-03-01", bridge), event("2", "Groundbreaking", "2020-05", bridge)) == (
        set()
    )


def test_attacks_go_on_for_days() -> None:
    roles = {"agent": ("an",), "target": ("binh",)}
    assert dated(event("1", "Attack", "2025-03-12", roles), event("2", "Attack", "2025-03-13", roles)) == set()


def told_on(*days: str | None, kind: str = "Signing", articles: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The days on which one event was, as its claims contradict each other: each told by an article, or all by those given."""
    told = []
    for number, day in enumerate(days):
        one = account(f"c{number}", subject="e", kind="EventClaim", articles=articles)
        time = edtf.to_time(day) if day else None
        dated = tuple((article, time) for article in sorted(one.documents)) if time else ()
        told.append(replace(one, claim=replace(one.claim, happened=time), dated=dated))
    found = contradictions.dated(occasion(Event("e", kind, (("signed", ("pact",)),)), told, ENTITIES))
    return [found.words] if found else []


def test_one_event_that_is_told_with_two_days() -> None:
    assert told_on("2025-03-12", "2025-03-13") == [("2025-03-12", "2025-03-13")]
    assert told_on("2025-03-13", "XXXX-03-12", None) == [("2025-03-13", "XXXX-03-12")]


def test_one_event_whose_times_agree_or_that_goes_on() -> None:
    assert told_on("2025-03-12", "2025-03", None, "XXXX-03-12") == []
    assert told_on("2025-03-12", "2025-03-13", kind="Attack") == []
    assert told_on("2025-03-12", "2025-03-13", articles=("x",)) == []


def test_an_article_that_is_vague_beside_its_day_tells_no_second_one() -> None:
    def found(*days: str) -> list[tuple[str, ...]]:
        """Of the article x, which tells the first of `days`, and `y`, which tells the second; x tells the others as well."""
        told: list[Account] = []
        for name, article, day in (("c0", "x", days[0]), ("c1", "y", days[1]), *(("c1", "x", d) for d in days[2:])):
            time = edtf.to_time(day)
            known = next((n for n, one in enumerate(told) if one.claim.key == name), None)
            if known is None:
                one = account(name, subject="e", kind="EventClaim", articles=("x", "y") if name == "c1" else ("x",))
                told.append(replace(one, claim=replace(one.claim, happened=time), dated=((article, time),)))
            else:
                told[known] = replace(told[known], dated=(*told[known].dated, (article, time)))
        dispute = contradictions.dated(occasion(Event("e", "Signing", (("signed", ("pact",)),)), told, ENTITIES))
        return [dispute.words] if dispute else []

    assert found("2025-03-12", "2025-03-13", "2025") == [("2025-03-12", "2025-03-13")]
    assert found("2025-03-12", "2025-03-13", "2025-03-13") == []


def status(key: str, *occasions: Occasion) -> list[tuple[str, ...]]:
    return [found.sides for found in contradictions.statuses(key, occasions)]


def test_opened_and_ground_broken_on_one_day() -> None:
    key = "excluding Groundbreaking Inauguration bridge"
    roles = {"concernsSite": ("bridge",), "agent": ("an",)}
    opened = event("open", "Inauguration", "2025-03-12", roles)
    assert key in block_keys(opened)
    assert status(key, opened, event("begun", "Groundbreaking", "2025-03-12", roles)) == [("c-begun", "c-open")]
    assert status(key, opened, event("begun", "Groundbreaking", "2020-03-12", roles)) == []
    assert status(key, opened, event("begun", "Groundbreaking", None, roles)) == []
    assert status(key, opened, event("plan", "Groundbreaking", "2025-03-12", roles, modality="planned")) == []


def test_opened_and_begun_by_one_person_in_one_article() -> None:
    key = "excluding Groundbreaking Inauguration bridge"
    roles = {"concernsSite": ("bridge",), "agent": ("an",)}
    pair = [
        event("open", "Inauguration", "2025-03-12", roles, articles=("x",)),
        event("begun", "Groundbreaking", None, roles, articles=("x",)),
    ]
    assert status(key, *pair) == [("c-begun", "c-open")]


def test_still_held_after_the_release() -> None:
    key = "excluding Arrest Release an"
    roles = {"target": ("an",)}
    free = event("free", "Release", "2025-02", roles)
    assert status(key, event("held", "Arrest", None, roles), free) == [("c-held", "c-free")]
    assert status(key, event("held", "Arrest", "2024-07-03", roles), free) == []
    early = event("held", "Arrest", None, roles, day="2025-01-10")
    assert status(key, early, free) == []
    course = [
        event("held", "Arrest", None, roles, articles=("x",)),
        event("free", "Release", "2025-02", roles, articles=("x",)),
    ]
    assert status(key, *course) == []


def test_nominated_only_when_others_have_told_the_appointment() -> None:
    def found(day: str, time: str | None = None, articles: tuple[str, ...] = ()) -> bool:
        roles = {"recipient": ("an",)}
        named = event("named", "Nomination", time, roles, day=day, articles=articles)
        taken = event("taken", "Appointment", None, roles, day="2025-03-10", articles=articles)
        return bool(status("excluding Nomination Appointment an", named, taken))

    assert found("2025-03-10")
    assert found("2025-03-12")
    assert not found("2025-03-08")
    assert not found("2025-04-08")
    assert not found("2025-03-10", "2025-03-01")
    assert not found("2025-03-10", articles=("x",))


def test_a_plan_told_when_it_is_over() -> None:
    done = event("done", "Meeting", "2025-03-12", CALL)
    late = event("plan", "Meeting", "2025-03-12", CALL, modality="planned", day="2025-03-14")
    early = event("plan", "Meeting", "2025-03-12", CALL, modality="planned", day="2025-03-10")
    assert [found.sides for found in contradictions.overdue([done, late])] == [("c-done", "c-plan")]
    assert list(contradictions.overdue([done, early])) == []


def untrue(modality: Modality, day: str, happened: str | None = None, articles: tuple[str, ...] = ()) -> bool:
    """Whether a signing, told on 4 March, is contradicted by what an article tells of it on `day`."""
    done = account("done", subject="e", kind="EventClaim", articles=articles)
    time = edtf.to_time(happened) if happened else None
    done = replace(done, claim=replace(done.claim, happened=time))
    other = account("other", subject="e", kind="EventClaim", modality=modality, day=day, articles=articles)
    record = Event("e", "Signing", (("signed", ("pact",)),))
    return contradictions.denied(occasion(record, [done, other], ENTITIES), WORLD.parts) is not None


@pytest.mark.parametrize("modality", ["planned", "denied"])
def test_signed_and_afterwards_not_signed_yet(modality: Modality) -> None:
    assert untrue(modality, "2025-03-06")
    assert untrue(modality, "2025-03-04", "2025-03-03")
    assert not untrue(modality, "2025-03-02")
    assert untrue(modality, "2025-03-04") == (modality == "denied")  # the plan may have been told in the morning
    assert not untrue(modality, "2025-03-04", "2025-03-04")
    assert not untrue(modality, "2025-03-06", articles=("x",))


def test_said_and_denied_by_those_concerned() -> None:
    def found(kind: str, denier: str) -> bool:
        record = Event("e", kind, (("agent", ("an",)), ("target", ("binh",))))
        told = account("told", subject="e", kind="EventClaim", by=("police",))
        denial = account("denial", subject="e", kind="EventClaim", by=(denier,), modality="denied")
        return contradictions.denied(occasion(record, [told, denial], ENTITIES), WORLD.parts) is not None

    assert found("Attack", "an")
    assert not found("Attack", "hospital")
    assert not found("Appeal", "an")


# --- stale denials ---------------------------------------------------------------------------------------------------------


def no_story(_document: str, _other: str) -> bool:
    return False


def stale(silence: Spoken, *answers: Spoken) -> list[tuple[str, ...]]:
    return [found.sides for found in contradictions.denials("laos", [silence], answers, WORLD.is_state, no_story)]


def spoken(name: str, document: str, *matters: tuple[str, str], copied: tuple[str, ...] = ()) -> Spoken:
    kind = "NoComment" if name == "silence" else "EventClaim"
    return Spoken(account(name, articles=(document,), kind=kind, copied=copied), document, frozenset(matters))


def test_silent_and_confirming_in_one_article() -> None:
    silence = spoken("silence", "x", ("Death", "laos"), ("Death", "people"))
    assert stale(silence, spoken("answer", "x", ("Death", "laos"))) == [("silence", "answer")]
    assert stale(silence, spoken("answer", "x", ("Deployment", "laos"))) == []


def test_across_articles_more_than_the_country_must_agree() -> None:
    silence = spoken("silence", "x", ("Death", "laos"), ("Death", "luang"))
    assert stale(silence, spoken("answer", "y", ("Death", "luang"))) == [("silence", "answer")]
    assert stale(silence, spoken("answer", "y", ("Death", "laos"))) == []


def in_story(silence: Spoken, answer: Spoken, party: str = "hospital", modality: Modality = "confirmed") -> bool:
    claim = replace(answer.account.claim, modality=modality)
    answer = replace(answer, account=replace(answer.account, claim=claim))
    found = contradictions.denials(party, [silence], [answer], WORLD.is_state, lambda a, b: {a, b} == {"x", "y"})
    return bool(list(found))


def test_within_a_story_a_body_confirms_what_it_was_asked() -> None:
    silence, answer = spoken("silence", "x", ("Departure", "an")), spoken("answer", "y")
    assert in_story(silence, answer)
    assert in_story(silence, spoken("answer", "y", ("Departure", "hospital")))
    assert in_story(silence, spoken("answer", "y", ("Meeting", "an")))


def test_within_a_story_other_matters_other_words_and_states_say_nothing() -> None:
    silence, answer = spoken("silence", "x", ("Departure", "an")), spoken("answer", "y")
    assert not in_story(silence, spoken("answer", "y", ("Signing", "pact")))
    assert not in_story(silence, spoken("answer", "z"))
    assert not in_story(silence, answer, modality="denied")
    assert not in_story(silence, answer, party="laos")


def test_a_denial_in_a_copied_passage_is_inherited() -> None:
    silence = spoken("silence", "x", ("Death", "luang"), copied=("boilerplate",))
    [found] = contradictions.denials(
        "laos", [silence], [spoken("answer", "x", ("Death", "luang"))], WORLD.is_state, no_story
    )
    assert found.inherited == "boilerplate"


# --- in one article --------------------------------------------------------------------------------------------------------


def burnt(name: str, number: str, words: str, *by: str, place: str | None = None, time: str | None = None) -> Account:
    one = account(name, number=number, by=by, articles=("x",), place=place, subject=f"question {name}")
    number_ = replace(one.claim.quantity, unit="squareMetre", measure="area")  # type: ignore[type-var]
    told = (Telling(Passage("x", 0, len(words), words), ("2025-03-04", "2025-03-04")),)
    times = (edtf.to_time(time),) if time else ()
    return replace(
        one,
        claim=replace(one.claim, quantity=number_),
        tellings=told,
        dated=tuple((t.passage.document, time) for t in told for time in times),
    )


def within(*accounts: Account) -> list[tuple[str, ...]]:
    return [one.words for one in contradictions.within("x", accounts)]


def test_two_sources_of_one_article_tell_one_thing_in_the_same_words() -> None:
    first = burnt("a", "3000", "destroyed 3000 m2 of workshops")
    assert within(first, burnt("b", "5000", "the blaze destroyed 5000 m2 of workshops", "police")) == [("3000", "5000")]


def test_other_words_times_places_and_one_source_are_other_things() -> None:
    first = burnt("a", "3000", "destroyed 3000 m2 of workshops", "police", place="luang", time="2025-03-01")
    same = "destroyed 5000 m2 of workshops"
    assert within(first, burnt("b", "5000", same, "hospital")) == [("3000", "5000")]
    assert within(first, burnt("b", "5000", same, "police")) == []
    assert within(first, burnt("b", "5000", "the plant has 5000 m2", "hospital")) == []
    assert within(first, burnt("b", "5000", same, "hospital", place="laos")) == []
    assert within(first, burnt("b", "5000", same, "hospital", time="2025-02-01")) == []
    assert within(first, burnt("b", "9000", same, "hospital")) == []


# --- order -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_claims_never_matters(seed: int) -> None:
    accounts = [
        account("a", by=("police",), number="5", day="2025-03-04"),
        account("b", by=("hospital",), number="8", day="2025-03-05"),
        account("c", number="23", place="luang", day="2025-03-06"),
        account("d", by=("ministry",), number="23", place="laos", day="2025-03-07"),
        account("e", by=("police",), number="312", day="2025-03-08"),
        account("f", by=("hospital",), number="312", day="2025-03-09"),
    ]
    shuffled = random.Random(seed).sample(accounts, len(accounts))  # noqa: S311 - no secret
    assert contradictions.values(QUESTION, shuffled, WORLD) == contradictions.values(QUESTION, accounts, WORLD)
    for by_question in (contradictions.scopes, contradictions.drift):
        found = [sorted(by_question(QUESTION, given, WORLD), key=lambda c: c.key) for given in (accounts, shuffled)]
        assert found[0] == found[1]
        assert found[0]
