"""Answers are kept while the graph is the same, begin before they end, break where they cannot end, and wait for nobody."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kg import log, rdf
from kg.server import make_app
from kg.server.cache import Cache
from kg.server.replies import Reply
from kg.settings import Settings
from kg.store import write_graph
from tests.server.serving import BROKEN, Serving, serving

PEOPLE = "SELECT ?x { ?x a nk:Person } ORDER BY ?x"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 5000"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUERY = "application/sparql-query"


@pytest.fixture
def http(small_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(small_graph, Settings(query_bytes=1000))) as client:
        yield client


@pytest.fixture(scope="module")
def server(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    path = tmp_path_factory.mktemp("answering") / "log"
    limits = {"query_seconds": 2, "write_seconds": 1, "answer_bytes": 50_000_000, "query_workers": 2}
    with serving(small_graph, path, **limits) as served:
        yield served


def get(http: TestClient, query: str, **headers: str) -> Response:
    return http.get("/sparql", params={"query": query}, headers={n.replace("_", "-"): v for n, v in headers.items()})


def counted(http: TestClient, line: str) -> int:
    lines = dict(text.rsplit(" ", 1) for text in http.get("/metrics").text.splitlines() if text[0] != "#")
    return int(float(lines.get(line, 0)))


def test_an_answer_is_kept_by_query_format_and_dataset(http: TestClient) -> None:
    first = get(http, PEOPLE)
    assert get(http, PEOPLE).content == first.content
    assert counted(http, 'kg_cache_total{found="hit"}') == 1
    others = [
        get(http, PEOPLE, Accept="text/csv"),
        http.get("/sparql", params={"query": PEOPLE, "default-graph-uri": "x:none"}),
        get(http, PEOPLE + " LIMIT 1"),
    ]
    assert len({answer.headers["etag"] for answer in (first, *others)}) == 4
    assert counted(http, 'kg_cache_total{found="hit"}') == 1


def test_who_has_the_answer_is_told_so(http: TestClient) -> None:
    tag = get(http, PEOPLE).headers["etag"]
    again = get(http, PEOPLE, If_None_Match=f'"other", {tag}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(http, PEOPLE, If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize(
    "query", ["SELECT (RAND() AS ?x) {}", "SELECT (now() AS ?x) {}", "SELECT (UUID #(\n () AS ?x) {}"]
)
def test_what_changes_by_itself_is_not_kept(http: TestClient, query: str) -> None:
    first, second = get(http, query), get(http, query)
    assert (first.status_code, "etag" in first.headers) == (200, False)
    assert first.content != second.content or "NOW" in query.upper()


def test_what_is_wrong_is_not_kept(http: TestClient) -> None:
    for _ in range(2):
        answer = get(http, "SELECT * {")
        assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
    assert counted(http, "kg_cache_bytes") == 0


def test_a_new_graph_has_new_answers_and_tags(small_graph: Path, tmp_path: Path) -> None:
    graph = shutil.copytree(small_graph, tmp_path / "graph")
    extractions, resolution = log.load(graph / "records.db")
    with TestClient(make_app(graph)) as http:
        before = get(http, PEOPLE)
        write_graph(graph, quads=list(rdf.quads(extractions, resolution))[:5], records=[])
        after = get(http, PEOPLE, If_None_Match=before.headers["etag"])
        assert after.status_code == 200
        assert after.content != before.content
        assert http.app.state.cache.get(before.headers["etag"]) is not None  # type: ignore[attr-defined]


def test_a_query_may_have_only_so_many_bytes(http: TestClient) -> None:
    assert get(http, "ASK {} #" + "x" * 1000).status_code == 413


def test_the_cache_forgets_what_was_not_asked_for_longest() -> None:
    cache = Cache(8000)
    for name in "abcdefghij":
        cache.put(name, Reply(200, "text/plain", name.encode() * 300))
        assert cache.get("a")
        assert cache.bytes <= 8000
    assert cache.get("b") is None
    assert cache.get("j")
    cache.put("large", Reply(200, "text/plain", b"x" * 1001))
    assert cache.get("large") is None


def test_a_long_answer_begins_before_it_ends(server: Serving) -> None:
    whole = server.query(LONG)
    assert len(json.loads(whole.body)["results"]["bindings"]) == 5_000
    assert whole.headers["transfer-encoding"] == "chunked"
    first, whole_seconds = _first_and_last(server, f"{ENDLESS} LIMIT 50000")
    assert first < whole_seconds / 2


def _first_and_last(server: Serving, query: str) -> tuple[float, float]:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(_request(query))
        connection.recv(1024)
        first = time.monotonic() - begun
        while piece := connection.recv(1 << 20):
            if piece.endswith(b"0\r\n\r\n"):
                break
        return first, time.monotonic() - begun


def _request(query: str, version: str = "1.1") -> bytes:
    head = f"POST /sparql HTTP/{version}\r\nHost: x\r\nContent-Type: {QUERY}\r\nContent-Length: {len(query)}\r\n\r\n"
    return head.encode() + query.encode()


@pytest.mark.parametrize("query", [ENDLESS, "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"])
def test_an_answer_that_cannot_end_breaks_and_is_never_taken_for_whole(server: Serving, query: str) -> None:
    answer = server.query(query)
    assert answer.status == BROKEN
    assert answer.seconds < 4
    came = server.send(_request(query), wait=8)
    assert came.startswith(b"HTTP/1.1 200")
    assert not came.endswith(b"0\r\n\r\n")
    assert server.query(PEOPLE).status == 200
    assert '"broken"' in server.log.read_text(encoding="utf-8")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_clients_without_chunks_get_all_or_a_status(server: Serving) -> None:
    came = server.send(_request(LONG, "1.0"), wait=8)
    head, _, body = came.partition(b"\r\n\r\n")
    assert int(head.lower().partition(b"content-length: ")[2].split()[0]) == len(body) > 100_000
    assert server.send(_request(ENDLESS, "1.0"), wait=8).split()[1] in (b"400", b"503")


def test_what_takes_too_long_before_its_first_byte_is_503(server: Serving) -> None:
    answer = server.query(SLOW)
    assert (answer.status, int(answer.headers["retry-after"])) == (503, 1)
    assert 1.8 < answer.seconds < 4


def test_a_client_that_reads_slowly_loses_its_worker(server: Serving) -> None:
    _becomes(server, _INSIDE, 0)
    before = _metric(server, _WRITE)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(_request(ENDLESS))
        connection.recv(100)
        _becomes(server, _INSIDE, 1)
        _becomes(server, _INSIDE, 0)
        _becomes(server, _WRITE, before + 1)


def test_a_client_that_goes_frees_its_worker(server: Serving) -> None:
    _becomes(server, _INSIDE, 0)
    before = _metric(server, _GONE)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(_request(SLOW))
        _becomes(server, _INSIDE, 1)
    _becomes(server, _INSIDE, 0)
    _becomes(server, _GONE, before + 1)


def test_a_client_that_goes_in_the_middle_frees_its_worker(server: Serving) -> None:
    _becomes(server, _INSIDE, 0)
    before = _metric(server, _GONE)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(_request("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(RAND() < 0.1) }"))
        connection.recv(100)
    _becomes(server, _INSIDE, 0)
    _becomes(server, _GONE, before + 1)


def test_one_client_leaves_room_for_others(server: Serving) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(4)]
    try:
        for connection in slow:
            connection.sendall(_request(SLOW))
        time.sleep(0.3)  # they shall be at work
        other = server.query(PEOPLE, client="127.0.0.9")
        assert (other.status, other.seconds < 1.8) == (200, True)  # before the slow ones reach their deadline
    finally:
        for connection in slow:
            connection.close()
        _becomes(server, _INSIDE, 0)


_INSIDE = 'kg_lane_inside{lane="ad-hoc"}'
_GONE = 'kg_refusals_total{why="gone"}'
_WRITE = 'kg_refusals_total{why="write"}'


def _becomes(server: Serving, name: str, value: float) -> None:
    """Wait until a metric is `value`; ten seconds, on a machine that has other work."""
    ends = time.monotonic() + 10
    while _metric(server, name) != value and time.monotonic() < ends:
        time.sleep(0.02)
    assert _metric(server, name) == value


def _metric(server: Serving, name: str) -> float:
    lines = server.ask("GET", "/metrics").text.splitlines()
    return float(next((line.rsplit(" ", 1)[1] for line in lines if line.startswith(name + " ")), 0))


def test_the_log_has_a_line_for_each_request_and_no_query(small_graph: Path, tmp_path: Path) -> None:
    secret = {"Authorization": "Bearer geheim", "Cookie": "a=geheim"}
    with serving(small_graph, tmp_path / "log") as server:
        server.ask("GET", "/sparql?query=ASK%20%7B%20%22kennwort%22%20%3Fp%20%3Fo%7D", None, secret)
        server.ask("GET", "/healthz")
        server.ask("GET", "/healthz")  # by then the line of the one before is written
    written = (tmp_path / "log").read_text(encoding="utf-8")
    first, second, *_ = [json.loads(line) for line in written.splitlines() if "sparql" in line or "healthz" in line]
    assert (first["path"], first["status"], first["client"]) == ("/sparql", 200, "127.0.0.1")
    assert second["path"] == "/healthz"
    assert first["asked"]
    assert "kennwort" not in written
    assert "geheim" not in written


def test_a_server_that_is_stopped_finishes_its_answers(small_graph: Path, tmp_path: Path) -> None:
    with serving(small_graph, tmp_path / "log", query_seconds=1.5, stop_seconds=5) as server:
        workers = server.processes()
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(_request(SLOW))
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            came = connection.recv(1 << 16)
        assert came.startswith(b"HTTP/1.1 503")
        assert server.process.wait(timeout=10) in (0, -signal.SIGTERM)
        time.sleep(0.2)
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_health_is_told(http: TestClient, small_graph: Path, tmp_path: Path) -> None:
    assert http.get("/healthz").text == "ok"
    assert http.get("/readyz").json()["ready"] is True
    text = http.get("/metrics").text
    assert "# TYPE kg_request_seconds histogram" in text
    assert 'kg_request_seconds_count{route="readyz"} 1' in text
    graph = shutil.copytree(small_graph, tmp_path / "graph")
    with TestClient(make_app(graph)) as other:
        shutil.rmtree(graph)
        gone = other.get("/readyz")
        assert (gone.status_code, gone.json()["ready"]) == (503, False)
        assert other.get("/healthz").status_code == 200


def test_the_log_may_have_the_queries(small_graph: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "kg.server.requests"), TestClient(make_app(small_graph, log_queries=True)) as http:
        get(http, PEOPLE)
        http.post("/sparql", content=PEOPLE, headers={"Content-Type": QUERY})
    values: list[dict[str, Any]] = [record.values for record in caplog.records if hasattr(record, "values")]
    assert [value["query"] for value in values] == [PEOPLE, PEOPLE]
