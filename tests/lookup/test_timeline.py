"""What a graph tells is laid out by when it happened, with what is not known to have happened marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import lookup, ns
from kg.edtf import to_time
from kg.lookup.regions import Region
from kg.model import Claim, Event
from kg.rdf import iris
from kg.store import read_only
from tests.comparing.desk import NOON, Desk, claim, document, entity, mine, place

PAPER = document(NOON)


def laid_out(graph: Path, **choice: object) -> lookup.Timeline:
    reader = lookup.Reader(read_only(graph))
    return lookup.timeline(reader, lookup.Quotes(graph, reader), **choice)  # type: ignore[arg-type]


def keys(entries: tuple[lookup.Entry, ...]) -> list[str]:
    return [entry.node.iri.rpartition("/")[2] for entry in entries]


def desk(*events: Event, modality: str = "asserted", said: str | None = None) -> Desk:
    """Events of the mine, each told by one claim."""
    base = mine(PAPER)
    told = tuple(
        claim("EventClaim", event.key, place(PAPER, "vụ sập mỏ Đá Bạc"), said=said, modality=modality)  # type: ignore[arg-type]
        for event in events
    )
    return replace(base, events=(base.events[0], *events), questions=(), claims=told)


def visit(key: str, time: str | None, *who: str) -> Event:
    return Event(key, "Visit", (("hasParticipant", who),), time=to_time(time) if time else None)


def test_the_earliest_bound_decides_and_what_has_no_year_stands_apart(tmp_path: Path) -> None:
    times = {
        "c": "2025-03",
        "b": "2025-01~",
        "a": "../2024",
        "d": "2025-03-05",
        "year": "XXXX-03-05",
        "none": None,
        "e": "2025-04/..",
    }
    graph = desk(*(visit(key, time, "ministry") for key, time in times.items())).write(tmp_path / "graph")
    found = laid_out(graph)
    assert keys(found.dated) == ["a", "b", "c", "d", "e"]
    assert keys(found.undated) == ["none", "year"]
    assert found.left_out == 0


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-03", "2025-03", ["a", "month", "day", "open"]),
        ("2025-03-06", None, ["month", "open"]),
        (None, "2025-03-04", ["before", "a", "month", "open"]),
        ("2025-02", None, ["before", "a", "month", "day", "open"]),
        ("2026", "2027", ["open"]),
        ("1990", "1991", ["a"]),
    ],
)
def test_a_window_keeps_what_may_lie_in_it(
    tmp_path: Path, start: str | None, end: str | None, expected: list[str]
) -> None:
    times = {
        "before": "2025-02",
        "a": "../2025-03-03",
        "month": "2025-03",
        "day": "2025-03-05",
        "open": "2025-02-10/..",
        "none": None,
    }
    graph = desk(*(visit(key, time, "ministry") for key, time in times.items())).write(tmp_path / "graph")
    found = laid_out(graph, window=lookup.Window.of(start, end))
    assert sorted(keys(found.dated)) == sorted(expected)
    assert (found.undated, found.left_out) == ((), 1)


@pytest.mark.parametrize(
    ("start", "end"), [("2025-13", None), ("XXXX-03", None), (None, "2025/.."), ("2025", "2024"), ("", None)]
)
def test_a_window_without_bounds_is_none(start: str | None, end: str | None) -> None:
    if start == "":
        assert lookup.Window.of(start, end) == lookup.Window(None, None)
    else:
        with pytest.raises(ValueError, match=r"\w"):
            lookup.Window.of(start, end)


@pytest.mark.parametrize(
    ("firm", "marks", "settled"),
    [
        (("asserted",), (), True),
        (("planned",), ("planned",), False),
        (("planned", "asserted"), ("planned",), True),
        (("denied", "conditional"), ("conditional", "denied"), False),
    ],
)
def test_what_is_not_said_to_be_so_is_marked(
    tmp_path: Path,
    firm: tuple[str, ...],
    marks: tuple[str, ...],
    settled: bool,  # noqa: FBT001 - a column of the table
) -> None:
    base = desk(visit("visit", "2025-03-05", "ministry"))
    told: tuple[Claim, ...] = tuple(replace(base.claims[0], key=f"c-{m}", modality=m) for m in firm)  # type: ignore[arg-type]
    (entry,) = laid_out(base.with_claims(*told).write(tmp_path / "graph")).dated
    assert (entry.marks, entry.settled) == (marks, settled)
    assert len(entry.claims) == len(firm)


def test_an_entity_takes_part_in_what_names_it_and_in_numbers_about_it(tmp_path: Path) -> None:
    base = mine(PAPER)
    graph = base.write(tmp_path / "graph")
    assert keys(laid_out(graph, entity=iris.node("entity", "ministry").value).undated) == ["visit"]
    miners = laid_out(graph, entity=iris.node("entity", "miners").value)
    assert keys(miners.dated) == ["collapse", "dead"]
    assert laid_out(graph, entity=iris.node("entity", "police").value).dated == ()


def test_a_number_stands_at_the_time_of_its_event_or_of_its_telling(tmp_path: Path) -> None:
    base = mine(PAPER)
    (number,) = (e for e in laid_out(base.write(tmp_path / "event")).dated if e.family == "question")
    assert number.time is not None
    assert (number.time.edtf, number.time_of) == ("2025-03-03", "happened")
    asked = replace(base, questions=(replace(base.questions[0], event=None),))
    (number,) = (e for e in laid_out(asked.write(tmp_path / "published")).dated if e.family == "question")
    assert number.time is not None
    assert (number.time.edtf, number.time_of) == ("2025-03-04", "published")
    later = replace(base.claims[0], key="later", said=to_time("2025-05-01"))
    earlier = replace(base.claims[0], key="earlier", said=to_time("2025-02"))
    both = asked.with_claims(later, earlier, *base.claims[1:]).write(tmp_path / "said")
    (number,) = (e for e in laid_out(both).dated if e.family == "question")
    assert number.time is not None
    assert (number.time.edtf, number.time_of) == ("2025-02", "said")
    assert [reason.said for reason in number.claims] == ["2025-02", "2025-05-01"]
    # One of its answers lies in the window, so all stand there: numbers that compete are read together.
    (number,) = (e for e in laid_out(both, window=lookup.Window.of("2025-05", None)).dated if e.family == "question")
    assert len(number.claims) == 2


def test_a_place_holds_what_lies_in_it(tmp_path: Path) -> None:
    base = mine(PAPER)
    commune, district = entity("commune", "place", "xã A", "A"), entity("district", "place", "huyện B", "B")
    elsewhere = entity("elsewhere", "place", "huyện C", "C")
    inside = (
        Event("pit-in", "LocatedIn", (("locatedIn", ("commune",)), ("location", ("pit",)))),
        Event("commune-in", "LocatedIn", (("locatedIn", ("district",)), ("location", ("commune",)))),
        Event(
            "far", "Visit", (("atPlace", ("elsewhere",)), ("hasParticipant", ("district",))), time=to_time("2025-01")
        ),
    )
    claims = tuple(
        claim("SituationClaim" if e.type == "LocatedIn" else "EventClaim", e.key, place(PAPER, "mỏ Đá Bạc"))
        for e in inside
    )
    desk = replace(base, entities=(*base.entities, commune, district, elsewhere), events=(*base.events, *inside))
    graph = desk.with_claims(*base.claims, *claims).write(tmp_path / "graph")
    found = laid_out(graph, place=iris.node("entity", "district").value)
    assert keys(found.dated) == ["collapse", "dead"]
    assert keys(found.undated) == ["visit", "commune-in", "pit-in"]
    assert keys(laid_out(graph, place=iris.node("entity", "elsewhere").value).dated) == ["far"]


def test_the_gazetteer_knows_the_country_of_a_city_and_circles_end() -> None:
    store = ox.Store()
    north, south = ox.NamedNode("http://x/north"), ox.NamedNode("http://x/south")
    store.add(ox.Quad(north, ns.locatedIn, south))
    store.add(ox.Quad(south, ns.locatedIn, north))
    vietnam, hanoi = iris.node("entity", "Q881"), iris.node("entity", "Q1858")
    region = Region(lookup.Reader(store), vietnam)
    assert region.holds(vietnam)
    assert region.holds(hanoi)
    assert not region.holds(north)
    assert not region.holds(south)
    assert Region(lookup.Reader(store), north).holds(south)
