"""Measure the endpoint beside the engine in process and beside other servers, and under hostile queries.

`make bench`, or `python -m benchmarks.endpoint --peers FOLDER`, where FOLDER is the `bin` of a virtual environment that
has `oxigraph`, `rdflib-endpoint` and `oxrdflib`; without it there are no peers to compare with. The graph is that of
`benchmarks.news`. All take turns query by query, so that a machine that is busy for a while is so for all of them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pyoxigraph as ox

from benchmarks.news import quads
from kg import folder, sparql, store
from kg.rdf import iris
from tests.pushing.engines import free_ports
from tests.server import hostile
from tests.server.serving import serving

HERE = "127.0.0.1"
ORDINARY, HOSTILE = "127.0.0.2", "127.0.0.3"
ROWS = 100_000
LONG = f"SELECT ?s ?l WHERE {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }} LIMIT {ROWS}"
POINT = "SELECT ?l WHERE {{ <{iri}> <http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
RATE = 40
SPARE = 0.25
BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d }",
    "ASK { " + "?s ?p ?o . " * 400 + "}",
    "SELECT DISTINCT ?a ?f { ?a ?b ?c . ?d ?e ?f }",
    "ASK { " + "{" * 2_000 + "}" * 2_000 + " }",
    "DESCRIBE * { ?s ?p ?o . ?a ?b ?c }",
)
_RDFLIB = """
import sys, pyoxigraph, uvicorn
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
store = OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1]))
uvicorn.run(SparqlEndpoint(graph=Dataset(store=store, default_union=True), path="/query"), port=int(sys.argv[2]), log_level="error")
"""


class Client:
    """One kept connection, and no more work for an answer than reading it."""

    def __init__(self, port: int, path: str, *, source: str = HERE) -> None:
        self.port = port
        self._address, self._path, self._source = (HERE, port), path, source
        self._socket: socket.socket | None = None

    def ask(self, query: str) -> tuple[int, bytes]:
        """The status and the body of the answer; 0 where the connection broke."""
        try:
            status, pieces = self._begin(query)
            return status, b"".join(pieces)
        except OSError:
            self._socket = None
            return 0, b""

    def first(self, query: str) -> float:
        """Seconds until the first row has come, the head of the answer included; the rest is read as well."""
        self._socket = None
        self.ask("ASK {}")  # connects anew
        begun = time.perf_counter()
        _, pieces = self._begin(query)
        came, first = b"", 0.0
        for piece in pieces:
            came += piece if not first else b""
            if not first and came.count(b'"value"') >= 2:  # noqa: PLR2004 - the row has two of them
                first = time.perf_counter() - begun
        return first

    def _begin(self, query: str) -> tuple[int, Iterator[bytes]]:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=60, source_address=(self._source, 0))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        path = f"{self._path}?query={quote(query)}"
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: application/sparql-results+json, */*;q=0.1\r\n\r\n"
        self._socket.sendall(request.encode())
        stream = _Stream(self._socket)
        head = stream.until(b"\r\n\r\n").lower()
        status = int(head.split()[1])
        return status, stream.chunks() if b"transfer-encoding: chunked" in head else stream.length(_length(head))


class _Stream:
    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._kept = connection, b""

    def until(self, end: bytes) -> bytes:
        while end not in self._kept:
            self._more()
        found, _, self._kept = self._kept.partition(end)
        return found

    def length(self, count: int) -> Iterator[bytes]:
        while len(self._kept) < count:
            self._more()
        yield self._kept

    def chunks(self) -> Iterator[bytes]:
        while size := int(self.until(b"\r\n"), 16):
            while len(self._kept) < size + 2:
                self._more()
            yield self._kept[:size]
            self._kept = self._kept[size + 2 :]
        self.until(b"\r\n")

    def _more(self) -> None:
        came = self._connection.recv(1 << 18)
        if not came:
            raise ConnectionError("the connection broke")
        self._kept += came


def _length(head: bytes) -> int:
    return next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length"))


@contextlib.contextmanager
def running(command: Sequence[str | Path], port: int) -> Iterator[None]:
    """A server for the time of the block, from when it listens."""
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as it:
        try:
            for _ in range(600):
                with contextlib.suppress(OSError), socket.create_connection((HERE, port)):
                    break
                time.sleep(0.1)
            yield
        finally:
            it.terminate()


def prepared(port: int) -> None:
    """Wait until the server has written its index, which it does after everything else."""
    for _ in range(300):
        with urlopen(f"http://{HERE}:{port}/readyz") as answer:
            if json.load(answer)["index"]:
                return
        time.sleep(1)
    raise SystemExit("the index was not written in time")


def servers(graph: Path, peers: Path | None, stack: contextlib.ExitStack) -> dict[str, Client]:
    """A client of each server, all over the same store."""
    found = {}
    port = free_ports(1)[0]
    ours: list[str | Path] = ["-m", "kg", "serve", graph, "--port", str(port), "--quiet", "--client-queries", "8"]
    stack.enter_context(running([sys.executable, *ours], port))
    found["kg serve"] = Client(port, "/sparql", source=ORDINARY)
    if peers:
        at = graph / folder.STORE
        port = free_ports(1)[0]
        options: list[str | Path] = ["--location", at, "--bind", f"{HERE}:{port}", "--union-default-graph"]
        stack.enter_context(running([peers / "oxigraph", "serve-read-only", *options], port))
        found["oxigraph serve-read-only"] = Client(port, "/query")
        port = free_ports(1)[0]
        stack.enter_context(running([peers / "python", "-c", _RDFLIB, at, str(port)], port))
        found["rdflib-endpoint over oxrdflib"] = Client(port, "/query")
    return found


def lookups(graph: Path, clients: dict[str, Client], *, count: int, entities: int, run: int) -> dict[str, list[float]]:
    """Seconds for point lookups, no two of which are the same: in process, and over HTTP from each server in turn.

    Each has its turn for `run` lookups: with 1 a server has been asleep before each of them while others had the
    processor and its caches, with more it answers one client after the other as a server does that people use.
    """
    engine = ox.Store.read_only(str(graph / folder.STORE))
    chance = random.Random(run)  # noqa: S311 - the same each time, no secret
    asked = [POINT.format(iri=iris.node("entity", f"e{n}").value) for n in chance.sample(range(entities), count + 50)]

    def in_process(query: str) -> tuple[int, bytes]:
        out = io.BytesIO()
        found = engine.query(query, use_default_graph_as_union=True, prefixes=sparql.PREFIXES)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - for the type checker
        found.serialize(out, format=ox.QueryResultsFormat.JSON)
        return 200, out.getvalue()

    ways: dict[str, Callable[[str], tuple[int, bytes]]] = {"pyoxigraph in process": in_process}
    ways |= {name: client.ask for name, client in clients.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for first in range(0, len(asked), run):
        answers: defaultdict[str, list[Any]] = defaultdict(list)
        for name, ask in ways.items():
            for query in asked[first : first + run]:
                begun = time.perf_counter()
                status, body = ask(query)
                taken[name].append(time.perf_counter() - begun)
                answers[name].append((status, [row["l"]["value"] for row in json.loads(body)["results"]["bindings"]]))
        if len({str(answer) for answer in answers.values()}) != 1:
            raise SystemExit(f"the answers differ: {answers}")
    return {name: values[50:] for name, values in taken.items()}  # before, everything warms up


def repeated(client: Client, *, count: int) -> list[float]:
    """Seconds for one and the same lookup, which the server has in its cache."""
    query = POINT.format(iri=iris.node("entity", "e1").value)
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        client.ask(query)
        taken.append(time.perf_counter() - begun)
    return taken


def ordinary(port: int, entities: int, seconds: float) -> tuple[list[int], list[float]]:
    """Ask lookups, 40 a second, from several connections in turn; their statuses and how long each took."""
    chance = random.Random(2)  # noqa: S311 - the same each time, no secret
    statuses: list[int] = []
    taken: list[float] = []
    clients = [Client(port, "/sparql", source=ORDINARY) for _ in range(4)]

    def one(client: Client, at: float) -> None:
        query = POINT.format(iri=iris.node("entity", f"e{chance.randrange(entities)}").value)
        time.sleep(max(at - time.perf_counter(), 0))
        begun = time.perf_counter()
        statuses.append(client.ask(query)[0])
        taken.append(time.perf_counter() - begun)

    def many(first: int) -> None:
        for number in range(first, int(seconds * RATE), len(clients)):
            one(clients[first], started + number / RATE)

    started = time.perf_counter() + 0.1
    threads = [threading.Thread(target=many, args=(first,)) for first in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses, taken


def bombard(port: int, seconds: float, told: multiprocessing.Queue[list[tuple[int, float]]]) -> None:
    """Keep 100 hostile queries under way; tell the status of each and how long it took."""
    os.setsid()  # whoever attacks has a machine of his own: with a session of its own the kernel gives this load
    os.nice(19)  # its own share of the processors, instead of a part of the server's
    until = time.perf_counter() + seconds
    found: list[tuple[int, float]] = []

    def one(number: int) -> None:
        client = Client(port, "/sparql", source=HOSTILE)
        while time.perf_counter() < until:
            begun = time.perf_counter()
            status, _ = client.ask(BOMBS[number % len(BOMBS)])
            found.append((status, time.perf_counter() - begun))
            time.sleep(1 if status in (429, 503) else 0)  # as Retry-After asks

    threads = [threading.Thread(target=one, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put(found)


def besieged(graph: Path, *, entities: int, seconds: float) -> None:
    """Measure ordinary queries alone, and beside hostile ones; print both."""
    port = free_ports(1)[0]
    limits = ["--query-seconds", "2", "--client-queries", "8"]
    with running([sys.executable, "-m", "kg", "serve", str(graph), "--port", str(port), "--quiet", *limits], port):
        prepared(port)
        _, alone = ordinary(port, entities, seconds)
        told: multiprocessing.Queue[list[tuple[int, float]]] = multiprocessing.Queue()
        hostile = multiprocessing.Process(target=bombard, args=(port, seconds + 1, told))
        hostile.start()
        time.sleep(0.5)
        statuses, beside = ordinary(port, entities, seconds)
        bombs = told.get()
        hostile.join()
    print(f"ordinary queries, {RATE} a second: answered beside 100 hostile ones {statuses.count(200)}/{len(statuses)}")
    for name, taken in (("alone", alone), ("beside", beside)):
        print(f"  {name:8} p50 {_ms(statistics.median(taken))}  p99 {_ms(_p99(taken))}  most {_ms(max(taken))}")
    print(f"  p99 beside / alone: {_p99(beside) / _p99(alone):.1f}")
    print(
        f"hostile: {dict(Counter(status for status, _ in bombs))} (0: broken), latest {max(s for _, s in bombs):.2f} s of 2 s + 0.25 s"
    )


def punctual(graph: Path) -> None:
    """Send every hostile input of the tests, one after the other; print the statuses and how late the latest was."""
    statuses: Counter[int] = Counter()
    over: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as top, serving(graph, Path(top) / "log", query_seconds=1) as server:
        pid = server.process.pid
        for name, query in [*hostile.bombs(), *hostile.endless(), *hostile.abroad(9), *hostile.by_chance()]:
            answer = server.query(query)
            statuses[answer.status] += 1
            over.append((answer.seconds - 1, name))
        if server.process.poll() is not None or server.process.pid != pid:
            raise SystemExit("the server has ended")
    late = [f"{name} {seconds:.2f} s" for seconds, name in sorted(over) if seconds > SPARE]
    print(f"{len(over)} hostile inputs: {dict(statuses)} (0: broken); beyond the deadline at most {max(over)[0]:.2f} s")
    print(f"  later than {SPARE} s: {', '.join(late) or 'none'}")


def _p99(taken: Sequence[float]) -> float:
    return sorted(taken)[min(int(len(taken) * 0.99), len(taken) - 1)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:7.2f} ms"


def compared(graph: Path, peers: Path | None, *, count: int, entities: int) -> None:
    """Measure lookups and the first row, and print both."""
    with contextlib.ExitStack() as stack:
        clients = servers(graph, peers, stack)
        prepared(clients["kg serve"].port)
        for run in (1, 25):
            taken = lookups(graph, clients, count=count // 2, entities=entities, run=run)
            engine = statistics.median(taken["pyoxigraph in process"])
            print(f"point lookup, {count // 2} different ones, {run} in turn")
            for name, values in taken.items():
                middle = statistics.median(values)
                print(f"  {name:32} p50 {_ms(middle)}  p99 {_ms(_p99(values))}  {middle / engine:6.1f} × in process")
        kept = repeated(clients["kg serve"], count=count)
        print(f"  kg serve, one from its cache     p50 {_ms(statistics.median(kept))}  p99 {_ms(_p99(kept))}")
        print(f"first row of {ROWS:,}")
        firsts: dict[str, list[float]] = {name: [] for name in clients}
        for number in range(5):
            for name, client in clients.items():
                firsts[name].append(client.first(f"{LONG} # {number}"))
        for name, values in firsts.items():
            print(f"  {name:32} p50 {_ms(statistics.median(values))}  most {_ms(max(values))}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--graph", type=Path, help="a graph that benchmarks.news wrote with as many articles")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--lookups", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    entities = max(given.articles // 4, 40)
    with tempfile.TemporaryDirectory() as top:
        graph = given.graph or Path(top) / "graph"
        if not given.graph:
            store.write_graph(graph, quads=quads(given.articles), records=[])
        print(f"{folder.manifest(graph)['quads']:,} quads, {os.cpu_count()} processors")
        compared(graph, given.peers, count=min(given.lookups, entities - 50), entities=entities)
        punctual(graph)
        besieged(graph, entities=entities, seconds=given.seconds)


if __name__ == "__main__":
    main()
