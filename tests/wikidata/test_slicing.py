"""An endpoint is asked politely, page by page, and what it says becomes items."""

from __future__ import annotations

import email.utils
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.wikidata import making
from kg.wikidata.endpoint import Endpoint
from kg.wikidata.errors import SourceError
from kg.wikidata.pack import Pack

ME = "me@example.org"
DATA = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> . @prefix wikibase: <http://wikiba.se/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .
wd:Q7001 wdt:P279 wd:Q7002 . wd:Q7002 wdt:P279 wd:Q486972 , wd:Q7003 . wd:Q7003 wdt:P279 wd:Q7001 .
wd:Q10 wdt:P31 wd:Q5 ; rdfs:label "Ada Moreau"@mul , "Ada Moreau"@fr ; schema:description "painter"@en ;
  wdt:P569 "1901-05-04T00:00:00Z"^^xsd:dateTime ; wdt:P570 "1960-01-01T00:00:00Z"^^xsd:dateTime ; wdt:P27 wd:Q14 .
wd:Q11 wdt:P31 wd:Q7001 ; rdfs:label "Lower Wick"@en , "Bấc Hạ"@vi , "Unter-Wick"@de ; skos:altLabel "Wick"@en ;
  wdt:P17 wd:Q14 ; wdt:P131 wd:Q15 ; wdt:P625 "Point(-3.25 10.5)"^^geo:wktLiteral ; wikibase:sitelinks 12 .
wd:Q12 wdt:P31 wd:Q13442814 ; rdfs:label "A study of wicks"@en .
wd:Q13 wdt:P31 wd:Q7001 ; rdfs:label "Oberwick"@de .
wd:Q14 wdt:P31 wd:Q6256 ; rdfs:label "Sarmania \\"Old\\" } # '"@en ;
  wdt:P625 "<http://www.wikidata.org/entity/Q405> Point(1 2)"^^geo:wktLiteral .
wd:Q16 wdt:P31 wd:Q6256 .
"""


@dataclass
class Stub:
    """An endpoint over a small store; before it answers it plays what is in `plays`, one after the other."""

    url: str
    queries: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    plays: list[Callable[[Any], None]] = field(default_factory=list)


@pytest.fixture
def stub() -> Iterator[Stub]:
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.agents.add(self.headers["User-Agent"])
            found.times.append(time.monotonic())
            if found.plays:
                found.plays.pop(0)(self)
                return
            query = parse_qs(body.decode())["query"][0]
            found.queries.append(query)
            results = store.query(query)
            assert isinstance(results, ox.QuerySolutions)
            answer(self, 200, results.serialize(format=ox.QueryResultsFormat.JSON) or b"")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Stub(f"http://127.0.0.1:{server.server_port}/sparql")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield found
        server.shutdown()
        thread.join()


def answer(handler: Any, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited for; no test waits."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def sliced(stub: Stub, output: Path, **options: Any) -> dict[str, Any]:
    making.from_endpoint(Endpoint(stub.url, ME, pause=0), output, **options)
    with Pack.open(output) as pack:
        pack.verify()
        return {item.qid: item for item in pack.items()}


@pytest.mark.parametrize("page", [1, 2, 200])
def test_items_come_whole_whatever_the_page(stub: Stub, tmp_path: Path, page: int) -> None:
    found = sliced(stub, tmp_path / "made.kgp", page=page)
    assert [*found] == ["Q10", "Q11", "Q14"]
    person, town, state = found.values()
    assert (person.classes, person.labels, person.countries) == (("Person",), (("mul", "Ada Moreau"),), ("Q14",))
    assert person.dates == (("born", "1901-05-04"), ("died", "1960"))
    assert (town.classes, town.sitelinks, town.coordinates) == (("City",), 12, (10.5, -3.25))
    assert (town.labels, town.aliases) == ((("en", "Lower Wick"), ("vi", "Bấc Hạ")), (("en", "Wick"),))
    assert (town.located_in, town.sources) == (("Q15",), ("127.0.0.1",))
    assert (state.coordinates, state.labels) == (None, (("en", 'Sarmania "Old" } # \''),))


def test_pages_give_the_same_bytes(stub: Stub, tmp_path: Path) -> None:
    for page in (1, 100):
        sliced(stub, tmp_path / f"{page}.kgp", page=page)
    assert (tmp_path / "1.kgp").read_bytes() == (tmp_path / "100.kgp").read_bytes()


def test_types_and_languages_choose(stub: Stub, tmp_path: Path) -> None:
    assert [*sliced(stub, tmp_path / "made.kgp", types=["person"])] == ["Q10"]
    assert [*sliced(stub, tmp_path / "made.kgp", languages=["de"], types=["place"])] == ["Q11", "Q13"]


def test_who_asks_is_told(stub: Stub, tmp_path: Path) -> None:
    sliced(stub, tmp_path / "made.kgp")
    [agent] = stub.agents
    assert agent.startswith("newskg/")
    assert ME in agent


@pytest.mark.parametrize("contact", ["", "somebody", "a@b.org\r\nX: y", "tôi@example.org", "a@b.org)"])
def test_nobody_asks_without_saying_who(stub: Stub, contact: str) -> None:
    with pytest.raises(UsageError, match="--contact"):
        Endpoint(stub.url, contact)
    assert stub.times == []


@pytest.mark.parametrize("url", ["", "wd.sparql", "file:///etc/passwd", "http://me:secret@host/", "http://ho st/"])
def test_what_is_no_endpoint_is_not_asked(url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        Endpoint(url, ME)


def test_it_waits_as_long_as_it_is_asked_to(stub: Stub, tmp_path: Path, waited: list[float]) -> None:
    later = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    stub.plays += [
        lambda handler: answer(handler, 429, Retry_After="7"),
        lambda handler: answer(handler, 503, Retry_After=later),
        lambda handler: answer(handler, 500),
    ]
    assert len(sliced(stub, tmp_path / "made.kgp")) == 3
    assert waited[0] == 7
    assert 80 < waited[1] <= 90
    assert waited[2] == 8


def test_questions_have_a_pause_between_them(stub: Stub, waited: list[float]) -> None:
    endpoint = Endpoint(stub.url, ME, pause=5)
    for _ in range(3):
        endpoint.select("SELECT * { ?s ?p ?o } LIMIT 1")
    assert len(waited) == 2
    assert all(4 < seconds <= 5 for seconds in waited)


@pytest.mark.parametrize(
    ("play", "message"),
    [
        (lambda handler: answer(handler, 502), "status 502, 5 times"),
        (lambda handler: answer(handler, 200, b"<html>busy</html>"), "no result of a SPARQL query"),
        (
            lambda handler: answer(handler, 200, b'{"results":{"bindings":[{"id":"Q1"}]}}'),
            "no result of a SPARQL query",
        ),
        (lambda handler: answer(handler, 200, b"[" * 100_000), "no result of a SPARQL query"),
        (lambda handler: handler.connection.close(), "cannot be reached"),
        (lambda handler: answer(handler, 200, b"{}", Content_Length="999"), "lacks"),
    ],
)
def test_an_endpoint_that_stays_broken_is_given_up(
    stub: Stub, tmp_path: Path, play: Callable[[Any], None], message: str
) -> None:
    stub.plays += [play] * 5
    with pytest.raises(SourceError, match=message):
        sliced(stub, tmp_path / "made.kgp")
    assert len(stub.times) == 5
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("play", "message"),
    [
        (lambda handler: answer(handler, 400, b"no such prefix\nmore"), "400: 'no such prefix'"),
        (lambda handler: answer(handler, 302, Location="http://127.0.0.1:1/"), "302"),
        (lambda handler: answer(handler, 429, Retry_After="86400"), "come back after 86400"),
    ],
)
def test_what_will_not_be_better_is_not_asked_again(
    stub: Stub, tmp_path: Path, play: Callable[[Any], None], message: str
) -> None:
    stub.plays += [play] * 5
    with pytest.raises(SourceError, match=message):
        sliced(stub, tmp_path / "made.kgp")
    assert len(stub.times) == 1


def test_an_answer_without_end_is_cut(stub: Stub) -> None:
    stub.plays.append(lambda handler: answer(handler, 200, json.dumps({"results": "x" * 10_000}).encode()))
    with pytest.raises(SourceError, match="more than 1,000 bytes"):
        Endpoint(stub.url, ME, pause=0, most_bytes=1000).select("SELECT * {}")
