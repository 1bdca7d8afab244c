"""What speaks for and against two accounts being of one event, and which accounts of two articles are paired."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import edtf
from kg.resolving import Resolver
from kg.resolving.event_accounts import Account, Classes
from kg.resolving.event_likeness import Side, features, least, likeness, table
from kg.resolving.event_matching import matches
from kg.resolving.event_pages import Happening, Page
from kg.resolving.pairings import Pairing
from tests.pairs.fitting import EXPECTED


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


def page(*told: Happening) -> Page:
    return Page(told, "2025-09-02")


def alone(one: Happening) -> Side:
    return Side(one, page(one))


def paired(own: Sequence[Happening], there: Sequence[Happening], classes: Classes) -> set[tuple[str, str]]:
    return {(m.first.key, m.second.key) for m in matches(page(*own), page(*there), classes)}


def test_every_feature_has_a_weight_that_does_not_contradict_what_was_thought() -> None:
    expected = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["weights"]
    weights = table()["weights"]
    assert set(weights) == set(expected)
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
    assert likeness(alone(one), alone(two), classes) == 0


def test_the_same_people_on_the_same_day_are_one(classes: Classes) -> None:
    one, two = told("a"), told("b")
    assert likeness(alone(one), alone(two), classes) >= least()
    assert paired([one], [two], classes) == {("a", "b")}


def test_of_two_that_may_as_well_be_meant_neither_is(classes: Classes) -> None:
    own = [told("a", who=("mai", "hoa"))]
    there = [told("b", who=("mai",), places=("Q1858",)), told("c", who=("mai",), places=("Q25282",), start=9)]
    assert paired(own, there, classes) == set()


def test_each_goes_with_the_one_that_names_its_people(classes: Classes) -> None:
    own = [told("a", who=("mai",)), told("b", who=("hoa",), start=9)]
    there = [told("c", who=("hoa",)), told("d", who=("mai",), start=9)]
    assert paired(own, there, classes) == {("a", "d"), ("b", "c")}


def test_to_an_account_of_the_same_article_two_matches_lead_of_which_the_less_probable_counts() -> None:
    pairing = Pairing("1", "2", (("a", "c", 0.9), ("b", "c", 0.8), ("b", "d", 0.75)), ())
    assert sorted(pairing.companions("a")) == [("b", 0.8), ("c", 0.9)]
    assert sorted(pairing.companions("d")) == [("b", 0.75), ("c", 0.75)]
    assert list(pairing.companions("e")) == []


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
    for mine in (Side(one, page(*own)) for one in own):
        for theirs in (Side(other, page(*there)) for other in there):
            assert features(mine, theirs, classes) == features(theirs, mine, classes)
