"""`kg wikidata` makes packs, looks names up in them and checks them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.wikidata.test_dump import DUMP, written


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["wikidata", *map(str, arguments)])


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.json.gz"
    path.write_bytes(gzip.compress(written([*DUMP, b"{broken", DUMP[0]])))
    return path


def test_a_dump_becomes_a_pack_in_which_names_are_found(dump: Path, tmp_path: Path) -> None:
    pack = tmp_path / "wd.kgp"
    done = kg("pack", dump, "-o", pack, "--types", "person,place", "--languages", "vi, en", "--lang", "en")
    assert done.exit_code == 0
    assert "7 items read from" in done.stdout
    assert "3 items, " in done.stdout
    assert "as Wikidata writes them: 1, lines that are too long: 0" in done.stderr
    assert "line 8: " in done.stderr
    assert "of which the first was kept: 1" in done.stderr
    found = json.loads(kg("find", "Lower Wick", "--pack", pack, "--json").stdout)
    assert found["snapshot"] == "2026-10-04"
    assert [one["item"]["qid"] for one in found["candidates"]] == ["Q11"]
    assert kg("find", "Lower Wick", "--pack", pack, "--types", "person").exit_code == 1
    assert "Q10" in kg("find", "Q10", "--pack", pack).stdout


def test_what_was_made_is_told_as_json(dump: Path, tmp_path: Path) -> None:
    done = kg("pack", dump, "-o", tmp_path / "wd.kgp", "--json", "--jobs", 2, "-q")
    said = json.loads(done.stdout)
    assert (said["items"], said["again"], said["dump"]["broken"]) == (3, 1, 1)


def test_one_source_is_asked_for(dump: Path, tmp_path: Path) -> None:
    output = tmp_path / "wd.kgp"
    calls: list[tuple[object, ...]] = [
        ("pack", "-o", output),
        ("pack", dump, "--from-sparql", "http://127.0.0.1:1/", "-o", output),
        ("pack", "--from-sparql", "http://127.0.0.1:1/", "-o", output),
        ("pack", "--from-sparql", "no address", "--contact", "me@example.org", "-o", output),
        ("pack", tmp_path / "missing.json.gz", "-o", output),
        ("pack", dump, "-o", output, "--types", "ghost"),
        ("pack", dump, "-o", output, "--languages", ","),
        ("pack", "--from-tables", tmp_path, "-o", output),
        ("pack", "--from-tables", tmp_path, "-o", output, "--snapshot", "2026-01-01"),
    ]
    for call in calls:
        done = kg(*call)
        assert done.exit_code == 2, (call, done.output)
        assert done.stderr.startswith("kg: ")
    assert [*tmp_path.iterdir()] == [dump]


def test_what_is_no_pack_is_told(dump: Path) -> None:
    for call in (("find", "Lower Wick", "--pack", dump), ("check", dump)):
        done = kg(*call)
        assert done.exit_code == 3
        assert "is no pack" in done.stderr


def test_the_pack_that_ships_is_asked_without_another() -> None:
    done = kg("find", "Bình Nhưỡng", "--lang", "vi")
    assert done.exit_code == 0
    assert "Q18808" in done.stdout
    assert "khớp từng chữ" in done.stdout
    nothing = kg("find", "Ravenholt under Wick", "--lang", "en")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "has nothing called Ravenholt under Wick" in nothing.stderr


def test_rows_are_drawn_and_disagreements_listed() -> None:
    done = kg("check", "--rows", 40, "--seed", 5, "--lang", "en")
    assert done.exit_code in {0, 1}
    assert "40 rows drawn of 41," in done.stdout
    said = json.loads(kg("check", "--rows", 40, "--seed", 5, "--json").stdout)
    assert said["rows"] == 40
    assert bool(said["disagreements"]) == bool(done.exit_code)


def test_disagreements_end_with_one(make_disagreeing: Callable[[], tuple[Path, Path]]) -> None:
    ours, theirs = make_disagreeing()
    done = kg("check", ours, "--against", theirs, "--lang", "vi")
    assert done.exit_code == 1
    assert "Ravenholt" in done.stdout
    assert "chỗ bất đồng: 1, số dòng: 1" in done.stdout


@pytest.fixture
def make_disagreeing(tmp_path: Path) -> Callable[[], tuple[Path, Path]]:
    def make() -> tuple[Path, Path]:
        packs = []
        for name in ("Lorvik", "Ravenholt"):
            dump = tmp_path / f"{name}.json"
            dump.write_bytes(written([json.dumps(DUMP[5]).replace("Sarmania", name).encode()]))
            kg("pack", dump, "-o", tmp_path / f"{name}.kgp")
            packs.append(tmp_path / f"{name}.kgp")
        return packs[0], packs[1]

    return make
