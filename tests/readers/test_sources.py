from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import UnreadableError
from kg.readers.raw import Rejected
from kg.readers.sources import File, find


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def found(*paths: Path) -> list[str]:
    return [item.name for item in find(paths) if isinstance(item, File)]


def rejected(*paths: Path) -> list[tuple[str, str]]:
    return [(item.source, item.reason) for item in find(paths) if isinstance(item, Rejected)]


def test_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    made(tmp_path, "b.txt", "a/c.html", "a.jsonl", ".hidden.txt", ".git/d.txt")
    assert found(tmp_path) == ["a.jsonl", "b.txt", "c.html"]


def test_order_of_the_paths_and_repeats_change_nothing(tmp_path: Path) -> None:
    made(tmp_path, "x/b.txt", "y/a.txt")
    every = found(tmp_path / "x", tmp_path / "y")
    assert every == found(tmp_path / "y", tmp_path / "x", tmp_path / "x" / "b.txt", tmp_path)
    assert every == ["a.txt", "b.txt"]


def test_equal_names_are_told_apart_by_the_folders_above(tmp_path: Path) -> None:
    made(tmp_path, "x/1/a.txt", "y/1/a.txt", "y/b.txt")
    assert found(tmp_path) == ["b.txt", "x/1/a.txt", "y/1/a.txt"]


def test_what_lies_beside_articles_is_passed_over_in_silence(tmp_path: Path) -> None:
    made(tmp_path, "a.html", "a_files/logo.png", "a_files/page.css", "README.txt", "LICENSE")
    assert found(tmp_path) == ["a.html"]
    assert rejected(tmp_path) == []


def test_unknown_kind_of_file_is_set_aside(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "b.docx", "c")
    assert rejected(tmp_path) == [("b.docx", "unknown-format"), ("c", "unknown-format")]


def test_file_that_is_named_is_looked_at_whatever_it_is(tmp_path: Path) -> None:
    made(tmp_path, "README.txt", "b.png")
    assert found(tmp_path / "README.txt") == ["README.txt"]
    assert rejected(tmp_path / "b.png") == [("b.png", "unknown-format")]


def test_suffix_is_read_without_regard_to_case(tmp_path: Path) -> None:
    assert found(made(tmp_path, "A.TXT")) == ["A.TXT"]


def test_missing_path_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"gone\.txt"):
        find([made(tmp_path, "a.txt"), tmp_path / "gone.txt"])


def test_links_are_followed_only_inside_the_folder(tmp_path: Path) -> None:
    made(tmp_path, "in/a.txt", "in/sub/b.txt", "out/secret.txt")
    (tmp_path / "in/inside.txt").symlink_to("sub/b.txt")
    (tmp_path / "in/leak.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in/leak").symlink_to(tmp_path / "out")
    (tmp_path / "in/again").symlink_to("sub")
    assert found(tmp_path / "in") == ["a.txt", "b.txt"]
    assert rejected(tmp_path / "in") == [("leak", "symlink"), ("leak.txt", "symlink")]


def test_links_round_in_a_loop_or_to_nowhere_are_set_aside(tmp_path: Path) -> None:
    made(tmp_path, "in/a.txt")
    (tmp_path / "in/up").symlink_to("..")
    (tmp_path / "in/here").symlink_to(".")
    (tmp_path / "in/ping.txt").symlink_to("pong.txt")
    (tmp_path / "in/pong.txt").symlink_to("ping.txt")
    (tmp_path / "in/nowhere.txt").symlink_to("gone.txt")
    assert found(tmp_path / "in") == ["a.txt"]
    names = ["here", "nowhere.txt", "ping.txt", "pong.txt", "up"]
    assert rejected(tmp_path / "in") == [(name, "symlink") for name in names]


def test_link_that_is_named_itself_is_taken(tmp_path: Path) -> None:
    made(tmp_path, "out/a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "out/a.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "out")
    assert found(tmp_path / "link.txt") == found(tmp_path / "folder") == ["a.txt"]


def test_name_that_cannot_be_printed_is_made_printable(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"tin\xff\x1b[31m.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system refuses such a name")
    assert found(tmp_path) == ["tin\ufffd\ufffd[31m.txt"]
