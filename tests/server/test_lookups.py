"""What is asked of one thing is answered by the server itself, and as a worker would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from kg import folder
from kg.server import lookups, make_app
from kg.server.lookups import Lookups
from kg.settings import Settings
from kg.store import write_graph

THING, CROWDED = "https://example.org/thing", "https://example.org/crowded"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
LOOKUPS = [
    f"SELECT ?l WHERE {{ <{THING}> <{LABEL}> ?l }}",
    f"select distinct ?l ?p {{ <{THING}> ?p ?l . }}",
    f"SELECT * {{ <{THING}> ?p ?o }} LIMIT 1",
    f"SELECT ?o {{ <{THING}> rdfs:label ?o }}",
    "PREFIX ex: <https://example.org/>\nSELECT ?o { ex:thing a ?o }",
    "PREFIX rdfs: <https://example.org/>\nSELECT ?o { rdfs:thing ?p ?o }",
    f"ASK {{ <{THING}> a <https://example.org/Class> }}",
    "ASK { <https://example.org/nothing> ?p ?o }",
    f"SELECT ?x {{ <{THING}> ?x ?x }}",
]
OTHERS = [
    f"SELECT ?s {{ ?s <{LABEL}> ?l }}",
    f"SELECT ?o {{ <{THING}> ?p ?o . ?o ?q ?r }}",
    f"SELECT ?o {{ {{ <{THING}> ?p ?o }} }}",
    f"SELECT ?o {{ <{THING}> ?p/?q ?o }}",
    f"SELECT ?o {{ <{THING}> <{LABEL}>* ?o }}",
    f"SELECT ?o {{ <{THING}> ?p ?o FILTER(?o > 1) }}",
    f"SELECT ?o FROM <x:g> {{ <{THING}> ?p ?o }}",  # noqa: S608
    f"SELECT ?o {{ GRAPH ?g {{ <{THING}> ?p ?o }} }}",
    f"SELECT ?o {{ SERVICE <http://127.0.0.1:9/> {{ <{THING}> ?p ?o }} }}",
    f"SELECT ?o {{ <{THING}> ?p ?o }} ORDER BY ?o",
    f"SELECT (COUNT(*) AS ?n) {{ <{THING}> ?p ?o }}",
    f"BASE <https://example.org/> SELECT ?o {{ <{THING}> ?p ?o }}",
    "SELECT ?o { <thing> ?p ?o }",
    "SELECT ?o { <https://example.org/./thing> ?p ?o }",
    "SELECT ?o { unknown:thing ?p ?o }",
    f"SELECT ?o {{ <{THING}> ?p ?o }} # {'x' * 2_000}",
    f"DESCRIBE <{THING}>",
    f"DELETE WHERE {{ <{THING}> ?p ?o }}",
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("lookups") / "graph"
    write_graph(where, quads=_quads(), records=[])
    return where


@pytest.fixture
def http(graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(graph, Settings())) as client:
        yield client


def _quads() -> Iterator[ox.Quad]:
    label, kind, about = (
        ox.NamedNode(iri)
        for iri in (LABEL, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://example.org/about")
    )
    thing = ox.NamedNode(THING)
    for graph in (ox.NamedNode("https://example.org/g1"), ox.NamedNode("https://example.org/g2")):
        yield ox.Quad(thing, label, ox.Literal("Đồng Tháp", language="vi"), graph)
        yield ox.Quad(thing, kind, ox.NamedNode("https://example.org/Class"), graph)
    for number in range(300):
        yield ox.Quad(ox.NamedNode(CROWDED), about, ox.Literal(str(number)), ox.NamedNode("https://example.org/g1"))


def _counted(http: TestClient) -> int:
    lines = [line for line in http.get("/metrics").text.splitlines() if line.startswith("kg_lookups_total")]
    return int(lines[0].split()[1]) if lines else 0


@pytest.mark.parametrize("query", LOOKUPS)
@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"])
def test_a_lookup_is_answered_by_the_server_as_by_a_worker(
    http: TestClient, monkeypatch: pytest.MonkeyPatch, query: str, accept: str
) -> None:
    found = http.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (found.status_code, _counted(http)) == (200, 1)
    monkeypatch.setattr(Lookups, "answer", lambda *_: None)
    other = http.get("/sparql", params={"query": f"{query} "}, headers={"Accept": accept})
    assert (other.status_code, other.content) == (200, found.content)
    assert other.headers["content-type"] == found.headers["content-type"]
    assert _counted(http) == 1


@pytest.mark.parametrize("query", OTHERS)
def test_what_is_more_than_a_lookup_is_left_to_the_workers(query: str) -> None:
    assert lookups.pattern(query) is None


@pytest.mark.parametrize("query", [f"SELECT * {{ <{CROWDED}> ?p ?o }}", f"ASK {{ <{CROWDED}> ?p ?o }}"])
def test_what_matches_much_is_left_to_the_workers(http: TestClient, query: str) -> None:
    assert http.get("/sparql", params={"query": query}).status_code == 200
    assert _counted(http) == 0


@pytest.mark.parametrize(
    "more", [{"default-graph-uri": "https://example.org/g1"}, {"named-graph-uri": "https://example.org/g1"}]
)
def test_a_dataset_is_left_to_the_workers(http: TestClient, more: dict[str, str]) -> None:
    assert http.get("/sparql", params={"query": LOOKUPS[0], **more}).status_code == 200
    assert _counted(http) == 0


def test_what_is_accepted_by_nobody_is_refused_as_before(http: TestClient) -> None:
    refused = http.get("/sparql", params={"query": LOOKUPS[0]}, headers={"Accept": "image/png"})
    assert (refused.status_code, _counted(http)) == (406, 0)


def test_a_lookup_sees_the_graph_that_was_built_again(graph: Path, tmp_path: Path) -> None:
    place = tmp_path / "graph"
    write_graph(place, quads=[], records=[])
    with TestClient(make_app(place, Settings())) as client:
        asked = {"query": LOOKUPS[0]}
        assert client.get("/sparql", params=asked).json()["results"]["bindings"] == []
        write_graph(place, quads=_quads(), records=[])
        rows = client.get("/sparql", params=asked).json()["results"]["bindings"]
        assert {row["l"]["value"] for row in rows} == {"Đồng Tháp"}
        assert _counted(client) == 2


def test_a_store_that_cannot_be_read_is_left_to_the_workers(tmp_path: Path) -> None:
    opened = Lookups(tmp_path)
    assert opened.answer(_job(LOOKUPS[0])) is None
    opened.close()


@given(st.text(alphabet="<>{}?a:/. #\n\"'\\|*()", max_size=40), st.integers(0, len(LOOKUPS) - 1), st.integers(0, 80))
def test_whatever_stands_in_between_a_lookup_is_one_or_not_and_never_fails(
    graph: Path, junk: str, which: int, at: int
) -> None:
    query = LOOKUPS[which][:at] + junk + LOOKUPS[which][at:]
    opened = Lookups(graph / folder.STORE)
    try:
        reply = opened.answer(_job(query))
    finally:
        opened.close()
    if reply:
        checked = ox.Store.read_only(str(graph / folder.STORE))
        assert json.loads(reply.body) == json.loads(_answered(checked, query))


def _answered(store: ox.Store, query: str) -> bytes:
    from kg.store import querying  # noqa: PLC0415

    found = querying.answer(store, query)
    assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
    return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def _job(query: str) -> dict[str, Any]:
    return {"task": "query", "query": query, "format": "json", "accept": "", "base": None, "default": [], "named": []}
