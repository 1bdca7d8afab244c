"""The endpoint answers as the SPARQL protocol asks, changes nothing, and survives what is thrown at it."""

from __future__ import annotations

import asyncio
import concurrent.futures
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kg import log, rdf
from kg.errors import StoreError
from kg.server import make_app, negotiation
from kg.server.pool import Pool
from kg.server.replies import Reply
from kg.settings import Settings
from kg.store import write_graph

PEOPLE = "SELECT ?x { ?x a nk:Person } ORDER BY ?x"
TRIPLES = "CONSTRUCT WHERE { ?x a nk:Person }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUICK = Settings(query_seconds=0.7, query_workers=4, query_queue=4, client_queries=5, answer_bytes=200_000)


@pytest.fixture(scope="module")
def http(small_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(small_graph, QUICK)) as client:
        yield client


def get(http: TestClient, query: str, accept: str | None = None, **parameters: str) -> Response:
    return http.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept} if accept else None)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.9, application/json;q=0.1", "text/csv; charset=utf-8"),
        ("text/*;q=0.5, text/csv;q=0.1", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+json;q=0, application/json;q=0, */*", "application/sparql-results+xml"),
        ("TEXT/CSV; Q=1", "text/csv; charset=utf-8"),
        ("nonsense;q=x, text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_rows_come_in_the_format_that_is_liked_best(http: TestClient, accept: str | None, media: str) -> None:
    answer = get(http, PEOPLE, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert "luu" in answer.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_triples_come_in_the_format_that_is_liked_best(
    http: TestClient, accept: str | None, form: ox.RdfFormat
) -> None:
    answer = get(http, TRIPLES, accept)
    assert answer.headers["content-type"].startswith(form.media_type)
    assert len(list(ox.parse(input=answer.content, format=form))) == 2


@pytest.mark.parametrize("query", [PEOPLE, TRIPLES])
def test_what_nobody_can_write_is_not_acceptable(http: TestClient, query: str) -> None:
    assert get(http, query, "image/png").status_code == 406
    assert get(http, query, format="docx").status_code == 406


def test_a_format_of_the_other_kind_is_not_acceptable(http: TestClient) -> None:
    assert get(http, PEOPLE, format="ttl").status_code == 406
    assert get(http, TRIPLES, format="csv").status_code == 406


@pytest.mark.parametrize("wanted", ["csv", "text/csv"])
def test_a_parameter_names_the_format_and_wins_over_the_header(http: TestClient, wanted: str) -> None:
    assert get(http, PEOPLE, "application/json", format=wanted).text.splitlines()[0] == "x"


def test_a_query_may_be_posted_as_a_form_or_as_itself(http: TestClient) -> None:
    by_form = http.post("/sparql", data={"query": PEOPLE})
    by_body = http.post("/sparql", content=PEOPLE, headers={"Content-Type": "application/sparql-query; charset=UTF-8"})
    assert by_form.json() == by_body.json() == get(http, PEOPLE).json()


def test_vietnamese_goes_in_and_comes_out(http: TestClient) -> None:
    answer = get(http, "SELECT ?l { ?x rdfs:label 'Trần Văn Lựu'@vi ; rdfs:label ?l }", "text/csv")
    assert answer.content.decode("utf-8").splitlines() == ["l", "Trần Văn Lựu", "Trần Văn Lựu"]


def test_the_request_may_name_the_graphs(http: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    resolved = "https://w3id.org/newskg/graph/resolved"

    def number(**parameters: str) -> int:
        return int(get(http, count, **parameters).json()["results"]["bindings"][0]["n"]["value"])

    assert 0 < number(**{"default-graph-uri": resolved}) < number()
    assert number(**{"default-graph-uri": "x:none"}) == 0
    assert number(**{"named-graph-uri": resolved}) == 0
    assert get(http, count, **{"default-graph-uri": "no iri"}).status_code == 400


@pytest.mark.parametrize(
    ("method", "sent", "status"),
    [
        ("GET", {"params": {"query": "SELECT * {"}}, 400),
        ("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ("GET", {"params": {"other": "x"}}, 400),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403),
        ("GET", {"params": {"query": "CLEAR ALL"}}, 403),
        ("GET", {"params": {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}}, 403),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("POST", {"content": "ASK {}"}, 415),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "application/sparql-query; charset=utf-16"}}, 415),
        ("POST", {"content": "ASK {}".encode("utf-16"), "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("POST", {"content": b"ASK { ?s ?p '\xff' }", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("POST", {"content": b"query=%FF", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ("POST", {"content": b"x" * 600_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ("PUT", {"content": "ASK {}"}, 405),
        ("DELETE", {}, 405),
    ],
)
def test_what_is_wrong_is_told_by_status_in_plain_text(
    http: TestClient, method: str, sent: dict[str, Any], status: int
) -> None:
    answer = http.request(method, "/sparql", **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text


def test_an_empty_get_describes_the_service(http: TestClient) -> None:
    answer = http.get("/sparql")
    quads = list(ox.parse(input=answer.content, format=ox.RdfFormat.TURTLE))
    endpoints = [quad.object.value for quad in quads if quad.predicate.value.endswith("#endpoint")]
    assert endpoints == ["http://testserver/sparql"]


def test_head_and_options_tell_without_a_body(http: TestClient) -> None:
    head = http.head("/sparql", params={"query": PEOPLE})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(get(http, PEOPLE).content)
    assert "POST" in http.options("/sparql").headers["allow"]


def test_pages_of_other_sites_may_read(http: TestClient) -> None:
    answer = http.get("/sparql", params={"query": PEOPLE}, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert http.options("/sparql", headers=asked).status_code == 200
    assert http.options("/sparql", headers={**asked, "Access-Control-Request-Method": "PUT"}).status_code == 400


HOSTILE = {
    "all pairs": SLOW,
    "all pairs, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1",
    "many patterns": "ASK { " + "?s ?p ?o . " * 1_400 + "}",
    "nested lists": "ASK { " + "(" * 60 + "1" + ")" * 60 + " ?p ?o }",
    "deep": "ASK " + "{" * 2_300 + "}" * 2_300,
    "not": "ASK { FILTER(" + "!" * 20_000 + "1) }",
    "long": "ASK {} #" + "x" * 60_000,
    "a text without end": 'ASK { ?s ?p """' + '\\"""' * 12_000,
    "a large answer": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "a long text": "SELECT (CONCAT(?a,?a,?a,?a) AS ?b) { { SELECT (CONCAT(?l,?l,?l,?l) AS ?a) { ?x rdfs:label ?l } } ?s ?p ?o }",
    "everything described": "DESCRIBE * { ?s ?p ?o . ?a ?b ?c }",
    "a path over all": "SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d . ?e (!<x:y>)* ?f }",
}  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_query_is_ended_in_time_and_the_next_one_answered(http: TestClient, query: str) -> None:
    begun = time.monotonic()
    answer = http.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert time.monotonic() - begun < 3
    assert answer.status_code in (200, 400, 503), answer.text[:100]
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) > 0
    assert get(http, PEOPLE).status_code == 200


def test_one_slow_query_does_not_hold_up_the_others(http: TestClient) -> None:
    with concurrent.futures.ThreadPoolExecutor() as pool:
        slow = pool.submit(get, http, SLOW)
        time.sleep(0.1)
        begun = time.monotonic()
        assert get(http, PEOPLE).status_code == 200
        assert time.monotonic() - begun < 0.5
        assert slow.result().status_code == 503


def test_too_many_queries_at_once_are_turned_away(http: TestClient) -> None:
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: get(http, SLOW), range(16)))
    assert {answer.status_code for answer in answers} == {429, 503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert any("at once" in answer.text for answer in answers)
    assert get(http, PEOPLE).status_code == 200


def test_a_worker_that_dies_is_replaced(small_graph: Path) -> None:
    async def run() -> tuple[Reply, Reply]:
        pool = Pool(small_graph, QUICK)
        job: dict[str, Any] = {
            "task": "query",
            "query": PEOPLE,
            "format": "csv",
            "accept": "",
            "base": None,
            "default": [],
            "named": [],
        }
        await pool.refresh()
        first = await pool.answer(job)
        await asyncio.sleep(0.2)  # the next worker is being forked
        dead = [worker.number for worker in pool._idle["ad-hoc"]]
        for number in dead:
            pool._parent._say(do="kill", worker=number)
        await asyncio.sleep(0.2)
        second = await pool.answer(job)
        await pool.close()
        assert dead
        return first, second

    first, second = asyncio.run(run())
    assert first == second
    assert first.status == 200


def test_the_parent_of_the_workers_is_replaced_too(small_graph: Path) -> None:
    with TestClient(make_app(small_graph)) as http:
        assert get(http, PEOPLE).status_code == 200
        process = http.app.state.pool._parent._process  # type: ignore[attr-defined]
        process.kill()
        process.wait()
        assert get(http, PEOPLE + " LIMIT 1").status_code == 200


def test_a_worker_may_use_only_so_much_memory(small_graph: Path) -> None:
    bounds = Settings(query_seconds=20)
    longer = " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 16)}) AS ?x{n + 1})" for n in range(8))
    text = f"SELECT (STRLEN(?x8) AS ?n) {{ BIND('0123456789abcdef' AS ?x0) {longer} }}"
    with TestClient(make_app(small_graph, bounds)) as http:
        answer = get(http, text)
        assert (answer.status_code, "memory" in answer.text) == (503, True)
        answer = get(http, PEOPLE)
        assert answer.status_code == 200, answer.text


def test_after_a_new_build_the_new_graph_answers(small_graph: Path, tmp_path: Path) -> None:
    graph = shutil.copytree(small_graph, tmp_path / "graph")
    extractions, resolution = log.load(graph / "records.db")
    with TestClient(make_app(graph)) as http:
        assert len(get(http, PEOPLE).json()["results"]["bindings"]) == 2
        write_graph(graph, quads=list(rdf.quads(extractions, resolution))[:5], records=[])
        assert get(http, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split() == ["n", "5"]
        shutil.rmtree(graph)
        assert get(http, PEOPLE).status_code == 500


def test_what_is_no_graph_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        make_app(tmp_path)


def test_serving_does_not_load_what_only_building_needs() -> None:
    code = "import sys, kg.server, kg.server.worker, kg.server.tables; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "rdflib", "pyshacl", "pandas"} & set(eval(done.stdout))  # noqa: S307 - a list of names


def test_negotiation_chooses_languages_too() -> None:
    assert negotiation.language("", ["vi", "en"]) == "vi"
    assert negotiation.language("en-GB,en;q=0.9", ["vi", "en"]) == "en"
    assert negotiation.language("fr, *;q=0.1", ["vi", "en"]) == "vi"
