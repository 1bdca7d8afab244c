"""One behaviour, three ways to ask: kg.query, the rdflib Dataset, and HTTP give the same answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.query import Result
from starlette.testclient import TestClient

import kg
from kg import log, ns, rdf, sparql
from kg.errors import StoreError, UsageError
from kg.rdf import iris
from kg.server import make_app
from kg.store import Rows, write_graph
from kg.store.rows import Term

Answer = list[tuple[str, ...]]
QUERIES = {
    "people": "SELECT ?x { ?x a nk:Person }",
    "labels with diacritics": "SELECT ?x { ?x rdfs:label 'Trần Văn Lựu'@vi }",
    "a plain literal": "SELECT ?x { ?x nk:edtf '2025-09-05' }",
    "numbers": "SELECT ?n { ?q nk:stated ?n }",
    "optional": "SELECT ?c ?w { ?c a nk:QuantityClaim OPTIONAL { ?c nk:relayedBy ?w } }",
    "a path": "SELECT ?w { ?c nk:answers/nk:measure nk:killed ; nk:attributedTo/rdfs:label ?w }",
    "across graphs": "SELECT ?n { ?c nk:hasEvidence/nk:inDocument/nk:sourceName ?n ; nk:modality nk:estimated }",
    "one named graph": "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/newskg/graph/resolved> { ?s ?p ?o } }",
    "FROM": "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/newskg/graph/resolved> { ?s ?p ?o }",
    "FROM NAMED": "SELECT (COUNT(*) AS ?n) FROM NAMED <https://w3id.org/newskg/graph/resolved> { GRAPH ?g { ?s ?p ?o } }",
    "FROM a graph that is not there": "SELECT (COUNT(*) AS ?n) FROM <x:none> { ?s ?p ?o }",
    "everything": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "the word FROM in a comment": "SELECT (COUNT(*) AS ?n) # FROM <x:none>\n{ ?s ?p ?o }",
    "yes": "ASK { ?x a nk:PhoneCall }",
    "no": "ASK { ?x a nk:Sanction }",
    "nothing": "SELECT ?x { ?x a nk:Sanction }",
    "aggregate": "SELECT ?t (COUNT(?x) AS ?n) { ?x a ?t } GROUP BY ?t",
}


def rows(graph: Path, text: str) -> Rows:
    found = kg.query(graph, text)
    assert isinstance(found, Rows)
    return found


def word(term: Term | None) -> str:
    assert not isinstance(term, ox.Triple)
    return "" if term is None else term.value


def tuples(found: Result) -> list[tuple[Any, ...]]:
    given = list(found)
    assert all(isinstance(row, tuple) for row in given)
    return [row for row in given if isinstance(row, tuple)]


def by_pyoxigraph(graph: Path, text: str) -> Answer:
    found = kg.query(graph, text)
    if isinstance(found, bool):
        return [(str(found).lower(),)]
    assert isinstance(found, Rows)
    return sorted(tuple(word(term) for term in row) for row in found.terms)


def by_rdflib(dataset: rdflib.Dataset, text: str) -> Answer:
    found = dataset.query(text)
    if found.type == "ASK":
        return [(str(found.askAnswer).lower(),)]
    return sorted(tuple("" if term is None else str(term) for term in row) for row in tuples(found))


def by_http(client: TestClient, text: str) -> Answer:
    answer = client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 200, answer.text
    found = json.loads(answer.text)
    if "boolean" in found:
        return [(str(found["boolean"]).lower(),)]
    names = found["head"]["vars"]
    rows = found["results"]["bindings"]
    return sorted(tuple(row[name]["value"] if name in row else "" for name in names) for row in rows)


@pytest.fixture(scope="module")
def dataset(small_graph: Path) -> rdflib.Dataset:
    return kg.open_graph(small_graph)


@pytest.fixture(scope="module")
def http(small_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(small_graph)) as client:
        yield client


@pytest.mark.parametrize("text", QUERIES.values(), ids=QUERIES.keys())
def test_three_ways_of_asking_give_one_answer(
    text: str, small_graph: Path, dataset: rdflib.Dataset, http: TestClient
) -> None:
    assert by_pyoxigraph(small_graph, text) == by_rdflib(dataset, text) == by_http(http, text)


def test_the_union_is_asked_only_where_no_graph_is_named(small_graph: Path) -> None:
    (everything,) = rows(small_graph, QUERIES["everything"])[0]
    (resolved,) = rows(small_graph, QUERIES["FROM"])[0]
    assert 0 < resolved < everything
    assert (
        kg.query(small_graph, QUERIES["one named graph"])
        == kg.query(small_graph, QUERIES["FROM NAMED"])
        == [(resolved,)]
    )
    assert kg.query(small_graph, QUERIES["FROM a graph that is not there"]) == [(0,)]


@pytest.mark.parametrize("ask", [by_pyoxigraph, lambda graph, text: by_rdflib(kg.open_graph(graph), text)])
def test_what_is_refused_is_refused_everywhere(ask: Callable[[Path, str], Answer], small_graph: Path) -> None:
    with pytest.raises(sparql.QueryForbidden):
        ask(small_graph, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(sparql.QueryForbidden):
        ask(small_graph, "DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(sparql.QueryError, match="cannot be read"):
        ask(small_graph, "SELECT * { ?s ?p")
    with pytest.raises(sparql.QueryError, match="prefix"):
        ask(small_graph, "SELECT * { ?s unknown:p ?o }")


def test_construct_gives_triples(small_graph: Path, dataset: rdflib.Dataset) -> None:
    text = "CONSTRUCT { ?x rdf:type nk:Person } WHERE { ?x a nk:Person }"
    triples = kg.query(small_graph, text)
    assert isinstance(triples, list)
    assert {(word(s), word(o)) for s, _, o in triples} == {
        (iris.node("entity", name).value, ns.Person.value) for name in ("luu", "mori")
    }
    assert {str(s) for s, _, _ in tuples(dataset.query(text))} == {word(s) for s, _, _ in triples}


def test_a_dataset_says_how_long_it_is_without_counting(dataset: rdflib.Dataset, small_graph: Path) -> None:
    assert len(dataset) == rows(small_graph, QUERIES["everything"])[0][0]
    graph = dataset.graph(rdflib.URIRef(iris.resolved_graph().value))
    assert len(graph) == rows(small_graph, QUERIES["FROM"])[0][0]
    assert bool(dataset)


def test_a_dataset_gives_plain_literals_and_finds_them(dataset: rdflib.Dataset) -> None:
    node = rdflib.URIRef(iris.time("2025-09-05").value)
    literal = dataset.value(node, rdflib.URIRef(ns.edtf.value))
    assert literal == rdflib.Literal("2025-09-05")
    assert isinstance(literal, rdflib.Literal)
    assert literal.datatype is None
    assert (node, rdflib.URIRef(ns.edtf.value), rdflib.Literal("2025-09-05")) in dataset
    assert list(dataset.triples((rdflib.Literal("x"), None, None))) == []


def test_a_dataset_has_the_named_graphs_and_no_others(dataset: rdflib.Dataset) -> None:
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert iris.resolved_graph().value in names
    with pytest.raises(UsageError, match="there is no graph"):
        dataset.graph(rdflib.URIRef("x:none"))


def test_values_are_bound_to_variables_that_are_selected(dataset: rdflib.Dataset) -> None:
    kind = rdflib.URIRef(ns.Person.value)
    rows = list(dataset.query("SELECT ?x ?t { ?x a ?t }", initBindings={"t": kind}))
    assert len(rows) == 2
    with pytest.raises(UsageError, match="cannot be"):
        dataset.query("SELECT ?x { ?x a ?t }", initBindings={"t": kind})


@pytest.mark.parametrize(
    "options", [{"use_store_provided": False}, {"processor": "sparql"}, {"result": "sparql"}, {"DEBUG": True}], ids=str
)
def test_a_dataset_refuses_what_rdflib_would_evaluate_itself(dataset: rdflib.Dataset, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        dataset.query("ASK {}", **options)


def test_a_dataset_refuses_prepared_queries(dataset: rdflib.Dataset) -> None:
    with pytest.raises(UsageError, match="as text"):
        dataset.query(prepareQuery("ASK {}"))


def test_a_dataset_cannot_be_written_to(dataset: rdflib.Dataset) -> None:
    triple = (rdflib.URIRef("x:s"), rdflib.URIRef("x:p"), rdflib.Literal("o"))
    for write in (dataset.add, dataset.remove):
        with pytest.raises(UsageError, match="read-only"):
            write(triple)
    with pytest.raises(UsageError, match="read-only"):
        dataset.update("INSERT DATA { <x:s> <x:p> 1 }")
    with pytest.raises(UsageError, match="read-only"):
        dataset.parse(data="<x:s> <x:p> 1 .", format="turtle")


def test_odd_literals_come_back_as_they_are(tmp_path: Path) -> None:
    texts = ["<script>alert(1)</script>", "xuống\ndòng", 'nháy "kép"', "\\u0041", "\u202e", "Đặng Văn Ngữ", "", "\x07"]
    given = [
        ox.Quad(iris.node("entity", str(n)), ns.rdfs_label, ox.Literal(t), iris.resolved_graph())
        for n, t in enumerate(texts)
    ]
    write_graph(tmp_path / "graph", quads=given, records=[])
    text = "SELECT ?l { ?x rdfs:label ?l }"
    wanted = sorted((t,) for t in texts)
    assert by_pyoxigraph(tmp_path / "graph", text) == wanted
    assert by_rdflib(kg.open_graph(tmp_path / "graph"), text) == wanted
    with TestClient(make_app(tmp_path / "graph")) as client:
        assert by_http(client, text) == wanted


def test_damage_that_opening_does_not_show_is_found_when_it_is_read(tmp_path: Path, small_graph: Path) -> None:
    extractions, resolution = log.load(small_graph / "records.db")
    graph = tmp_path / "graph"
    write_graph(graph, quads=rdf.quads(extractions, resolution), records=log.lines(extractions, resolution))
    for table in (graph / "store").glob("*.sst"):
        content = bytearray(table.read_bytes())
        content[40:200] = bytes(160)
        table.write_bytes(content)
    with pytest.raises(StoreError, match="build the graph again"):
        kg.query(graph, "SELECT ?s ?p ?o { ?s ?p ?o }")
