"""Things are found by their names, with and without diacritics, over HTTP and inside SPARQL."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg import ns, sparql
from kg.rdf import iris
from kg.server import asking_by_name, make_app, searching, statistics
from kg.store import write_graph

NAMES = {
    "dong-thap": (ns.Place, [("Đồng Tháp", "vi")]),
    "dong-thap-en": (ns.Organization, [("Dong Thap Daily", "en")]),
    "dong-thap-muoi": (ns.Place, [("Đồng Tháp Mười", "vi")]),
    "dong": (ns.Person, [("Đông Tháp", "vi")]),
    "hoa": (ns.Person, [("Nguyễn Hoà Bình", "vi"), ("Nguyen Hoa Binh", "en")]),
    "uy-ban": (ns.Organization, [("Uỷ ban nhân dân", "vi")]),
    "evil": (ns.Person, [("<script>\"AND' OR * NEAR(", "vi")]),
}
MENTIONED = {"dong-thap": 3, "dong-thap-muoi": 1}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = iris.resolved_graph()
    quads = []
    for key, (kind, labels) in NAMES.items():
        node = iris.node("entity", key)
        quads.append(ox.Quad(node, ns.rdf_type, kind, graph))
        quads += [ox.Quad(node, ns.rdfs_label, ox.Literal(text, language=code), graph) for text, code in labels]
        for number in range(MENTIONED.get(key, 0)):
            span = ox.NamedNode(f"x:span/{key}/{number}")
            quads += [
                ox.Quad(span, ns.denotes, node, graph),
                ox.Quad(span, ns.inDocument, ox.NamedNode("x:article"), graph),
                ox.Quad(span, ns.rdfs_label, ox.Literal("Đồng Tháp 1-9"), graph),
            ]
    folder = tmp_path_factory.mktemp("names") / "graph"
    write_graph(folder, quads=quads, records=[])
    return folder


@pytest.fixture(scope="module")
def http(names: Path) -> Iterator[TestClient]:
    with TestClient(make_app(names)) as client:
        until = time.monotonic() + 20
        while not client.get("/readyz").json()["index"] and time.monotonic() < until:
            time.sleep(0.05)
        yield client


def found(http: TestClient, text: str, **more: str) -> list[str]:
    answer = http.get("/search", params={"q": text, **more})
    assert answer.status_code == 200, answer.text
    return [result["iri"].rpartition("/")[2] for result in answer.json()["results"]]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("dong thap", ["dong-thap", "dong", "dong-thap-muoi", "dong-thap-en"]),
        ("Đồng Tháp", ["dong-thap", "dong-thap-muoi", "dong-thap-en"]),
        ("ĐỒNG THÁP", ["dong-thap", "dong-thap-muoi", "dong-thap-en"]),
        ("đông tháp", ["dong", "dong-thap-en"]),
        ("đồng thá", ["dong-thap", "dong-thap-muoi", "dong-thap-en"]),
        ("thap muoi", ["dong-thap-muoi"]),
        ("hòa bình", ["hoa"]),
        ("hoa binh", ["hoa"]),
        ("ủy ban", ["uy-ban"]),
        ("đồng thảp", ["dong-thap", "dong", "dong-thap-muoi", "dong-thap-en"]),
        ("hà nội", []),
        ("thap-dong", ["dong-thap", "dong-thap-muoi", "dong", "dong-thap-en"]),
    ],
)
def test_names_are_found_as_people_write_them(http: TestClient, text: str, keys: list[str]) -> None:
    assert set(found(http, text)) == set(keys)
    assert found(http, text)[:1] == keys[:1]


@pytest.mark.parametrize(
    "text", ['"', "* OR *", "NEAR(a, b)", "script", "a" * 200, "folded : x", "'; DROP TABLE name", "%"]
)
def test_no_text_is_an_order_to_the_index(http: TestClient, text: str) -> None:
    assert set(found(http, text)) <= {"evil"}


def test_language_class_and_number_narrow_it(http: TestClient) -> None:
    assert found(http, "dong thap", lang="en") == ["dong-thap-en"]
    assert set(found(http, "dong thap", type="Place")) == {"dong-thap", "dong-thap-muoi"}
    assert set(found(http, "dong thap", type="nk:Agent")) == {"dong", "dong-thap-en"}
    assert found(http, "dong thap", type=ns.Organization.value) == ["dong-thap-en"]
    assert found(http, "dong thap", limit="1") == ["dong-thap"]


def test_a_result_says_what_it_is(http: TestClient) -> None:
    (result,) = http.get("/search", params={"q": "dong thap", "limit": "1"}).json()["results"]
    assert (result["label"], result["language"], result["mentions"]) == ("Đồng Tháp", "vi", 3)
    assert ns.Place.value in result["classes"]


@pytest.mark.parametrize(
    "given", [{}, {"q": " "}, {"q": "x" * 201}, {"q": "x", "limit": "0"}, {"q": "x", "limit": "a"}]
)
def test_what_cannot_be_searched_is_told(http: TestClient, given: dict[str, str]) -> None:
    assert http.get("/search", params=given).status_code == 400


def rows(http: TestClient, query: str) -> set[str]:
    answer = http.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return {line.rpartition("/")[2] for line in answer.text.split()[1:]}


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ('SELECT ?x { ?x nk:search "muoi" }', {"dong-thap-muoi"}),
        ('SELECT ?x { ?x nk:search "dong thap" . ?x a nk:Place . }', {"dong-thap", "dong-thap-muoi"}),
        ('SELECT ?x { ?x nk:search "dong thap" ; a nk:Place }', {"dong-thap", "dong-thap-muoi"}),
        ('SELECT ?x { ?x a nk:Place . ?x nk:search "dong thap" }', {"dong-thap", "dong-thap-muoi"}),
        ('SELECT ?x { ?x nk:search "dong thap"@en }', {"dong-thap-en"}),
        ('PREFIX k: <https://w3id.org/newskg/ontology#> SELECT ?x { ?x k:search """muoi""" }', {"dong-thap-muoi"}),
        ('SELECT ?x { ?x <https://w3id.org/newskg/ontology#search> "m\\u01b0\\u1eddi" }', {"dong-thap-muoi"}),
        ('SELECT ?x { ?x nk:search "nobody" }', set()),
        ('SELECT ?x { { ?x nk:search "muoi" } UNION { ?x nk:search "uy ban" } }', {"dong-thap-muoi", "uy-ban"}),
        ('SELECT ?x { ?x a nk:Place OPTIONAL { ?x nk:search "muoi" ; rdfs:label ?l } FILTER(BOUND(?l)) }', {"dong-thap-muoi"}),
        ('SELECT ?x { ?x rdfs:label ?l . FILTER(?l = "nk:search"@vi) }', set()),
    ],
)  # fmt: skip
def test_names_are_found_inside_sparql(http: TestClient, query: str, keys: set[str]) -> None:
    assert rows(http, query) == keys


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?x { <x:a> nk:search "muoi" }',
        "SELECT ?x { ?x nk:search ?y }",
        'SELECT ?x { ?x a nk:Place ; nk:search "muoi" }',
        'SELECT ?x { ?x nk:search "a", "b" }',
        'SELECT ?x { ?x nk:search "a"^^<x:t> }',
        "SELECT ?x { ?x nk:search",
        "SELECT ?x { ?x nk:search/rdfs:label ?y }",
    ],
)
def test_a_search_that_cannot_be_read_is_a_wrong_query(http: TestClient, query: str) -> None:
    answer = http.get("/sparql", params={"query": query})
    assert (answer.status_code, "?thing nk:search" in answer.text) == (400, True)


def test_a_page_can_search_too(http: TestClient) -> None:
    page = http.get("/", params={"query": 'SELECT ?x { ?x nk:search "dong thap muoi" }', "lang": "en"})
    assert "dong-thap-muoi" in page.text


def test_without_an_index_there_is_no_answer_yet() -> None:
    with pytest.raises(searching.NotReady):
        asking_by_name.rewritten(sparql.check('SELECT ?x { ?x nk:search "x" }'), None)
    untouched = sparql.check("SELECT ?x { ?x rdfs:label ?search }")
    assert asking_by_name.rewritten(untouched, None) is untouched


def test_the_index_of_one_store_is_always_the_same(names: Path, tmp_path: Path) -> None:
    store = ox.Store.read_only(str(names / "store"))
    results: list[Any] = []
    for name in ("a", "b"):
        searching.build(store, str(tmp_path / name))
        results.append(searching.found(str(tmp_path / name), "dong"))
    assert results[0] == results[1] != []


def test_statistics_count_the_union_once(names: Path) -> None:
    store = ox.Store.read_only(str(names / "store"))
    counted = statistics.compute(store)
    assert counted.quads == counted.triples == len(store)
    assert counted.graphs == 1
    assert counted.classes[ns.Place.value] == 2
    assert counted.properties[ns.denotes.value] == 4
    assert [(one.label, one.count) for one in counted.top] == [("Đồng Tháp", 3), ("Đồng Tháp Mười", 1)]
    assert statistics.Statistics.of(counted.plain()) == counted
