"""A pack gives back what was written, finds it by name, and is refused when it is not what it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.wikidata import item as items_
from kg.wikidata import writing
from kg.wikidata.errors import PackError
from kg.wikidata.item import Item
from kg.wikidata.pack import Pack
from tests.wikidata.conftest import ITEMS

Make = Callable[..., Path]

TEXT = st.text(min_size=1, max_size=20)
TEXTS = st.lists(st.tuples(st.sampled_from(["en", "vi", "mul"]), TEXT), max_size=4).map(tuple)
STRINGS = st.lists(TEXT, max_size=3).map(tuple)


@given(
    st.builds(
        Item,
        qid=st.integers(1, 10**12).map("Q{}".format),
        labels=TEXTS,
        aliases=TEXTS,
        classes=STRINGS,
        descriptions=TEXTS,
        countries=STRINGS,
        coordinates=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
        dates=st.lists(st.tuples(st.sampled_from(["born", "ended"]), TEXT), max_size=2).map(tuple),
        sitelinks=st.none() | st.integers(0, 400),
        notes=STRINGS,
    )
)
def test_an_item_reads_back_as_it_was_written(item: Item) -> None:
    assert items_.decode(item.number, items_.encode(item)) == item


@pytest.mark.parametrize(
    "body", [b"{}", b"[1]", b'[[["en"]]]', b"[[[1,2]]]", b"[" * 99, b'[null,"x"]', b"[" + b"null," * 20 + b"1]"]
)
def test_other_bytes_are_no_item(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        items_.decode(1, body)


def test_items_are_found_by_id(make_pack: Make) -> None:
    with Pack.open(make_pack()) as pack:
        assert [*pack.items()] == list(ITEMS)
        assert pack.item("Q9") == ITEMS[-1]
        assert [pack.item(qid) for qid in ("Q8", "q9", "Q0", "", "Q9; DROP", "Q" + "9" * 40)] == [None] * 6
        assert len(pack) == len(ITEMS)
        assert pack.about.snapshot == "2026-01-02"


def found(pack: Pack, name: str, classes: Iterable[str] | None = None, **more: int) -> list[tuple[str, str]]:
    return [(one.item.qid, one.fit) for one in pack.candidates(name, "en", classes, **more)]


def test_the_better_known_of_equal_names_comes_first(make_pack: Make) -> None:
    with Pack.open(make_pack()) as pack:
        assert found(pack, "Lorvik") == [("Q7", "exact"), ("Q1", "exact"), ("Q2", "exact")]
        assert found(pack, "Lorvik", limit=1) == [("Q7", "exact")]


def test_a_class_finds_those_below_it(make_pack: Make) -> None:
    with Pack.open(make_pack()) as pack:
        assert found(pack, "Lorvik", ["Region"]) == [("Q2", "exact")]
        assert [qid for qid, _ in found(pack, "Lorvik", ["Place"])] == ["Q7", "Q1", "Q2"]
        assert found(pack, "Lorvik", ["Person"]) == []
        assert found(pack, "Lorvik", []) == []
        assert found(pack, "Lorvik", ["NoSuchClass"]) == []


def test_marks_tell_people_apart_unless_one_name_has_none(make_pack: Make) -> None:
    with Pack.open(make_pack()) as pack:
        assert found(pack, "Nguyễn Văn Hưng") == [("Q4", "exact")]
        assert found(pack, "Nguyen Van Hung") == [("Q3", "unmarked"), ("Q4", "unmarked")]


def test_an_item_whose_class_nobody_told_may_be_of_any(make_pack: Make) -> None:
    with Pack.open(make_pack((*ITEMS, Item("Q8", labels=(("en", "Ravenholt"),))))) as pack:
        assert found(pack, "Ravenholt", ["Person"]) == found(pack, "Ravenholt", ["Place"]) == [("Q8", "exact")]


def test_other_spellings_are_looked_at_where_nothing_bears_the_name(make_pack: Make) -> None:
    with Pack.open(make_pack()) as pack:
        assert found(pack, "Sergey Petrenko") == [("Q5", "transliteration")]
        assert found(pack, "NFCA", ["Organization"]) == [("Q6", "abbreviation")]
        namesake = Item("Q8", labels=(("en", "Sergey Petrenko"),), classes=("Person",))
    with Pack.open(make_pack((*ITEMS, namesake))) as pack:
        assert found(pack, "Sergey Petrenko") == [("Q8", "exact")]


@pytest.mark.parametrize("name", ["", "?", "Ravenholt", "x" * 5000, "\x00", "' OR 1=1 --"])
def test_an_unknown_name_finds_nothing(make_pack: Make, name: str) -> None:
    with Pack.open(make_pack()) as pack:
        assert found(pack, name) == []


def test_the_same_items_give_the_same_bytes(make_pack: Make) -> None:
    assert make_pack().read_bytes() == make_pack().read_bytes()


def test_of_an_item_that_comes_again_the_first_is_kept(make_pack: Make) -> None:
    again = Item("Q1", labels=(("en", "Elsewhere"),), classes=("City",))
    with Pack.open(make_pack((*ITEMS, again))) as pack:
        pack.verify()
        assert pack.item("Q1") == ITEMS[0]
        assert found(pack, "Elsewhere") == []


def test_a_pack_that_cannot_be_made_leaves_what_was_there(make_pack: Make, tmp_path: Path) -> None:
    path = make_pack()
    before = path.read_bytes()

    def rows() -> Iterable[writing.Row]:
        yield writing.Row(1, 0, None, b"[]", ())
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        writing.write(path, rows(), lambda: pytest.fail("nothing to label"))
    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]


def altered(path: Path, at: int, value: bytes) -> Path:
    content = bytearray(path.read_bytes())
    content[at : at + len(value)] = value
    path.write_bytes(content)
    return path


def test_other_files_are_no_packs(make_pack: Make, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY)")
    connection.close()
    text = tmp_path / "notes.txt"
    text.write_text("no pack at all, and longer than the first hundred bytes of any database " * 3, encoding="utf-8")
    empty = tmp_path / "empty.kgp"
    empty.touch()
    for path in (other, text, empty, tmp_path / "missing.kgp", tmp_path):
        with pytest.raises(PackError, match=r"no pack|no such pack"):
            Pack.open(path)


def test_a_newer_format_is_told_from_an_older_one(make_pack: Make) -> None:
    path = make_pack()
    with pytest.raises(PackError, match="get a newer kg"):
        Pack.open(altered(path, 60, (7).to_bytes(4)))
    with pytest.raises(PackError, match="make it again"):
        Pack.open(altered(path, 60, (0).to_bytes(4)))


def test_half_a_pack_is_damaged(make_pack: Make) -> None:
    path = make_pack()
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(PackError, match="damaged"):
        Pack.open(path)


def test_a_changed_letter_is_found_when_the_pack_is_verified(make_pack: Make) -> None:
    path = make_pack()
    altered(path, path.read_bytes().index(b"Sarmania"), b"Barmania")
    with Pack.open(path) as pack, pytest.raises(PackError, match="damaged"):
        pack.verify()


def test_what_is_hidden_behind_our_names_is_refused(make_pack: Make) -> None:
    path = make_pack()
    with sqlite3.connect(path) as connection:
        connection.executescript("ALTER TABLE item RENAME TO hidden; CREATE VIEW item AS SELECT * FROM hidden")
    connection.close()
    with pytest.raises(PackError, match="damaged"):
        Pack.open(path)


@pytest.mark.parametrize("body", [b"not json", b"[[[1,2]]]", b"[" * 100_000, "[]", 7])
def test_a_body_that_is_no_item_is_damage(make_pack: Make, body: object) -> None:
    path = make_pack()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE item SET body = ? WHERE id = 1", (body,))
    connection.close()
    with Pack.open(path) as pack:
        with pytest.raises(PackError, match="damaged"):
            pack.item("Q1")
        with pytest.raises(PackError, match="damaged"):
            pack.candidates("Lorvik", "en")
        with pytest.raises(PackError, match="damaged"):
            pack.verify()


@pytest.mark.parametrize(
    ("name", "value"), [("snapshot", 5), ("classes", ["x"] * 70), ("items", "many"), ("sources", None)]
)
def test_a_label_that_is_none_is_damage(make_pack: Make, name: str, value: object) -> None:
    path = make_pack()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = ?", (json.dumps(value), name))
    connection.close()
    with pytest.raises(PackError, match="damaged"):
        Pack.open(path)
