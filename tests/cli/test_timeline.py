"""`kg timeline` prints what happened when, with who says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.rdf import iris
from tests.comparing.desk import NOON, document, mine


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def noon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mine(document(NOON)).write(tmp_path_factory.mktemp("noon") / "graph")


def test_events_and_numbers_stand_with_their_claims(noon: Path) -> None:
    done = kg("timeline", noon, "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout == (
        "2025-03-03  Accident: miners; Da Bac mine (2025-03-03)\n"
        "    says: Binh An police; modality: asserted\n"
        "    mo-da-bac.txt 50-66, published 2025-03-04: “vụ sập mỏ Đá Bạc”\n"
        "      … Công an Bình An nói 12 công nhân thiệt mạng trong vụ sập mỏ Đá Bạc ngày 3/3.\n"
        "2025-03-03  Killed: miners, Da Bac mine, Accident (2025-03-03)\n"
        "    Binh An police — killed: 12 (miners, Da Bac mine, Accident (2025-03-03))\n"
        "      says: Binh An police; modality: asserted\n"
        "      mo-da-bac.txt 20-43, published 2025-03-04: “12 công nhân thiệt mạng”\n"
        "        … Công an Bình An nói 12 công nhân thiệt mạng trong vụ sập mỏ Đá Bạc ngày 3/3.\n"
        "\n"
        "no known year (1):\n"
        "Visit: Ministry of Industry; Da Bac mine [planned]\n"
        "    says: Article narrator (no source named); modality: planned\n"
        "    mo-da-bac.txt 77-109, published 2025-03-04: “Bộ Công Thương sẽ thăm mỏ Đá Bạc”\n"
        "      … Bộ Công Thương sẽ thăm mỏ Đá Bạc.\n"
    )
    assert "[dự kiến]" in kg("timeline", noon, "--lang", "vi").stdout


def test_names_in_either_language_and_iris_choose(noon: Path) -> None:
    for name in ("Bộ Công Thương", "bo cong thuong", "ministry of industry", iris.node("entity", "ministry").value):
        found = json.loads(kg("timeline", noon, "--entity", name, "--json").stdout)
        assert [entry["iri"] for entry in found["undated"]] == [iris.node("event", "visit").value]
        assert found["entries"] == []
    found = json.loads(kg("timeline", noon, "--place", "Đá Bạc", "--json").stdout)
    assert len(found["entries"]) == 2
    both = json.loads(kg("timeline", noon, "--place", "Đá Bạc", "--entity", "công nhân", "--json").stdout)
    assert [entry["family"] for entry in both["entries"]] == ["event", "question"]
    assert both["undated"] == []


def test_a_name_of_nothing_or_of_several_things_is_told(noon: Path) -> None:
    done = kg("timeline", noon, "--entity", "Bo Cong Thuongg")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "did you mean Bộ Công Thương" in done.stderr
    several = kg("timeline", noon, "--entity", "binh an")
    assert several.exit_code == 0
    assert "choose one by its IRI" in several.stderr
    assert iris.node("entity", "police").value in several.stdout


def test_json_has_every_part_that_the_help_names(noon: Path) -> None:
    found = json.loads(kg("timeline", noon, "--from", "2025-03", "--to", "2025-03-03", "--json", "--lang", "en").stdout)
    assert found["left_out"] == 1
    event, number = found["entries"]
    claims = event.pop("claims")
    assert event == {
        "iri": iris.node("event", "collapse").value,
        "label": "Accident: miners; Da Bac mine (2025-03-03)",
        "kind": "Accident",
        "family": "event",
        "time": "2025-03-03",
        "earliest": "2025-03-03T00:00:00",
        "latest": "2025-03-03T23:59:59",
        "time_of": "happened",
        "marks": [],
        "settled": True,
    }
    assert claims[0]["attributed_to"] == ["Binh An police"]
    assert claims[0]["evidence"][0]["quote"] == "vụ sập mỏ Đá Bạc"
    assert number["claims"][0]["number"] == "12"


def test_what_cannot_be_compared_is_counted(noon: Path) -> None:
    done = kg("timeline", noon, "--from", "2025-03-04", "--lang", "en")
    assert done.stdout == ""
    assert done.stderr == "1 left out: no known year to compare\n"


@pytest.mark.parametrize("times", [("--from", "yesterday"), ("--to", "XXXX-03"), ("--from", "2025", "--to", "2024")])
def test_times_that_are_none_are_a_wrong_call(noon: Path, times: tuple[str, ...]) -> None:
    done = kg("timeline", noon, *times)
    assert done.exit_code == 2
    assert "take times such as 2024" in done.stderr


def test_words_of_articles_do_not_steer_the_terminal(tmp_path: Path) -> None:
    desk = mine(document(NOON, "\x1b[31mmo.txt"))
    graph = replace(desk, questions=desk.questions).write(tmp_path / "graph")
    done = kg("timeline", graph)
    assert "\x1b" not in done.stdout
    assert r"\x1b[31mmo.txt" in done.stdout
