"""Who has the token changes the graph; others cannot; and what is sent can do no harm."""

from __future__ import annotations

import contextlib
import http.client as http_client
import http.server as http_server
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.server.access import read_token
from tests.serving import AUTHORIZED, FORM, TOKEN, Answer, Served, port, serving

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TURTLE = {"Content-Type": "text/turtle"}
ELSEWHERE = {"Origin": "https://elsewhere.example"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(
        tmp_path_factory.mktemp("changing") / "graph", KG_CHANGE_SECONDS="4", KG_GRAPH_BYTES="4000000"
    ) as http:
        yield http


@pytest.fixture
def http(served: Served) -> Served:
    assert served.update("DROP ALL").status == 204
    return served


def number(http: Served) -> int:
    return int(http.query(COUNT, "text/csv").text.split()[1])


def test_what_was_acknowledged_is_seen_by_the_next_query(http: Served) -> None:
    ending = threading.Event()

    def keep_busy() -> None:
        while not ending.is_set():
            http.query("ASK {}")

    others = [threading.Thread(target=keep_busy) for _ in range(2)]
    for other in others:
        other.start()
    try:
        for n in range(20):
            assert http.update(f"INSERT DATA {{ <x:s> <x:p> {n} }}").status == 204
            assert number(http) == n + 1
    finally:
        ending.set()
        for other in others:
            other.join()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer"},
        {"Authorization": TOKEN},
        {"Cookie": f"token={TOKEN}; Authorization=Bearer {TOKEN}"},
        {"X-Authorization": f"Bearer {TOKEN}"},
    ],
)
def test_without_the_token_nothing_is_changed(http: Served, headers: dict[str, str]) -> None:
    asked: list[Answer] = [
        http.request("POST", "/sparql", {"Content-Type": FORM, **headers}, "update=CLEAR+ALL"),
        http.request("POST", "/sparql", {"Content-Type": "application/sparql-update", **headers}, "CLEAR ALL"),
        http.request("PUT", "/graph-store?default", {**TURTLE, **headers}, "<x:a> <x:b> 1 ."),
        http.request("POST", "/graph-store", {**TURTLE, **headers}, "<x:a> <x:b> 1 ."),
        http.request("DELETE", "/graph-store?graph=x:g", headers),
        http.request("PATCH", "/graph-store?graph=x:g", {**TURTLE, **headers}, ""),
    ]
    assert {answer.status for answer in asked} == {401}
    assert {answer.headers["www-authenticate"] for answer in asked} == {'Bearer realm="kg"'}
    assert not any(TOKEN in answer.text for answer in asked)
    assert number(http) == 0


def test_a_graph_may_come_slowly(tmp_path: Path) -> None:
    with serving(tmp_path / "graph", KG_REQUEST_SECONDS="0.5", KG_UPLOAD_SECONDS="3") as http:

        def sent(path: str, body: bytes, pause: float) -> int:
            connection = http_client.HTTPConnection("127.0.0.1", http.port, timeout=20)
            connection.putrequest("PUT" if "store" in path else "POST", path)
            media = "text/turtle" if "store" in path else "application/sparql-update"
            for name, value in {**AUTHORIZED, "Content-Type": media, "Content-Length": str(len(body))}.items():
                connection.putheader(name, value)
            connection.endheaders(body[:5])
            time.sleep(pause)
            with contextlib.suppress(OSError):
                connection.send(body[5:])
            with contextlib.closing(connection):
                return connection.getresponse().status

        assert sent("/graph-store?graph=x:g", b"<x:a> <x:b> 1 .", 1.5) == 201
        assert sent("/graph-store?graph=x:g", b"<x:a> <x:b> 1 .", 5) == 408
        assert sent("/sparql", b"INSERT DATA {}", 1.5) == 408


def test_a_server_without_a_token_is_read_only(small_graph: Path) -> None:
    with serving(small_graph, token=None) as http:
        before = number(http)
        assert http.update("CLEAR ALL").status == 403
        assert http.put("x:g", "<x:a> <x:b> 1 .").status == 403
        assert "read-only" in http.update("CLEAR ALL").text
        assert number(http) == before


def test_pages_of_other_sites_may_read_and_not_write(http: Served) -> None:
    read = http.request("GET", "/sparql?query=ASK%20%7B%7D", ELSEWHERE)
    assert read.headers["access-control-allow-origin"] == "*"
    writes = [
        http.request("POST", "/sparql", {"Content-Type": FORM, **AUTHORIZED, **ELSEWHERE}, "update=CLEAR+ALL"),
        http.request("POST", "/sparql", {"Content-Type": FORM, **ELSEWHERE}, "update=CLEAR+ALL"),
        http.request("PUT", "/graph-store?default", {**TURTLE, **AUTHORIZED, **ELSEWHERE}, ""),
    ]
    assert not any("access-control-allow-origin" in answer.headers for answer in writes)
    for method, more in (("PUT", {}), ("DELETE", {}), ("POST", {"Access-Control-Request-Headers": "authorization"})):
        asked = {**ELSEWHERE, "Access-Control-Request-Method": method, **more}
        assert http.request("OPTIONS", "/graph-store", asked).status == 400
    asked = {**ELSEWHERE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert http.request("OPTIONS", "/sparql", asked).status == 200


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ("INSERT DATA {", 400),
        ("CREATE GRAPH <x:g> ; CREATE GRAPH <x:g>", 409),
        ("DROP GRAPH <x:none>", 409),
        ("DROP SILENT GRAPH <x:none>", 204),
        ("LOAD <http://127.0.0.1:9/x>", 403),
        ("LOAD SILENT <http://127.0.0.1:9/x>", 204),
        ("INSERT { ?a ?b ?c } WHERE { SERVICE <http://127.0.0.1:9/x> { ?a ?b ?c } }", 403),
        ("INSERT DATA { " + "<x:a> <x:b> 1 . " * 20_000 + "}", 204),
        ("INSERT DATA { <x:a> <x:b> '" + "x" * 2_000_000 + "' }", 413),
        ("INSERT DATA " + "{" * 5_000 + "}" * 5_000, 400),
    ],
)
def test_updates_are_answered_by_what_they_ask(http: Served, update: str, status: int) -> None:
    assert http.update(update).status == status


def test_an_update_that_fails_half_way_changes_nothing(http: Served) -> None:
    assert http.update("INSERT DATA { <x:a> <x:b> 1 } ; DROP GRAPH <x:none>").status == 409
    assert number(http) == 0


def test_an_update_may_name_its_graphs_in_the_request(http: Served) -> None:
    http.update("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } GRAPH <x:h> { <x:c> <x:b> 2 } }")
    assert http.update("DELETE WHERE { ?s <x:b> ?o }", **{"using-graph-uri": "x:none"}).status == 204
    assert number(http) == 2
    copied = "INSERT { GRAPH <x:new> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert http.update(copied, **{"using-graph-uri": "x:g"}).status == 204
    assert http.request("GET", "/graph-store?graph=x:new", {"Accept": "application/n-triples"}).text.count("\n") == 1
    assert http.update(f"WITH <x:g> {copied}", **{"using-graph-uri": "x:g"}).status == 400
    assert http.update(copied, **{"using-graph-uri": "no iri"}).status == 400
    assert http.update(copied, query="ASK {}").status == 400
    assert http.update(copied, **{"default-graph-uri": "x:g"}).status == 400


def test_an_update_that_takes_too_long_is_given_up_and_the_next_one_done(http: Served) -> None:
    http.update("INSERT DATA { " + " ".join(f"<x:{n}> <x:p> {n} ." for n in range(300)) + " }")
    begun = time.monotonic()
    slow = "INSERT { <x:a> <x:n> ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"
    answers: list[int] = []
    hurried = threading.Thread(target=lambda: answers.append(http.put("x:g", "<x:a> <x:b> 1 .").status))
    asking = threading.Thread(target=lambda: answers.append(http.update(slow).status))
    asking.start()
    time.sleep(0.5)
    hurried.start()  # waits behind the slow one, and survives the death of the writer
    asking.join()
    hurried.join()
    assert time.monotonic() - begun < 15
    assert answers == [503, 201]
    assert number(http) == 301


def test_graphs_are_put_added_to_read_and_removed(http: Served) -> None:
    assert http.put("x:g", "<x:a> <x:b> 1 .").status == 201
    added = http.request("POST", "/graph-store?graph=x:g", {**TURTLE, **AUTHORIZED}, "<x:a> <x:b> 2 .")
    assert added.status == 204
    for media in ("text/turtle", "application/trig", "application/n-triples", "application/n-quads"):
        answer = http.request("GET", "/graph-store?graph=x:g", {"Accept": media})
        assert (answer.status, answer.media) == (200, media)
    whole = http.request("GET", "/graph-store", {"Accept": "application/n-quads"})
    assert min(whole.text.splitlines()).endswith("<x:g> .")
    assert http.request("GET", "/graph-store", {"Accept": "text/turtle"}).status == 406
    assert http.put("x:g", "<x:a> <x:b> 3 .").status == 204
    assert number(http) == 1
    assert http.request("DELETE", "/graph-store?graph=x:g", AUTHORIZED).status == 204
    assert http.request("DELETE", "/graph-store?graph=x:g", AUTHORIZED).status == 404
    assert http.request("HEAD", "/graph-store?graph=x:g").status == 404


@pytest.mark.parametrize(
    ("method", "path", "media", "body", "status"),
    [
        ("PUT", "?graph=relative", "text/turtle", "", 400),
        ("PUT", "?graph=x:a&graph=x:b", "text/turtle", "", 400),
        ("PUT", "?default&graph=x:b", "text/turtle", "", 400),
        ("PUT", "", "text/turtle", "", 400),
        ("PUT", "?other=1", "text/turtle", "", 400),
        ("PUT", "?graph=x:g", "text/plain", "", 415),
        ("PUT", "?graph=x:g", "application/n-quads", "", 415),
        ("PUT", "?graph=x:g", "text/turtle; charset=utf-16", "", 415),
        ("PUT", "?graph=x:g", "text/turtle", "<x:a> <x:b>", 400),
        ("PUT", "?graph=x:g", "text/turtle", b"<x:a> <x:b> '\xff' .", 400),
        ("PUT", "?graph=x:g", "application/ld+json", '{"@id": "x:a", "@graph": [{"@id": "x:b", "x:p": 1}]}', 400),
        ("PUT", "?graph=x:g", "application/ld+json", '{"@context": "http://127.0.0.1:9/", "@id": "x:a"}', 400),
        ("PUT", "?graph=x:g", "multipart/form-data; boundary=b", "--b--", 400),
        ("PUT", "?graph=x:g", "text/turtle", "#" * 4_000_001, 413),
        ("PATCH", "?graph=x:g", "application/sparql-update", "CLEAR ALL", 405),
    ],
)  # fmt: skip
def test_what_is_no_graph_is_refused(
    http: Served, method: str, path: str, media: str, body: str | bytes, status: int
) -> None:
    answer = http.request(method, f"/graph-store{path}", {"Content-Type": media, **AUTHORIZED}, body)
    assert answer.status == status, answer.text
    assert answer.text
    assert number(http) == 0


def lines(count: int) -> str:
    """So many triples as N-Triples; 20,000 are more than what is loaded bit by bit."""
    return "".join(f'<x:subject{n}> <x:predicate> "the words of sentence {n}" .\n' for n in range(count))


N_TRIPLES = "application/n-triples"
MANY = 20_000
BROKEN = {
    "syntax": ("<x:a> <x:b> <x:c>\n", "cannot be read"),
    "an IRI that is none": ("<x:a> <x:b> <x y> .\n", "cannot be read"),
    "a graph of its own": ("<x:a> <x:b> <x:c> <x:d> .\n", "cannot be read"),
}


def test_large_n_triples_are_loaded_as_they_are(http: Served) -> None:
    assert http.put("x:g", lines(MANY), N_TRIPLES).status == 201
    assert number(http) == MANY
    assert (
        http.request(
            "POST", "/graph-store?graph=x:g", {"Content-Type": N_TRIPLES, **AUTHORIZED}, lines(MANY + 7)
        ).status
        == 204
    )
    assert number(http) == MANY + 7
    assert http.put("x:g", lines(MANY - 7), N_TRIPLES).status == 204
    assert number(http) == MANY - 7


def test_nodes_without_a_name_stay_apart_however_large_the_document_is(http: Served) -> None:
    document = "_:b <x:p> <x:o> .\n" + lines(MANY)
    for graph in ("x:g", "x:h"):
        assert http.put(graph, document, N_TRIPLES).status == 201
    assert "2" in http.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <x:p> <x:o> }", "text/csv").text.split()


@pytest.mark.parametrize(("line", "why"), BROKEN.values(), ids=BROKEN.keys())
def test_a_large_document_that_is_broken_at_its_end_changes_nothing(http: Served, line: str, why: str) -> None:
    assert http.put("x:g", "<x:kept> <x:b> 1 .").status == 201
    ending = threading.Event()
    acknowledged = 0

    def change() -> None:
        nonlocal acknowledged
        while not ending.is_set():
            assert http.update(f"INSERT DATA {{ <x:s> <x:p> {acknowledged} }}").status == 204
            acknowledged += 1

    other = threading.Thread(target=change)
    other.start()
    try:
        for _ in range(3):
            answer = http.put("x:g", (lines(MANY) + line).encode(errors="surrogatepass"), N_TRIPLES)
            assert (answer.status, why in answer.text) == (400, True), answer.text
    finally:
        ending.set()
        other.join()
    assert acknowledged > 0
    assert number(http) == acknowledged + 1
    assert "x:kept" in http.request("GET", "/graph-store?graph=x:g").text
    assert http.put("x:g", lines(MANY), N_TRIPLES).status == 204
    assert number(http) == acknowledged + MANY


NESTED = 100_000
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
SPACES = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:"'
ABOUT = '<rdf:Description rdf:about="x:a">'
ENTITY = "file:///etc/passwd"
HOSTILE = {
    "nested triple terms, N-Triples": ("application/n-triples", "<<( <x:a> <x:b> " * NESTED + "<x:c> " + ")>> " * NESTED),
    "nested triple terms, Turtle": ("text/turtle", "<x:a> <x:b> " + "<<( <x:a> <x:b> " * NESTED + "1" + " )>>" * NESTED + " ."),
    "nested collections": ("text/turtle", "<x:a> <x:b> " + "(" * NESTED + ")" * NESTED + " ."),
    "nested blank nodes": ("text/turtle", "<x:a> <x:b> " + "[ <x:p> " * NESTED + "1" + " ]" * NESTED + " ."),
    "nested JSON": ("application/ld+json", '{"x:p": ' * NESTED + "1" + "}" * NESTED),
    "nested XML": (
        "application/rdf+xml",
        f"<rdf:RDF {SPACES}>"
        + "<rdf:Description><x:p>" * 20_000 + "</x:p></rdf:Description>" * 20_000 + "</rdf:RDF>",
    ),
    "billion laughs": (
        "application/rdf+xml",
        f'<!DOCTYPE r [<!ENTITY l0 "laugh">{LAUGHS}]><rdf:RDF {SPACES}>{ABOUT}<x:p>&l11;</x:p></rdf:Description></rdf:RDF>',
    ),
    "a file as entity": (
        "application/rdf+xml",
        f'<!DOCTYPE r [<!ENTITY f SYSTEM "{ENTITY}">]><rdf:RDF {SPACES}>{ABOUT}<x:p>&f;</x:p></rdf:Description></rdf:RDF>',
    ),
    "nested forms": ("multipart/form-data; boundary=b", "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 5_000),
    "long prefixes": (
        "text/turtle",
        f"@prefix p: <x:{'y' * 10_000}> . <x:a> <x:b> " + " , ".join(f"p:{n}" for n in range(100_000)) + " .",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("media", "body"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_harms_nobody(http: Served, media: str, body: str) -> None:
    process = http.process.pid
    begun = time.monotonic()
    answer = http.put("x:g", body, media)
    assert time.monotonic() - begun < 12
    assert answer.status in (201, 400, 413, 503), answer.text
    assert "root:" not in http.request("GET", "/graph-store?graph=x:g").text
    assert http.process.poll() is None
    assert http.process.pid == process
    assert http.put("x:after", "<x:a> <x:b> 1 .").status == 201


SPELLINGS = [
    "LOAD <{}>",
    "load<{}>",
    "LOAD SILENT <{}> INTO GRAPH <x:g>",
    "LOAD#c\n<{}>",
    "PREFIX p: <{}> LOAD p:",
    "PREFIX p: <{}> INSERT DATA {{}} ; LOADp:",
    "PREFIX LOADer: <{}> LOADer:",
    "INSERT DATA {{}} ; LOAD <{}> ; INSERT DATA {{}}",
    "INSERT {{ ?a ?b ?c }} WHERE {{ SERVICE <{}> {{ ?a ?b ?c }} }}",
    "INSERT {{ ?a ?b ?c }} WHERE {{ SERVICE SILENT <{}> {{ ?a ?b ?c }} }}",
    "INSERT {{ ?a ?b ?c }} WHERE {{ FILTER EXISTS {{ sErViCe#c\n<{}> {{ ?a ?b ?c }} }} }}",
    "PREFIX p: <{}> INSERT {{ ?a ?b ?c }} WHERE {{ SERVICEp: {{ ?a ?b ?c }} }}",
    "INSERT {{ ?a ?b ?c }} WHERE {{ VALUES ?e {{ <{}> }} SERVICE ?e {{ ?a ?b ?c }} }}",
    "INSERT {{ ?a ?b ?c }} USING <{}> WHERE {{ ?a ?b ?c }}",
]


def test_no_update_reaches_the_network(http: Served) -> None:
    heard: list[str] = []

    class Canary(http_server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 - the library's name

    with http_server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as canary:
        threading.Thread(target=canary.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{canary.server_port}/x"
        for spelling in SPELLINGS:
            assert http.update(spelling.format(address)).status in (204, 400, 403), spelling
        for media, body in (
            ("application/ld+json", f'{{"@context": "{address}", "@id": "x:a"}}'),
            ("application/rdf+xml", f'<!DOCTYPE r SYSTEM "{address}"><r/>'),
        ):
            http.put("x:g", body, media)
        canary.shutdown()
    assert heard == []
    assert number(http) == 0


def test_the_token_stands_in_no_process_and_no_log(http: Served) -> None:
    children = Path(f"/proc/{http.process.pid}/task/{http.process.pid}/children").read_text(encoding="ascii").split()
    assert children
    for pid in children:
        for name in ("cmdline", "environ"):
            assert TOKEN.encode() not in Path(f"/proc/{pid}/{name}").read_bytes()
    assert TOKEN.encode() not in Path(f"/proc/{http.process.pid}/cmdline").read_bytes()


def test_only_one_server_writes_a_graph(http: Served) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "kg", "serve", str(http.graph), "--port", "0"],
        env={"PATH": "", "KG_TOKEN": TOKEN, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 4
    assert "Traceback" not in second.stderr
    assert "written by another server" in second.stderr


def test_of_servers_that_start_together_for_a_new_graph_one_writes_it(tmp_path: Path) -> None:
    environment = {"PATH": "", "KG_TOKEN": TOKEN, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "kg", "serve", str(tmp_path / "graph"), "--port", "0", "--create"]
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    with contextlib.ExitStack() as stack:
        processes = []
        for log in logs:
            out = stack.enter_context(log.open("w", encoding="utf-8"))
            processes.append(stack.enter_context(subprocess.Popen(command, env=environment, stderr=out)))
            stack.callback(processes[-1].terminate)
        until = time.monotonic() + 60
        while all(process.poll() is None for process in processes) and time.monotonic() < until:
            time.sleep(0.02)
        (refused, told), (runs, log) = sorted(
            zip(processes, logs, strict=True), key=lambda pair: pair[0].poll() is None
        )
        assert refused.poll() == 4
        assert told.read_text(encoding="utf-8").startswith(f"kg: {tmp_path / 'graph'} is written by another server")
        with contextlib.closing(Served(runs, port(log, runs), tmp_path / "graph")) as http:
            assert http.put("x:g", "<x:a> <x:b> 1 .").status == 201
            assert number(http) == 1


@pytest.mark.parametrize("token", ["", "short", "with a space in between", "x" * 5000, "khoá-bí-mật-của-tôi"])
def test_a_bad_token_is_refused_and_not_told(tmp_path: Path, token: str) -> None:
    file = tmp_path / "token"
    file.write_text(token, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        read_token(file, {})
    assert not token or token not in str(told.value)
    with pytest.raises(UsageError):
        read_token(None, {"KG_TOKEN": token})
    with pytest.raises(UsageError):
        read_token(tmp_path / "none", {})


def test_a_token_is_read_from_a_file_before_the_environment(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    assert read_token(tmp_path / "token", {"KG_TOKEN": "x" * 16}) == TOKEN
    assert read_token(None, {"KG_TOKEN": "x" * 16}) == "x" * 16
    assert read_token(None, {}) is None


def test_the_description_says_whether_it_can_be_written(http: Served, small_graph: Path) -> None:
    assert "SPARQL11Update" in http.request("GET", "/sparql").text
    formats = json.dumps(sorted(re.findall(r"formats:[\w-]+", http.request("GET", "/sparql").text)))
    assert "N-Quads" in formats
    with serving(small_graph, token=None) as other:
        assert "SPARQL11Update" not in other.request("GET", "/sparql").text


def test_sparql_1_2_and_rdf_1_2_go_in_and_come_out(http: Served) -> None:
    assert http.put("x:g", "<x:a> <x:says> <<( <x:b> <x:is> 'ở đây'@vi )>> . <x:a> <x:p> 'x'@ar--rtl .").status == 201
    found = http.query("SELECT ?o (LANGDIR(?l) AS ?d) { <x:a> <x:says> <<( ?s ?p ?o )>> ; <x:p> ?l }", "text/csv")
    assert found.text.split("\r\n")[1] == "ở đây,rtl"
    triples = http.request("GET", "/graph-store?graph=x:g", {"Accept": "application/n-triples"})
    assert "<<( <x:b> <x:is>" in triples.text
    assert http.update("INSERT DATA { <x:c> <x:says> <<( <x:b> <x:is> 1 )>> }").status == 204
