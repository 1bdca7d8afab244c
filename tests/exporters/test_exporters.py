"""Each export holds the graph in its own way, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib

from kg import folder, ns, plugins
from kg.rdf import iris
from kg.store import read_only, write_graph

RDF = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
Record = dict[str, Any]
OURS = ["csv", "graphml", "jsonl", *RDF]


def exported(graph: Path, name: str) -> bytes:
    out = io.BytesIO()
    plugins.find("kg.exporters", name).export(graph, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def quads(small_graph: Path) -> set[ox.Quad]:
    return set(read_only(small_graph))


@pytest.mark.parametrize("name", ["nq", "trig", "jsonld"])
def test_formats_with_named_graphs_hold_every_quad(name: str, small_graph: Path, quads: set[ox.Quad]) -> None:
    assert set(ox.parse(input=exported(small_graph, name), format=RDF[name])) == quads


def test_turtle_holds_every_triple(small_graph: Path, quads: set[ox.Quad]) -> None:
    found = {quad.triple for quad in ox.parse(input=exported(small_graph, "ttl"), format=ox.RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in quads}


def test_rdflib_reads_the_turtle_too(small_graph: Path, quads: set[ox.Quad]) -> None:
    graph = rdflib.Graph().parse(data=exported(small_graph, "ttl"), format="turtle")
    assert len(graph) == len({quad.triple for quad in quads})


def test_n_quads_are_sorted_and_hash_to_the_manifest(small_graph: Path) -> None:
    lines = exported(small_graph, "nq").splitlines()
    assert lines == sorted(lines)
    assert folder.scan(read_only(small_graph)).sha256 == folder.manifest(small_graph)["sha256"]


def test_turtle_is_written_for_people(small_graph: Path) -> None:
    text = exported(small_graph, "ttl").decode()
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert "\n\nevent:call a " in text
    assert "nk:PhoneCall" in text


@pytest.mark.parametrize("name", OURS)
def test_another_process_writes_the_same_bytes(name: str, small_graph: Path) -> None:
    code = "import sys; from pathlib import Path; from kg import plugins;"
    code += "plugins.find('kg.exporters', sys.argv[1]).export(Path(sys.argv[2]), sys.stdout.buffer)"
    done = subprocess.run(
        [sys.executable, "-c", code, name, str(small_graph)],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
    )
    assert done.stdout == exported(small_graph, name)


@pytest.fixture(scope="module")
def records(small_graph: Path) -> list[Record]:
    return [json.loads(line) for line in exported(small_graph, "jsonl").splitlines()]


def test_records_are_of_the_agreed_kinds(records: list[Record]) -> None:
    assert Counter(record["record"] for record in records).keys() == {
        "document",
        "entity",
        "mention",
        "statement",
    }


def test_a_mention_is_a_name_or_a_group_with_its_entity_and_a_credit_says_so(records: list[Record]) -> None:
    mentions = [record for record in records if record["record"] == "mention"]
    (credit,) = [mention for mention in mentions if mention.get("credit")]
    assert credit["text"] == "Đài Miền Xanh"
    assert credit["entity"] == iris.node("entity", "radio").value
    assert all(mention.keys() >= {"source", "start", "end", "text", "type", "entity"} for mention in mentions)
    assert {tuple(m["reasons"]) for m in mentions if m["text"] == "Bộ Nông nghiệp"} == {
        ("head: Bộ", "model: 0.97 (untyped)")
    }
    groups = [mention for mention in mentions if mention["type"] == "group"]
    described = next(mention for mention in groups if mention["text"] == "người dân")
    assert described["form"] == "nominal"
    assert described["entity"] == iris.node("entity", "villagers").value


def test_an_entity_has_labels_aliases_and_its_item(records: list[Record]) -> None:
    entities = {record["id"]: record for record in records if record["record"] == "entity"}
    japan = entities[iris.node("entity", "japan").value]
    assert japan["label"] == {"en": "Japan", "vi": "Nhật Bản"}
    assert japan["aliases"] == ["Nhật Bản (tên khác)"]
    assert japan["wikidata"] == "Q17"
    assert entities[iris.node("entity", "luu").value]["wikidata"] is None


def test_a_statement_names_entities_not_chains(records: list[Record]) -> None:
    call, claim = (record for record in records if record["record"] == "statement")
    if call["type"] != "PhoneCall":
        call, claim = claim, call
    assert call["roles"] == {
        "initiator": [iris.node("entity", "luu").value],
        "recipient": [iris.node("entity", "mori").value],
    }
    assert call["time"] == "2025-09-05"
    assert call["evidence"]["text"].startswith("Chủ tịch tỉnh")
    assert claim["attributed_to"] == [iris.node("entity", "ministry").value]
    assert claim["quantity"] == {
        "measure": "area_cleared",
        "stated": 1.5,
        "exactness": "approximate",
        "lower": None,
        "upper": None,
        "unit": "hectare",
    }


def test_the_table_has_a_row_for_each_quotation(small_graph: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(small_graph, "csv").decode(), newline="")))
    assert len(rows) == len({row["iri"] for row in rows}) == 19
    (row,) = [row for row in rows if row["iri"].endswith("/n-dead-40")]
    assert row["who"] == "Bộ Nông nghiệp"
    assert (row["measure"], row["number"], row["exactness"], row["place"]) == (
        "killed",
        "40",
        "approximate",
        "xã Thọ Lâm",
    )
    assert (row["time"], row["article"], row["published"]) == ("2025-09-03", "lu-song-ma.txt", "2025-09-06")
    assert row["quote"] == "khoảng 40 người dân xã Thọ Lâm thiệt mạng"
    assert int(row["end"]) - int(row["start"]) == len(row["quote"])


def network(
    graph: Path,
) -> tuple[dict[str | None, dict[str | None, str | None]], set[tuple[str | None, str | None, str | None]]]:
    root = ET.fromstring(exported(graph, "graphml"))  # noqa: S314 - our own file
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {
        node.get("id"): {data.get("key"): data.text for data in node.findall("g:data", space)}
        for node in root.findall(".//g:node", space)
    }
    edges = set()
    for edge in root.findall(".//g:edge", space):
        kind = edge.find("g:data[@key='edge-type']", space)
        assert kind is not None
        edges.add((edge.get("source"), kind.text, edge.get("target")))
    return nodes, edges


def test_the_network_joins_events_with_who_takes_part(small_graph: Path) -> None:
    nodes, edges = network(small_graph)
    call, luu = iris.node("event", "call").value, iris.node("entity", "luu").value
    assert nodes[call]["node-kind"] == "event"
    assert nodes[call]["node-start"] == "2025-09-05T00:00:00"
    assert nodes[luu] == {"node-label": "Trần Văn Lựu", "node-label_en": "Trần Văn Lựu", "node-type": "Person"} | {
        "node-kind": "entity"
    }
    assert (call, "initiator", luu) in edges
    unit, region = iris.node("entity", "company-17").value, iris.node("entity", "region-9").value
    assert (unit, "belongsTo", region) in edges
    assert all(source in nodes and target in nodes for source, _, target in edges)


def test_labels_that_xml_cannot_hold_do_not_break_the_network(tmp_path: Path) -> None:
    node = iris.node("entity", "odd")
    label = ox.Literal("<script>&\x0b\ud7ff\nx", language="vi")
    given = [ox.Quad(node, ns.rdf_type, ns.Person, iris.resolved_graph())]
    given.append(ox.Quad(node, ns.rdfs_label, label, iris.resolved_graph()))
    write_graph(tmp_path / "graph", quads=given, records=[])
    nodes, _ = network(tmp_path / "graph")
    assert nodes[node.value]["node-label"] == "<script>&\ufffd\ud7ff\nx"
