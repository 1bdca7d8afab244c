"""Two graphs differ in what somebody says, not in the keys that their builds happened to give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import log
from kg.comparing import Change, Difference, compare
from kg.edtf import to_time
from kg.errors import StoreError
from tests.comparing.desk import EVENING, NOON, OTHER, Desk, claim, document, entity, mine, place

NOON_PAPER, EVENING_PAPER = document(NOON), document(EVENING)
OTHER_PAPER = document(OTHER, "so-y-te.txt", "2025-03-05")


def difference(tmp_path: Path, before: Desk, after: Desk) -> Difference:
    return compare(before.write(tmp_path / "before"), after.write(tmp_path / "after"))


def told(found: Difference) -> list[tuple[str, bool, bool, tuple[str, ...], bool]]:
    return [(c.kind, bool(c.before), bool(c.after), c.changed, c.stands) for c in found.changes]


def test_equal_graphs_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = (mine(NOON_PAPER).write(tmp_path / name) for name in ("before", "after"))
    monkeypatch.setattr("kg.comparing.Snapshot.read", None)
    assert compare(before, after) == Difference(same=True)


def test_a_new_version_of_an_article_has_another_number_and_a_visit_that_took_place(tmp_path: Path) -> None:
    found = difference(tmp_path, mine(NOON_PAPER), mine(EVENING_PAPER, number="15"))
    assert told(found) == [
        ("number", True, True, ("number",), False),
        ("firmness", True, True, ("firmness",), False),
    ]
    assert found.unchanged == 1
    assert found.rewritten == ((replace(NOON_PAPER, raw_sha256=found.rewritten[0][0].raw_sha256), EVENING_PAPER),)
    assert (found.added, found.removed) == ((), ())


def test_the_other_way_round_says_the_opposite(tmp_path: Path) -> None:
    less, more = mine(NOON_PAPER), mine(NOON_PAPER, OTHER_PAPER)
    extra = claim("QuantityClaim", "dead", place(OTHER_PAPER, "12 công nhân thiệt mạng"), by=("health",), number="12")
    more = more.with_claims(*more.claims, extra)
    forth = difference(tmp_path / "forth", less, more)
    back = difference(tmp_path / "back", more, less)
    assert [d.source for d in forth.added] == [d.source for d in back.removed] == ["so-y-te.txt"]
    assert forth.changes == (Change("new", after=extra.key),)
    assert back.changes == (Change("withdrawn", before=extra.key),)


def test_a_later_number_of_one_source_is_a_changed_number_although_the_old_one_stands(tmp_path: Path) -> None:
    less, more = mine(NOON_PAPER), mine(NOON_PAPER, replace(EVENING_PAPER, source="toi.txt"))
    later = claim("QuantityClaim", "dead", place(EVENING_PAPER, "15 công nhân thiệt mạng"), by=("police",), number="15")
    found = difference(tmp_path, less, more.with_claims(*more.claims, later))
    assert told(found) == [("number", True, True, ("number",), True)]
    assert found.unchanged == len(less.claims)


def test_the_same_number_from_somebody_else_is_another_attribution(tmp_path: Path) -> None:
    before, after = mine(NOON_PAPER, OTHER_PAPER), mine(NOON_PAPER, OTHER_PAPER)
    moved = claim("QuantityClaim", "dead", place(OTHER_PAPER, "12 công nhân thiệt mạng"), by=("health",), number="12")
    found = difference(tmp_path, before, after.with_claims(moved, *after.claims[1:]))
    assert told(found) == [("attribution", True, True, ("attribution",), False)]


def test_another_number_from_somebody_else_is_no_change_of_either(tmp_path: Path) -> None:
    before, after = mine(NOON_PAPER), mine(NOON_PAPER, replace(EVENING_PAPER, source="toi.txt"))
    other = claim("QuantityClaim", "dead", place(EVENING_PAPER, "15 công nhân thiệt mạng"), by=("health",), number="15")
    found = difference(tmp_path, before, after.with_claims(other, *after.claims[1:]))
    assert told(found) == [("new", False, True, (), False), ("withdrawn", True, False, (), False)]


def test_another_day_in_a_new_version_is_a_changed_date_and_elsewhere_another_event(tmp_path: Path) -> None:
    before = mine(NOON_PAPER)
    again = document(NOON.replace("3/3", "2/3"))
    day = replace(before.events[0], key="collapse-2", time=to_time("2025-03-02"))

    def after(source: str) -> Desk:
        paper = replace(again, source=source)
        desk = mine(paper)
        moved = claim("EventClaim", "collapse-2", place(paper, "vụ sập mỏ Đá Bạc ngày 2/3"), by=("police",))
        return replace(desk, events=(day, *desk.events), claims=(desk.claims[0], moved, desk.claims[2]))

    found = difference(tmp_path / "version", before, after("mo-da-bac.txt"))
    assert told(found) == [("date", True, True, ("date",), False)]
    found = difference(tmp_path / "elsewhere", before, after("bao-khac.txt"))
    assert [change.kind for change in found.changes] == ["new", "withdrawn"]


def test_keys_that_change_with_a_neighbour_change_no_claim(tmp_path: Path) -> None:
    """A second article gives the miners another name and the collapse a participant: every key is new."""
    before, after = mine(NOON_PAPER), mine(NOON_PAPER, OTHER_PAPER)
    names = {"miners": "miners-2", "collapse": "collapse-2", "dead": "dead-2", "police": "police-2"}
    entities = tuple(
        replace(e, key=names.get(e.key, e.key), labels=(("en", "x"), ("vi", f"{e.key} khác"))) for e in after.entities
    )
    collapse = replace(
        after.events[0],
        key="collapse-2",
        roles=(("attendee", ("health",)), ("concernsSite", ("pit",)), ("victim", ("miners-2",))),
    )
    dead = replace(after.questions[0], key="dead-2", population="miners-2", event="collapse-2")
    claims = tuple(
        replace(
            c,
            key=f"{c.key}-2",
            subject=names.get(c.subject or "", c.subject),
            attributed_to=tuple(names.get(s, s) for s in c.attributed_to),
        )
        for c in after.claims
    )
    grown = Desk(after.articles, entities, claims, (collapse, after.events[1]), (dead,))
    found = difference(tmp_path, before, grown)
    assert found.changes == ()
    assert found.unchanged == len(before.claims)
    assert [d.source for d in found.added] == ["so-y-te.txt"]


def test_people_nobody_names_are_others_in_another_article(tmp_path: Path) -> None:
    def anonymous(source: str, number: str) -> Desk:
        paper = document(f"{number} người thiệt mạng.", source)
        people = entity("people", "group", "người", "people", (paper, "người"))
        desk = mine(NOON_PAPER)
        asked = replace(desk.questions[0], key=f"dead-{source}", population="people", place=None, event=None)
        one = claim("QuantityClaim", asked.key, place(paper, f"{number} người thiệt mạng"), number=number)
        return Desk((paper,), (people,), (one,), (), (asked,))

    found = difference(tmp_path / "version", anonymous("a.txt", "7"), anonymous("a.txt", "8"))
    assert [change.kind for change in found.changes] == ["number"]
    found = difference(tmp_path / "elsewhere", anonymous("a.txt", "7"), anonymous("b.txt", "8"))
    assert [change.kind for change in found.changes] == ["new", "withdrawn"]


def spoken(text: str, source: str = "a.txt", by: str = "police") -> Desk:
    paper = document(text, source)
    entities = tuple(entity(key, "organization", key, key) for key in ("police", "health"))
    return Desk((paper,), entities, (claim("Statement", "", place(paper, text), by=(by,)),))


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (spoken("Chúng tôi đã đào bốn ngày mà chưa thấy ai."), ["wording"]),
        (spoken("Chúng tôi đã đào ba ngày mà chưa thấy ai!"), []),
        (spoken("Chúng tôi đã đào ba ngày mà chưa thấy ai.", by="health"), ["attribution"]),
        (spoken("Hôm nay trời mưa to ở khắp vùng núi phía bắc."), ["new", "withdrawn"]),
        (spoken("Chúng tôi đã đào bốn ngày mà chưa thấy ai.", source="b.txt"), ["new", "withdrawn"]),
    ],
)
def test_spoken_words(tmp_path: Path, after: Desk, kinds: list[str]) -> None:
    found = difference(tmp_path, spoken("Chúng tôi đã đào ba ngày mà chưa thấy ai."), after)
    assert [change.kind for change in found.changes] == kinds


def test_contradictions_arise_and_are_resolved(tmp_path: Path) -> None:
    desk = mine(NOON_PAPER, OTHER_PAPER)
    other = claim("QuantityClaim", "dead", place(OTHER_PAPER, "12 công nhân"), by=("health",), number="20")
    pair = tuple(sorted((desk.claims[0].key, other.key)))
    both = replace(desk.with_claims(*desk.claims, other), competing=((pair[0], pair[1]),))
    found = difference(tmp_path / "forth", desk, both)
    assert [(one.type, one.sides) for one in found.arisen] == [("competing", pair)]
    assert found.resolved == ()
    found = difference(tmp_path / "back", both, desk)
    assert [one.sides for one in found.resolved] == [pair]
    found = difference(
        tmp_path / "still", both, replace(both, events=both.events[:1], claims=(*both.claims[:2], both.claims[3]))
    )
    assert (found.arisen, found.resolved) == ((), ())


def test_typed_contradictions_go_before_what_only_competes(tmp_path: Path) -> None:
    desk = mine(NOON_PAPER)
    sides = [desk.claims[0].key, desk.claims[1].key]

    def typed(folder: Path, *types: str) -> Path:
        desk.write(folder)
        lines = [{"record": "contradiction", "key": kind, "type": kind, "sides": sides} for kind in types]
        log.update(folder / "records.db", lines)
        return folder

    before, after = typed(tmp_path / "before", "value"), typed(tmp_path / "after", "value", "date")
    manifest = (after / "manifest.json").read_text(encoding="utf-8")
    (after / "manifest.json").write_text(manifest.replace('"sha256": "', '"sha256": "x'), encoding="utf-8")
    found = compare(before, after)
    assert [one.type for one in found.arisen] == ["date"]
    assert found.resolved == ()


def test_things_that_were_joined_and_split(tmp_path: Path) -> None:
    before = mine(NOON_PAPER)
    police, *others = before.entities
    whole = replace(police, members=(*police.members, *others[1].members))
    after = replace(before, entities=(whole, *[e for e in others if e.key != "ministry"]))
    after = after.with_claims(*before.claims[:2])
    after = replace(after, events=before.events[:1])
    found = difference(tmp_path / "forth", before, after)
    assert [(one.before, one.after) for one in found.joined] == [(("ministry", "police"), ("police",))]
    found = difference(tmp_path / "back", after, before)
    assert [(one.before, one.after) for one in found.split] == [(("police",), ("ministry", "police"))]


def test_a_folder_that_is_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such graph folder"):
        compare(mine(NOON_PAPER).write(tmp_path / "graph"), tmp_path / "none")
