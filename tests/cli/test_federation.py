"""`kg query --allow-service` asks the endpoints that it names, here our own, and no other; the endpoint asks nobody."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from kg import sparql
from kg.server import make_app

ELSEWHERE = "http://127.0.0.1:9/sparql"


@pytest.fixture(scope="module")
def endpoint(small_graph: Path) -> Iterator[str]:
    """The address of `kg serve` over the small graph."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(make_app(small_graph), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        server.should_exit = True
        thread.join()


def query(graph: Path, text: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "query", str(graph), text, "--format", "csv", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_named_endpoint_is_asked_and_its_answer_is_joined(small_graph: Path, endpoint: str) -> None:
    text = (
        "SELECT ?name ?item { ?x a nk:State ; skos:exactMatch|schema:sameAs ?item . "
        f"SERVICE <{endpoint}> {{ ?y skos:exactMatch|schema:sameAs ?item ; rdfs:label ?name FILTER(LANG(?name) = 'en') }} }}"
    )
    done = query(small_graph, text, "--allow-service", endpoint)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["name,item", "Japan,http://www.wikidata.org/entity/Q17"]


@pytest.mark.parametrize("allowed", [[], ["--allow-service", ELSEWHERE]])
def test_no_other_endpoint_is_asked(small_graph: Path, endpoint: str, allowed: list[str]) -> None:
    done = query(small_graph, f"SELECT * {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} }}", *allowed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "SERVICE is not accepted" in done.stderr


def test_reasons_end_at_the_border_of_the_graph(small_graph: Path, endpoint: str) -> None:
    done = query(small_graph, "SELECT * { ?s a nk:State }", "--allow-service", endpoint, "--why")
    assert done.returncode == 2
    assert "--why" in done.stderr


def test_an_endpoint_that_does_not_answer_is_told(small_graph: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    text = f"SELECT * {{ SERVICE <{nobody}> {{ ?s ?p ?o }} }}"
    done = query(small_graph, text, "--allow-service", nobody)
    assert done.returncode == 3
    assert f"no answer from {nobody}" in done.stderr
    silent = query(small_graph, text.replace("SERVICE", "service Silent"), "--allow-service", nobody)
    assert silent.returncode == 0, silent.stderr


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x:sparql { ?s ?p ?o } }",
        "BASE <http://127.0.0.1:9/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
        f"SELECT * {{ SERVICE <{ELSEWHERE}> {{ SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ SERVICE <{ELSEWHERE}/> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ FILTER(trueSERVICE<{ELSEWHERE}>) }}",
        f"SELECT * {{ SERVICE <{ELSEWHERE}> ?g {{ ?s ?p ?o }} }}",
        "SELECT * { SERVICE",
    ],
)
def test_only_the_address_itself_is_allowed_letter_by_letter(text: str) -> None:
    with pytest.raises(sparql.QueryForbidden):
        sparql.check(text, services=[ELSEWHERE])


def test_two_services_may_be_asked() -> None:
    both = [ELSEWHERE, "http://127.0.0.1:8/sparql"]
    text = " ".join(f"SERVICE <{address}> {{ ?s ?p ?o }}" for address in both)
    assert sparql.check(f"SELECT * {{ {text} }}", services=both).kind == "SELECT"
