"""Articles of one story say what happened to whom in their own words; it is one event and one question all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import edtf
from kg.model import Document, Extraction, Mention, MentionType, Modality, Quantity, Span, Statement
from kg.resolving import Resolver, stories
from kg.tables import MemoryTables

NAMES: Mapping[str, tuple[MentionType, str]] = {
    "Mộc Sơn": ("facility", ""),
    "Trần Văn Lực": ("person", ""),
    "Đỗ Thị Vân": ("person", ""),
    "Hà Nội": ("place", "Q1858"),
    "Đà Nẵng": ("place", "Q25282"),
    "Nga": ("place", "Q159"),
}
STORY = ("Mộc Sơn", "Trần Văn Lực", "Đỗ Thị Vân")


def fact(
    type_: str, time: str | None = None, *, number: int | None = None, modality: Modality = "asserted", **roles: str
) -> tuple[str, str | None, int | None, Modality, tuple[tuple[str, tuple[str, ...]], ...]]:
    return (
        type_,
        time,
        number,
        modality,
        tuple((role, tuple(names.split(";"))) for role, names in sorted(roles.items())),
    )


def article(
    number: int, *facts: tuple[object, ...], names: Sequence[str] = STORY, day: str | None = "2025-09-02"
) -> Extraction:
    """An article that mentions `names`, and tells each fact in a place of its own in the text."""
    text = f"{number}: " + "; ".join(NAMES) + "".join(f"\nfact number {n}" for n, _ in enumerate(facts))
    document = Document(f"{number}.txt", text, "vi", published=day)
    used = {*names, *(n for one in facts for _, chains in one[4] for n in chains)}  # type: ignore[attr-defined]
    mentions = tuple(
        Mention(document.id, document.span(text.index(n), text.index(n) + len(n)), kind, n, kb=kb)
        for n, (kind, kb) in NAMES.items()
        if n in used
    )
    statements = []
    for index, (type_, time, count, modality, roles) in enumerate(facts):
        at = text.index(f"fact number {index}")
        quantity = None
        if count is not None:
            stated = Decimal(str(count))
            quantity = Quantity(stated, lower=stated, upper=stated, unit="kilometre", measure="length")
        statements.append(
            Statement(
                document.id,
                str(type_),
                Span(at, at + 13, text[at : at + 13]),
                roles,  # type: ignore[arg-type]
                edtf.to_time(str(time)) if time else None,
                quantity=quantity,
                modality=modality,  # type: ignore[arg-type]
            )
        )
    return Extraction(document, mentions, tuple(statements))


def events(*articles: Extraction) -> int:
    resolver = Resolver()
    resolver.update(articles)
    return sum(1 for _ in resolver.events.events.table.items())


def questions(*articles: Extraction) -> int:
    resolver = Resolver()
    resolver.update(articles)
    return sum(1 for _ in resolver.questions.questions.table.items())


FIRE = fact("Accident", "2025-09-01", atPlace="Hà Nội")


def test_a_day_told_by_both_is_worth_a_name_where_articles_are_undated() -> None:
    names = ("Mộc Sơn", "Trần Văn Lực", "Đà Nẵng")  # with the day just enough
    first = article(1, fact("Accident", "XXXX-09-01"), names=names, day=None)
    assert events(first, article(2, fact("Accident", "XXXX-09-01/.."), names=names, day=None)) == 1
    assert events(first, article(2, fact("Accident"), names=names, day=None)) == 2


def test_what_was_long_ago_is_not_what_is_told_without_a_day() -> None:
    before = fact("Disaster", "2018", atPlace="Hà Nội")
    assert events(article(1, before), article(2, fact("Disaster"))) == 2


def test_two_parties_are_known_beside_names_that_only_one_article_has() -> None:
    one = fact("Signing", party="Trần Văn Lực;Đỗ Thị Vân;Mộc Sơn")
    other = fact("Signing", "2025-09-01", party="Trần Văn Lực;Đỗ Thị Vân;Nga")
    assert events(article(1, one), article(2, other)) == 1


def test_the_one_appointed_is_the_same_a_day_earlier_whoever_appoints() -> None:
    one = fact("Appointment", "2025-09-01", recipient="Trần Văn Lực", agent="Đỗ Thị Vân")
    assert events(article(1, one), article(2, fact("Appointment", "2025-08-30", recipient="Trần Văn Lực"))) == 1
    assert events(article(1, one), article(2, fact("Appointment", "2025-08-30", recipient="Mộc Sơn"))) == 2


def test_the_fire_of_a_story_is_one() -> None:
    assert events(article(1, FIRE), article(2, fact("Accident"), day="2025-09-03")) == 1
    assert events(article(1, FIRE), article(2, fact("Accident", "XXXX-09-01"))) == 1


def test_a_fire_of_another_story_is_another() -> None:
    """Articles that share one name, or none that few have, or stand weeks apart, tell of two things."""
    assert events(article(1, FIRE), article(2, fact("Accident"), names=("Mộc Sơn", "Nga"))) == 2
    assert events(article(1, FIRE), article(2, fact("Accident"), names=("Hà Nội", "Nga"))) == 2
    assert events(article(1, FIRE), article(2, fact("Accident"), day="2025-09-30")) == 2


def test_what_clashes_stays_two_within_a_story() -> None:
    assert events(article(1, FIRE), article(2, fact("Accident", "2025-09-02"))) == 2
    assert events(article(1, FIRE), article(2, fact("Accident", "2025-09-01", atPlace="Đà Nẵng"))) == 2
    one, other = (fact("Arrest", target=name) for name in STORY[1:])
    assert events(article(1, one), article(2, other)) == 2


def test_one_who_takes_part_is_enough_within_a_story_and_not_outside() -> None:
    one = fact("MoneyTransfer", giver="Trần Văn Lực")
    other = fact("MoneyTransfer", giver="Trần Văn Lực", modality="reported")
    assert events(article(1, one), article(2, other)) == 1
    assert events(article(1, one, names=()), article(2, other, names=())) == 2


def test_an_arrest_of_nobody_named_is_none_that_is_known() -> None:
    assert events(article(1, fact("Arrest", target="Trần Văn Lực")), article(2, fact("Arrest"))) == 2


def test_of_two_that_may_be_meant_none_is() -> None:
    two = [
        fact("Arrest", f"2025-09-0{day}", target="Trần Văn Lực", atPlace=at)
        for day, at in ((1, "Hà Nội"), (2, "Đà Nẵng"))
    ]
    assert events(article(1, *two), article(2, fact("Arrest", target="Trần Văn Lực;Đỗ Thị Vân"))) == 3


def day_of(*articles: Extraction) -> str | None:
    """When the only event is said to have been."""
    resolver = Resolver()
    resolver.update(articles)
    [(_, event)] = list(resolver.events.events.table.items())
    return event.time.edtf if event.time else None


CHARGED = fact("Charge", "2025-09-01", target="Trần Văn Lực")
DAY_LATER = fact("Charge", "2025-09-02", target="Trần Văn Lực")


def test_two_days_beside_each_other_are_told_of_one_event() -> None:
    assert events(article(1, CHARGED), article(2, DAY_LATER)) == 1
    assert day_of(article(1, CHARGED), article(2, DAY_LATER)) == "2025-09-01/2025-09-02"
    assert day_of(article(1, CHARGED), article(2, fact("Charge", "XXXX-09-02", target="Trần Văn Lực"))) == (
        "2025-09-01/2025-09-02"
    )


def test_two_days_are_told_of_two_events_outside_a_story_and_when_they_lie_apart() -> None:
    assert events(article(1, CHARGED, names=()), article(2, DAY_LATER, names=())) == 2
    assert events(article(1, CHARGED), article(2, fact("Charge", "2025-09-06", target="Trần Văn Lực"))) == 2
    assert events(article(1, CHARGED), article(2, fact("Charge", "2025-09-02", target="Đỗ Thị Vân"))) == 2


def test_what_goes_on_for_days_is_told_of_each() -> None:
    raid, next_raid = (fact("Attack", f"2025-09-0{day}", target="Mộc Sơn") for day in (1, 2))
    assert events(article(1, raid), article(2, next_raid)) == 2


def test_an_article_that_tells_of_both_days_knows_of_two() -> None:
    other = fact("Charge", "2025-09-01", target="Trần Văn Lực;Đỗ Thị Vân")
    assert events(article(1, CHARGED, DAY_LATER), article(2, fact("Charge", "2025-09-03", target="Trần Văn Lực"))) == 3
    assert events(article(1, other), article(2, CHARGED, DAY_LATER)) == 2


def test_of_two_who_met_both_must_be_named() -> None:
    one, other, alone = (
        fact("Meeting", f"2025-09-0{day}", hasParticipant=who)
        for day, who in ((1, "Trần Văn Lực;Đỗ Thị Vân"), (2, "Trần Văn Lực;Đỗ Thị Vân"), (2, "Trần Văn Lực"))
    )
    assert events(article(1, one), article(2, other)) == 1
    assert events(article(1, one), article(2, alone)) == 2


def test_a_plan_and_what_came_of_it_are_one() -> None:
    done = fact("Groundbreaking", "2025-09-01", concernsSite="Mộc Sơn")
    plan = fact("Groundbreaking", "2026-03", concernsSite="Mộc Sơn", modality="planned")
    assert events(article(1, done), article(2, plan)) == 1
    assert day_of(article(1, done), article(2, plan)) == "2025-09-01"
    assert events(article(1, done), article(2, plan, names=())) == 2


def test_whoever_tells_what_was_and_what_is_planned_knows_of_two() -> None:
    done = fact("Release", "2025-09-01", target="Trần Văn Lực")
    again = fact("Release", "2025-10", target="Trần Văn Lực", modality="planned")
    denied = fact("Release", target="Trần Văn Lực", modality="denied")
    assert events(article(1, done), article(2, done, again)) == 2
    assert events(article(1, done), article(2, denied, again)) == 1


def test_a_wider_class_joins_a_narrower_one() -> None:
    assert events(article(1, FIRE), article(2, fact("Emergency"))) == 1
    assert events(article(1, FIRE), article(2, fact("Attack"))) == 2


def test_days_of_an_interval_are_days() -> None:
    storm = fact("Disaster", "2025-08-30/2025-09-01", atPlace="Hà Nội")
    assert (
        events(article(1, fact("Disaster", "2025-09-01", atPlace="Hà Nội"), names=()), article(2, storm, names=())) == 1
    )
    assert (
        events(article(1, fact("Disaster", "2025-09-02", atPlace="Hà Nội"), names=()), article(2, storm, names=())) == 2
    )


def length(number: int, *numbers: int, **given: object) -> Extraction:
    return article(number, *(fact("QuantityClaim", number=n) for n in numbers), **given)  # type: ignore[arg-type]


def test_a_number_that_a_story_repeats_answers_one_question() -> None:
    assert questions(length(1, 320), length(2, 320)) == 1
    assert questions(length(1, 320), length(2, 320, names=())) == 2


def test_near_numbers_are_one_question_where_nothing_else_is_near() -> None:
    assert questions(length(1, 650), length(2, 800)) == 1
    assert questions(length(1, 650), length(2, 60)) == 2
    assert questions(length(1, 650), length(2, 800, 700)) == 2


def test_small_numbers_are_told_of_many_things() -> None:
    assert questions(length(1, 3), length(2, 3, 4)) == 2


FACTS = st.tuples(
    st.sampled_from(["Accident", "Arrest", "Emergency", "QuantityClaim", "LocatedIn"]),
    st.sampled_from(["2025-09-01", "2025-09-02", "XXXX-09-01", "2025-08-31/2025-09-01", "2025-08-20", None]),
    st.sampled_from([30, 40, 320]),
    st.sampled_from(["", "Hà Nội", "Đà Nẵng", "Mộc Sơn"]),
    st.sampled_from(["", "Trần Văn Lực", "Đỗ Thị Vân"]),
    st.sampled_from(["asserted", "planned", "denied"]),
)
DAYS = st.sampled_from(["2025-09-02", "2025-09-05", "2025-09-12", None])
ARTICLES = st.lists(
    st.tuples(
        st.lists(FACTS, min_size=1, max_size=3, unique=True),
        st.lists(st.sampled_from(STORY), max_size=3, unique=True),
        DAYS,
    ),
    min_size=2,
    max_size=5,
)


def drawn(
    number: int, told: tuple[list[tuple[str, str | None, int, str, str, Modality]], list[str], str | None]
) -> Extraction:
    facts, names, day = told
    found = []
    for type_, time, count, place, target, modality in facts:
        roles = {"atPlace": place, "target" if type_ == "Arrest" else "hasParticipant": target}
        if type_ == "LocatedIn":
            roles = {"location": "Mộc Sơn", "locatedIn": place}
        given = {role: name for role, name in roles.items() if name}
        counted = count if type_ == "QuantityClaim" else None
        found.append(fact(type_, time, number=counted, modality=modality, **given))
    return article(number, *found, names=names, day=day)


def test_articles_read_again_with_another_day_are_weighed_again() -> None:
    found = [article(1, fact("Accident", "2025-08-20")), article(2, fact("Accident"))]
    undated = [replace(one, document=replace(one.document, published=None)) for one in found]
    whole, again = MemoryTables(), MemoryTables()
    Resolver(whole).update(undated)
    resolver = Resolver(again)
    resolver.update(found)
    assert remembered(again)["pairing"] != remembered(whole)["pairing"]
    resolver.update(undated, found)
    assert remembered(again) == remembered(whole)


@settings(deadline=None, max_examples=100)
@given(
    ARTICLES,
    st.integers(0, 5),
    st.lists(DAYS, max_size=5),
    st.sampled_from([2, stories.LARGEST]),
    st.sampled_from([1, 8]),
    st.randoms(use_true_random=False),
)
def test_stories_that_come_and_go_leave_no_trace(
    told: list[object], cut: int, days: list[str | None], largest: int, many: int, random: object
) -> None:
    """Nor do articles that are read again with another day, in whatever table; where a few are many already, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.resolving.stories.LARGEST", largest)
        patch.setattr("kg.resolving.events._MANY", many)
        leave_no_trace(told, cut, days, random)


def test_what_many_articles_tell_alike_needs_no_story_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.resolving.events._MANY", 1)
    wider = fact("Emergency", "2025-09-01", atPlace="Hà Nội")
    found = [article(1, FIRE), article(2, wider), article(3, FIRE, wider, names=())]
    resolver = Resolver()
    resolver.update(found[:2])
    assert len(list(resolver.events.events.table.items())) == 1
    resolver.update(found[2:])
    assert len(list(resolver.events.events.table.items())) == events(*found) == 2


def leave_no_trace(told: list[object], cut: int, days: list[str | None], random: object) -> None:
    found = [drawn(number, one) for number, one in enumerate(told)]  # type: ignore[arg-type]
    before = [
        replace(one, document=replace(one.document, published=day)) for one, day in zip(found, days, strict=False)
    ]
    whole, part, stepwise = MemoryTables(), MemoryTables(), MemoryTables()
    Resolver(whole).update(found)
    Resolver(part).update(found[:cut])
    shuffled = [*before, *found[len(before) :]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    resolver = Resolver(stepwise)
    for one in shuffled:
        resolver.update([one])
    for one, redated in zip(before, found, strict=False):
        resolver.update([redated], [one])
    assert remembered(stepwise) == remembered(whole)
    resolver.update((), found[cut:])
    assert remembered(stepwise) == remembered(part)


def remembered(tables: MemoryTables) -> Mapping[str, Mapping[str, object]]:
    """All records of all tables."""
    return {name: dict(table.items()) for name, (table, _) in tables.made.items()}
