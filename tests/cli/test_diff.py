"""`kg diff` tells an editor what is claimed anew, no longer, or otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.rdf import iris
from tests.comparing.desk import EVENING, NOON, OTHER, claim, document, mine, place

NOON_PAPER, EVENING_PAPER = document(NOON), document(EVENING)
OTHER_PAPER = document(OTHER, "so-y-te.txt", "2025-03-05")
OTHERS_CLAIM = claim(
    "QuantityClaim", "dead", place(OTHER_PAPER, "12 công nhân thiệt mạng"), by=("health",), number="12"
)


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def noon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mine(NOON_PAPER).write(tmp_path_factory.mktemp("noon") / "graph")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = mine(EVENING_PAPER, OTHER_PAPER, number="15")
    desk = desk.with_claims(*desk.claims, OTHERS_CLAIM)
    return desk.write(tmp_path_factory.mktemp("evening") / "graph")


def test_both_sides_stand_with_their_words(noon: Path, evening: Path) -> None:
    done = kg("diff", noon, evening, "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout == (Path(__file__).parent / "diff.txt").read_text(encoding="utf-8")
    assert done.stderr == "claims in both: 1\n"
    vietnamese = kg("diff", noon, evening, "--lang", "vi").stdout
    assert "đổi con số (1):\n  trước:\n    Công an Bình An — thiệt mạng: 12" in vietnamese


def test_equal_graphs_print_nothing_and_are_good(noon: Path) -> None:
    done = kg("diff", noon, noon)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    done = kg("diff", noon, noon, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["same"] is True


def test_json_has_every_part_that_the_help_names(noon: Path, evening: Path) -> None:
    done = kg("diff", noon, evening, "--json", "--lang", "en")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["same"] is False
    assert found["articles"] == {
        "added": [{"article": "so-y-te.txt", "published": "2025-03-05"}],
        "removed": [],
        "rewritten": [{"article": "mo-da-bac.txt", "before": "2025-03-04", "after": "2025-03-04"}],
    }
    assert [(c["change"], c["changed"], c["still_stands"]) for c in found["claims"]] == [
        ("new", [], False),
        ("number", ["number"], False),
        ("firmness", ["firmness"], False),
    ]
    new, number, firmness = found["claims"]
    assert new["before"] is None
    assert new["after"]["claim"] == iris.node("claim", OTHERS_CLAIM.key).value
    assert new["after"]["attributed_to"] == ["Binh An health department"]
    quotes = [number[side]["evidence"][0] for side in ("before", "after")]
    assert [quote["quote"] for quote in quotes] == ["12 công nhân thiệt mạng", "15 công nhân thiệt mạng"]
    assert quotes[0]["sentence"].startswith("Công an Bình An nói 12")
    assert quotes[0]["published"] == "2025-03-04"
    assert [firmness[side]["modality"] for side in ("before", "after")] == ["planned", "asserted"]
    assert found["contradictions"] == {"new": [], "resolved": []}
    assert found["entities"] == {"joined": [], "split": []}
    assert found["unchanged"] == 1


def test_a_difference_that_no_claim_shows_is_one_too(noon: Path, tmp_path: Path) -> None:
    desk = mine(NOON_PAPER)
    less_sure = desk.with_claims(*(replace(c, confidence=0.5) for c in desk.claims))
    done = kg("diff", noon, less_sure.write(tmp_path / "graph"), "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "other quads do" in done.stderr


def test_words_of_articles_do_not_steer_the_terminal(tmp_path: Path, noon: Path) -> None:
    hostile = mine(document(NOON, "\x1b[31mmo.txt"))
    done = kg("diff", hostile.write(tmp_path / "graph"), noon)
    assert "\x1b" not in done.stdout
    assert done.exit_code == 1


def test_without_a_second_graph_the_call_is_wrong(noon: Path, tmp_path: Path) -> None:
    assert kg("diff", noon).exit_code == 2
    assert kg("diff", noon, tmp_path / "none").exit_code == 4


def test_an_edited_article_is_compared_from_text_to_graph(tmp_path: Path) -> None:
    """The whole way, from two versions of an article in our own words."""
    text = (
        "Theo Công an tỉnh Quảng Ninh, {dead} công nhân đã thiệt mạng trong vụ sập hầm lò ngày 3/3. "
        "{who} cho biết khoảng 30 công nhân bị thương."
    )
    for name, version in (
        ("noon", text.format(dead=12, who="Bộ Công Thương")),
        ("evening", text.format(dead=15, who="Sở Y tế Quảng Ninh")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ham-lo.txt").write_text(f" date 2025-03-04 \n{version}\n", encoding="utf-8")
        assert kg("build", tmp_path / name, "-o", tmp_path / f"{name}.graph").exit_code == 0
    found = json.loads(kg("diff", tmp_path / "noon.graph", tmp_path / "evening.graph", "--json").stdout)
    quotes = {
        change["change"]: (change["before"]["evidence"][0]["quote"], change["after"]["evidence"][0]["quote"])
        for change in found["claims"]
        if change["before"] and change["after"] and change["before"]["evidence"][0]["quote"][0].isdigit()
    }
    assert quotes == {"number": ("12 công nhân đã thiệt mạng", "15 công nhân đã thiệt mạng")}
    sources = [
        (change["before"]["attributed_to"], change["after"]["attributed_to"])
        for change in found["claims"]
        if change["change"] == "attribution"
    ]
    assert (["Bộ Công Thương"], ["Sở Y tế Quảng Ninh"]) in sources
    assert not [change for change in found["claims"] if change["change"] in ("new", "withdrawn")]
