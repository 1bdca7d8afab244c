"""Sums follow a change at its cost, and never hide what was damaged before."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import folder
from kg.errors import StoreError
from kg.store import sums, swap

BLOCKS = 4


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a file of several blocks and some small ones, and its sums."""
    place = tmp_path / "old"
    (place / "store").mkdir(parents=True)
    chance = random.Random(1)  # noqa: S311 - it makes bytes
    (place / "memory.db").write_bytes(chance.randbytes(BLOCKS * sums.BLOCK - 5))
    (place / "store" / "1.sst").write_bytes(b"table")
    (place / "store" / "LOG").write_bytes(b"diary")
    (place / "empty").write_bytes(b"")
    sums.write(place)
    return place


@pytest.fixture
def new(old: Path, tmp_path: Path) -> Path:
    """A copy of it, as a change makes one: with tables that both share."""
    place = shutil.copytree(old, tmp_path / "new")
    (place / "store" / "1.sst").unlink()
    os.link(old / "store" / "1.sst", place / "store" / "1.sst")
    return place


def change(path: Path, place: int, data: bytes = b"?!") -> None:
    with path.open("r+b") as out:
        out.seek(place)
        out.write(data)


def wrong(place: Path) -> dict[str, str]:
    return {name: what for name, what in sums.differences(place, sums.read(place)) if what}


def test_sums_are_of_all_files_but_the_diary(old: Path) -> None:
    known = sums.read(old)
    assert list(known) == ["empty", "memory.db", "store/1.sst"]
    assert (known["memory.db"].size, len(known["memory.db"].blocks)) == (BLOCKS * sums.BLOCK - 5, BLOCKS)
    assert known["empty"] == sums.Sum(0, ())


def test_a_difference_says_where(old: Path) -> None:
    change(old / "memory.db", 2 * sums.BLOCK + 7)
    assert wrong(old) == {"memory.db": f"was changed between bytes {2 * sums.BLOCK:,} and {3 * sums.BLOCK:,}"}


def test_what_follows_equals_what_is_written_anew(old: Path, new: Path) -> None:
    size = BLOCKS * sums.BLOCK - 5
    edits: list[Callable[[Path], None]] = [
        lambda path: change(path, 3),
        lambda path: change(path, size - 1, b"longer by some bytes"),
        lambda path: change(path, size + sums.BLOCK, b"longer by a block"),
        lambda path: os.truncate(path, sums.BLOCK + 1),
        lambda path: os.truncate(path, 0),
    ]
    for edit in edits:
        shutil.copyfile(old / "memory.db", new / "memory.db")
        edit(new / "memory.db")
        (new / "store" / "2.sst").write_bytes(b"another table")
        sums.follow(old, sums.read(old), new)
        followed = (new / folder.SUMS).read_bytes()
        sums.write(new)
        assert followed == (new / folder.SUMS).read_bytes()


def test_shared_files_and_equal_blocks_are_not_summed_again(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(new / "memory.db", sums.BLOCK)
    summed: list[int] = []
    digest = sums.digest

    def noted(block: bytes) -> str:
        summed.append(len(block))
        return digest(block)

    monkeypatch.setattr(sums, "digest", noted)
    known = sums.read(old)
    summed.clear()
    sums.follow(old, known, new)
    assert summed[:2] == [sums.BLOCK, sums.BLOCK]
    assert len(summed) == 3  # the old block, the new one, and the list of all


def test_damage_from_before_is_not_hidden_by_what_shares_its_file(old: Path, new: Path) -> None:
    known = sums.read(old)
    change(old / "store" / "1.sst", 0)
    sums.follow(old, known, new)
    assert wrong(new) == {"store/1.sst": "was changed between bytes 0 and 5"}


def test_damage_from_before_is_not_hidden_where_nothing_changed(old: Path, new: Path) -> None:
    change(old / "memory.db", 9)
    shutil.copyfile(old / "memory.db", new / "memory.db")
    change(new / "memory.db", 3 * sums.BLOCK)
    sums.follow(old, sums.read(old), new)
    assert "between bytes 0 and" in wrong(new)["memory.db"]


def test_damage_where_the_change_falls_ends_it(old: Path, new: Path) -> None:
    change(old / "memory.db", 9)
    shutil.copyfile(old / "memory.db", new / "memory.db")
    change(new / "memory.db", 12)
    with pytest.raises(StoreError, match=r"memory\.db is damaged: it was changed between bytes 0 and"):
        sums.follow(old, sums.read(old), new)
    os.truncate(old / "memory.db", 100)
    with pytest.raises(StoreError, match="has not the"):
        sums.follow(old, sums.read(old), new)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace(b"memory.db", b"memory.dB"),
        lambda text: text.replace(b'"bytes":5', b'"bytes":6'),
        lambda text: text.replace(b",", b", ", 1),
        lambda text: text.replace(b"a", b"A"),
        lambda text: text[:-1],
        lambda text: text[: text.rindex(b'{"sha256')],
        lambda text: b"\n".join(text.split(b"\n")[1:]),
        lambda _text: b"",
        lambda _text: b"[" * 100_000,
        lambda _text: b"\xff\xfe",
    ],
)
def test_sums_that_were_changed_are_not_believed(old: Path, edit: Callable[[bytes], bytes]) -> None:
    path = old / folder.SUMS
    path.write_bytes(edit(path.read_bytes()))
    with pytest.raises(StoreError, match="is damaged"):
        sums.read(old)


def test_a_folder_is_held_while_another_takes_its_place(old: Path, tmp_path: Path) -> None:
    with swap.held(old) as held:
        with swap.replacing(old) as fresh:
            (fresh / "other").write_bytes(b"")
        assert sorted(path.name for path in old.iterdir()) == ["other"]
        assert wrong(held) == {}
        assert (held / "store" / "1.sst").read_bytes() == b"table"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_a_folder_that_cannot_be_linked_is_held_by_looking_again(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(os, "link", refused)
    with swap.held(old) as held:
        assert held == old
    with pytest.raises(StoreError, match="was changed meanwhile"), swap.held(old), swap.replacing(old) as fresh:
        (fresh / "other").write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
