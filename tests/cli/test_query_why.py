"""`kg query --why` prints for each row the claims and sentences behind it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.rdf import iris

DEAD = """SELECT ?number ?source {
  ?claim nk:answers/nk:measure nk:killed ; nk:quantity/nk:stated ?number ; nk:attributedTo/rdfs:label ?source .
  FILTER(LANG(?source) = "en")
} ORDER BY ?number"""


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_each_row_stands_above_its_words(small_graph: Path) -> None:
    done = kg("query", small_graph, DEAD, "--why", "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout == (
        "1. number: 12 | source: Miền Xanh Radio\n"
        "   Miền Xanh Radio — killed: 12 (villagers of Thọ Lâm, Thọ Lâm commune, Disaster (2025-09-03))\n"
        "     says: Miền Xanh Radio; relayed by: Decree 77; said: 2025-09; modality: asserted\n"
        "     cuu-tro.txt 102-136, published day unknown: “12 người dân xã Thọ Lâm thiệt mạng”\n"
        "       … Đài này nói 12 người dân xã Thọ Lâm thiệt mạng.\n"
        "   named: Miền Xanh Radio (2 places in all)\n"
        "     cuu-tro.txt 0-13, published day unknown: “Đài Miền Xanh”\n"
        "       … Đài Miền Xanh đưa tin hơn 1,5 triệu đồng cho mỗi hộ và gần 42.400 ha lúa được bồi thường.\n"
        "2. number: 40 | source: Ministry of Agriculture\n"
        "   Ministry of Agriculture — killed: about 40 (villagers of Thọ Lâm, Thọ Lâm commune, Disaster (2025-09-03)) [estimated]\n"
        "     says: Ministry of Agriculture; modality: estimated\n"
        "     lu-song-ma.txt 58-99, published 2025-09-06: “khoảng 40 người dân xã Thọ Lâm thiệt mạng”\n"
        "       … Theo Bộ Nông nghiệp, khoảng 40 người dân xã Thọ Lâm thiệt mạng trong trận lũ ngày 3/9.\n"
        "   named: Ministry of Agriculture (2 places in all)\n"
        "     lu-song-ma.txt 42-56, published 2025-09-06: “Bộ Nông nghiệp”\n"
    )
    assert done.stderr == "2 rows\n"
    vietnamese = kg("query", small_graph, DEAD, "--why", "--lang", "vi").stdout
    assert "nguồn: Bộ Nông nghiệp; mức độ: ước tính" in vietnamese


def test_json_has_claims_and_what_cannot_be_traced(small_graph: Path) -> None:
    found = json.loads(kg("query", small_graph, DEAD, "--why", "--json", "--limit", 1).stdout)
    assert found["variables"] == ["number", "source"]
    assert found["left_out"] == 1
    (row,) = found["rows"]
    assert row["row"] == {"number": "12", "source": "Miền Xanh Radio"}
    (claim,) = row["claims"]
    assert claim["claim"] == iris.node("claim", "n-dead-12").value
    assert (claim["attributed_to"], claim["modality"], claim["said"]) == (["Miền Xanh Radio"], "asserted", "2025-09")
    assert claim["evidence"] == [
        {
            "article": "cuu-tro.txt",
            "start": 102,
            "end": 136,
            "quote": "12 người dân xã Thọ Lâm thiệt mạng",
            "sentence": "Đài này nói 12 người dân xã Thọ Lâm thiệt mạng.",
            "published": None,
        }
    ]
    assert row["untraced"] == []
    given = json.loads(kg("query", small_graph, "SELECT (1 AS ?one) {}", "--why", "--json", "--lang", "en").stdout)
    assert given["rows"][0]["untraced"] == ["the query itself gives ?one"]


def test_csv_has_a_line_for_each_quote(small_graph: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(kg("query", small_graph, DEAD, "--why", "--format", "csv").stdout)))
    assert [(line["number"], line["quote"]) for line in lines if line["claim"]] == [
        ("12", "12 người dân xã Thọ Lâm thiệt mạng"),
        ("40", "khoảng 40 người dân xã Thọ Lâm thiệt mạng"),
    ]


def test_a_yes_comes_with_its_words(small_graph: Path) -> None:
    done = kg("query", small_graph, "ASK { ?x a nk:PhoneCall }", "--why")
    assert done.stdout.startswith("yes\n1. x: ")
    assert "lu-song-ma.txt 133-199" in done.stdout
    assert kg("query", small_graph, "ASK { ?x a nk:Sanction }", "--why").stdout == "no\n"
    assert (
        json.loads(kg("query", small_graph, "ASK { ?x a nk:Sanction }", "--why", "--json").stdout)["boolean"] is False
    )


def test_json_is_short_for_the_format(small_graph: Path) -> None:
    assert json.loads(kg("query", small_graph, "ASK {}", "--json").stdout)["boolean"] is True


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("CONSTRUCT WHERE { ?s ?p ?o }", "--why"), "only the rows of SELECT"),
        ((DEAD, "--why", "--format", "xml"), "choose one of table, json, csv"),
        ((DEAD, "--json", "--format", "csv"), "exclude each other"),
        (("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "--why"), "SERVICE"),
    ],
)
def test_what_cannot_be_traced_is_a_wrong_call(small_graph: Path, arguments: tuple[str, ...], message: str) -> None:
    done = kg("query", small_graph, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_words_of_a_query_do_not_steer_the_terminal(small_graph: Path) -> None:
    done = kg("query", small_graph, r"SELECT ?x { BIND('\u001b[31mred' AS ?x) }", "--why")
    assert "\x1b" not in done.stdout
    assert r"\x1b[31mred" in done.stdout
