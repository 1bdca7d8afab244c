"""Whatever is sent to it, the server lives on, answers in time with a right status, and connects to nobody."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server import hostile
from tests.server.serving import BROKEN, Serving, serving

DEADLINE = 1.0
SPARE = 1.0
MEMORY = 2**30
GOOD = "SELECT ?x { ?x a nk:Person } ORDER BY ?x"


class Canary:
    """Somebody who listens on loopback, and notes whoever comes."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.heard: list[object] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, address = self._listening.accept()
                self.heard.append(address)
                connection.close()

    def close(self) -> None:
        self._listening.close()


@pytest.fixture(scope="module")
def server(small_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    log = tmp_path_factory.mktemp("hostile") / "log"
    limits = {"query_seconds": DEADLINE, "worker_bytes": MEMORY, "request_seconds": 1, "answer_bytes": 2_000_000}
    with serving(small_graph, log, **limits) as served:
        yield served


def survived(server: Serving, queries: Iterable[tuple[str, str | bytes]], right: set[int]) -> int:
    """Send all queries, two at a time and from two addresses; how many there were."""
    pid = server.process.pid
    given = list(queries)

    def one(job: tuple[int, tuple[str, str | bytes]]) -> str:
        number, (name, query) = job
        answer = server.query(query, client=f"127.0.0.{2 + number % 2}")
        problems = []
        if answer.status not in right:
            problems.append(f"status {answer.status} {answer.body[:80]!r}")
        if answer.seconds > DEADLINE + SPARE:
            problems.append(f"{answer.seconds:.2f} s")
        if answer.status == 503 and int(answer.headers.get("retry-after", 0)) <= 0:
            problems.append("no Retry-After")
        return f"{name}: {', '.join(problems)}" if problems else ""

    with ThreadPoolExecutor(2) as pool:
        wrong = [line for line in pool.map(one, enumerate(given)) if line]
    assert wrong == []
    assert server.process.poll() is None
    assert server.process.pid == pid
    assert server.query(GOOD).status == 200
    return len(given)


def test_more_than_two_hundred_inputs_are_tried() -> None:
    tried = [*hostile.bombs(), *hostile.endless(), *hostile.abroad(1), *hostile.by_chance()]
    assert len({name for name, _ in tried}) == len(tried) >= 200


def test_what_is_deep_long_or_broken_kills_nothing(server: Serving) -> None:
    survived(server, hostile.bombs(), {200, 400, 413, 503})


def test_words_and_bytes_by_chance_kill_nothing(server: Serving) -> None:
    survived(server, hostile.by_chance(), {200, 400, 403, 503, BROKEN})


@pytest.mark.slow
def test_what_never_ends_is_ended(server: Serving) -> None:
    survived(server, hostile.endless(), {200, 400, 503, BROKEN})
    largest = max(int(_status(pid).get("VmPeak", "0").split()[0]) for pid in server.processes())
    assert largest * 1024 <= MEMORY * 1.01


def test_nobody_is_asked_and_no_file_is_read(server: Serving) -> None:
    canary = Canary()
    with contextlib.closing(canary):
        survived(server, hostile.abroad(canary.port), {200, 400, 403})
        answers = [server.query(query) for _, query in hostile.abroad(canary.port)]
        time.sleep(0.2)
    assert canary.heard == []
    assert not any(b"root:" in answer.body for answer in answers)
    assert {server.query(text).status for _, text in hostile.abroad(9) if b"SERVICE <" in str(text).encode()} == {403}


def test_workers_are_confined(server: Serving) -> None:
    server.query(GOOD)
    workers = [pid for pid in server.processes() if _status(pid).get("Seccomp") == "2"]
    assert workers
    for pid in workers:
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
        assert any(line.split()[3] == str(MEMORY) for line in limits.splitlines() if "address space" in line)
        assert any(line.split()[4] == "0" for line in limits.splitlines() if "core file" in line)


def _status(pid: int) -> dict[str, str]:
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return {}


REQUESTS = {
    "a line break in the address": b"GET /sparql?query=ASK%20{}\r\nX-Evil: 1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "an encoded line break": b"GET /sparql?query=ASK%7B%7D%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\n\r\n",
    "a line break in a header": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: text/csv\rX-Evil: 1\r\n\r\n",
    "a zero in a header": b"GET / HTTP/1.1\r\nHost: x\x00y\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "a length and chunks": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a wrong length": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a chunk that is none": b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a large head": b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: a\r\n" * 100_000 + b"\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    "another version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a strange method": b"G\xc3\x89T / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a path with dots": b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    "a host with a line break": b"GET /reconcile HTTP/1.1\r\nHost: x\r\n Set-Cookie: a=b\r\n\r\n",
    "an upgrade": b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "a proxy's request": b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("data", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_request_that_is_none_is_refused_and_nothing_of_it_comes_back(server: Serving, data: bytes) -> None:
    begun = time.monotonic()
    came = server.send(data, wait=1.5)
    head, _, body = came.partition(b"\r\n\r\n")
    assert time.monotonic() - begun < 8
    assert not came or came.startswith(b"HTTP/1.1 ")
    assert b"evil" not in head.lower()
    assert b"set-cookie" not in head.lower()
    assert b"root:" not in body
    assert not came.startswith(b"HTTP/1.1 5")
    assert server.query(GOOD).status == 200


def test_half_open_connections_are_closed_and_hold_up_nobody(server: Serving) -> None:
    beginnings = (b"", b"GET /sp", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /sparql HTTP/1.1\r\nContent-Type: ")
    late = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK"
    with contextlib.ExitStack() as stack:
        opened = []
        for number in range(200):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            connection.sendall((*beginnings, late)[number % 5])
            opened.append(connection)
        answer = server.query(GOOD)
        assert (answer.status, answer.seconds < 2) == (200, True)
        begun = time.monotonic()
        came = [_rest(connection) for connection in opened]
        assert time.monotonic() - begun < 6
    assert {text.split(b"\r\n")[0] for text in came} <= {b"", b"HTTP/1.1 408 Request Timeout"}


def _rest(connection: socket.socket) -> bytes:
    came = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(65536):
            came += piece
    return came
