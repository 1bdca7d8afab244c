"""What speaks for and against two accounts being of one event, and which accounts of two articles are paired."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import edtf
from kg.resolving import Resolver, event_likeness
from kg.resolving.event_accounts import Account, Classes
from kg.resolving.event_likeness import features, least, likeness, table
from kg.resolving.event_matching import companions, matches
from kg.resolving.event_pages import Happening
from tests.pairs.fitting import EXPECTED

PUBLISHED = ("2025-09-02", "2025-09-02")


@pytest.fixture(scope="module")
def classes() -> Classes:
    return Resolver().classes


def told(
    key: str,
    kind: str = "Visit",
    *,
    who: tuple[str, ...] = ("mai",),
    day: str | None = "2025-09-01",
    places: tuple[str, ...] = (),
    planned: bool = False,
    start: int = 0,
) -> Happening:
    """An account of one class in which persons take part who all have names."""
    account = Account(
        type=kind,
        position=None,
        planned=planned,
        core=who,
        unnamed=(),
        places=places,
        around=(),
        time=edtf.to_time(day) if day else None,
        weight=2 * len(who),
        only="",
    )
    people = frozenset(who)
    return Happening(key, account, frozenset(), frozenset(), (("agent", people),), people, start)


def paired(own: list[Happening], there: list[Happening], classes: Classes) -> set[tuple[str, str]]:
    return {(own[m.first].key, there[m.second].key) for m in matches(own, there, PUBLISHED, classes)}


def test_every_feature_has_a_weight_that_does_not_contradict_what_was_thought() -> None:
    expected = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["weights"]
    weights = table()["weights"]
    assert len(set(event_likeness.NAMES)) == len(event_likeness.NAMES)
    assert set(weights) == set(expected) == set(event_likeness.NAMES)
    assert {name for name in weights if weights[name] * expected[name] < 0} == set()


@pytest.mark.parametrize(
    "other",
    [
        lambda: told("b", "Meeting"),
        lambda: told("b", who=("hoa",)),
        lambda: told("b", day="2025-03-01"),
        lambda: told("b", planned=True),
        lambda: told("b", places=("Q25282",)),
        lambda: told("b", day="2025-09-03", who=("hoa", "lan")),
    ],
    ids=["another class", "another person", "another month", "a plan", "another city", "another day and people"],
)
def test_what_excludes_each_other_is_never_one(other: Callable[[], Happening], classes: Classes) -> None:
    one, two = told("a", places=("Q1858",)), other()
    assert likeness(one, [one], two, [two], PUBLISHED, classes) == 0


def test_the_same_people_on_the_same_day_are_one(classes: Classes) -> None:
    one, two = told("a"), told("b")
    assert likeness(one, [one], two, [two], PUBLISHED, classes) >= least()
    assert paired([one], [two], classes) == {("a", "b")}


def test_of_two_that_may_as_well_be_meant_neither_is(classes: Classes) -> None:
    own = [told("a", who=("mai", "hoa"))]
    there = [told("b", who=("mai",), places=("Q1858",)), told("c", who=("mai",), places=("Q25282",), start=9)]
    assert paired(own, there, classes) == set()


def test_each_goes_with_the_one_that_names_its_people(classes: Classes) -> None:
    own = [told("a", who=("mai",)), told("b", who=("hoa",), start=9)]
    there = [told("c", who=("hoa",)), told("d", who=("mai",), start=9)]
    assert paired(own, there, classes) == {("a", "d"), ("b", "c")}
    found = matches(own, there, PUBLISHED, classes)
    assert companions(found, 0) == ({}, {1: found[0].probability if found[0].first == 0 else found[1].probability})


PEOPLE = st.lists(st.sampled_from(["mai", "hoa", "lan"]), min_size=1, max_size=2, unique=True).map(tuple)
SIDES = st.lists(
    st.tuples(
        PEOPLE, st.sampled_from([None, "2025-09-01", "2025-08-30"]), st.sampled_from(["Visit", "Meeting", "Travel"])
    ),
    max_size=4,
)


@given(SIDES, SIDES)
def test_pairing_does_not_depend_on_which_article_comes_first(
    first: list[tuple[tuple[str, ...], str | None, str]], second: list[tuple[tuple[str, ...], str | None, str]]
) -> None:
    classes = Resolver().classes
    own, there = (
        [told(f"{side}{n}", kind, who=who, day=day, start=n) for n, (who, day, kind) in enumerate(facts)]
        for side, facts in (("a", first), ("b", second))
    )
    assert paired(own, there, classes) == {(a, b) for b, a in paired(there, own, classes)}
    for one in own:
        for other in there:
            assert features(one, own, other, there, PUBLISHED, classes) == features(
                other, there, one, own, PUBLISHED, classes
            )
