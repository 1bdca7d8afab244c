"""Send an endpoint random hostile queries and requests for minutes, and say what went wrong, if anything.

`python -m benchmarks.assault --minutes 10`. Each input is a query that exists (saved questions, lookups, and the hostile
ones of the tests) after random changes: bytes replaced, pieces cut, doubled, put in brackets or joined with another's; one
in ten is a whole HTTP request changed so. What must hold: the same process answers all along, every status is one of those
that the protocol knows, every answer comes within the deadline and a quarter of a second, nobody is asked on the network.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from benchmarks.news import quads
from kg import store
from tests.server import hostile
from tests.server.serving import BROKEN, Serving, serving
from tests.server.test_hostile import GOOD, Canary

DEADLINE, SPARE = 1.0, 0.25
_RIGHT = {200, 400, 403, 404, 405, 406, 408, 413, 415, 429, 431, 503, BROKEN}
_OK = 200
_ARTICLES = 400
_CLIENTS = 3
_LONGEST = 70_000
_OPEN, _CLOSE = "({[", ")}]"


class Inputs:
    """Random inputs, the same for the same seed."""

    def __init__(self, seed: int, canary: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same each time, no secret
        saved = [path.read_bytes() for path in sorted(Path("queries").glob("*.rq"))]
        known = [*hostile.bombs(), *hostile.endless(), *hostile.abroad(canary)]
        bytes_ = [query if isinstance(query, bytes) else query.encode() for _, query in known]
        lookup = b"SELECT ?l { <https://w3id.org/newskg/id/entity/e1> rdfs:label ?l } LIMIT 1"
        self._pool = [*saved, *[query for query in bytes_ if len(query) < _LONGEST], *[lookup] * 20]

    def query(self) -> bytes:
        """A changed query."""
        chance = self._chance
        data = bytearray(chance.choice(self._pool))
        for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 8))):
            at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            to = min(to, at + 200)
            change = chance.randrange(6)
            if change == 0 and data:
                data[chance.randrange(len(data))] = chance.randrange(256)
            elif change == 1:
                del data[at:to]
            elif change == 2:  # noqa: PLR2004
                data[at:at] = data[at:to] * chance.choice((1, 2, 50))
            elif change == 3:  # noqa: PLR2004
                deep, kind = chance.choice((1, 3, 40, 2_000)), chance.randrange(3)
                data[to:to] = (_CLOSE[kind] * deep).encode()
                data[at:at] = (_OPEN[kind] * deep).encode()
            elif change == 4:  # noqa: PLR2004
                other = chance.choice(self._pool)
                data[at:to] = other[: chance.randrange(len(other) + 1)]
            else:
                data[at:at] = chance.choice(hostile.WORDS).encode() + b" "
        return bytes(data[:_LONGEST])

    def request(self) -> bytes:
        """A changed HTTP request."""
        chance = self._chance
        asked = quote(self.query()[:2_000])
        data = bytearray(
            chance.choice(
                (
                    f"GET /sparql?query={asked} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nConnection: close\r\n\r\n",
                    f"GET /search?q={asked[:300]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    (
                        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        f"Content-Length: {len(asked) + 6}\r\nConnection: close\r\n\r\nquery={asked}"
                    ),
                    "GET /show?iri=https://w3id.org/newskg/id/entity/e1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                )
            ).encode()
        )
        for _ in range(chance.randrange(4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)


class Assault:
    """What was sent, and what came of it."""

    def __init__(self, server: Serving, canary: int) -> None:
        self._server, self._canary = server, canary
        self.statuses: Counter[int] = Counter()
        self.seconds: list[float] = []
        self.wrong: list[str] = []

    def run(self, seed: int, until: float) -> None:
        """Send inputs from one address until the time is over."""
        inputs = Inputs(seed, self._canary)
        number = 0
        while time.monotonic() < until:
            number += 1
            if number % 10 == 0:
                data = inputs.request()
                begun = time.monotonic()
                came = self._server.send(data, wait=DEADLINE + 2)
                status = int(came[9:12]) if came[9:12].isdigit() else BROKEN
                self._note(status, time.monotonic() - begun, data, whole=False)
            else:
                data = inputs.query()
                answer = self._server.query(data, client=f"127.0.0.{2 + seed % 100}")
                self._note(answer.status, answer.seconds, data)

    def _note(self, status: int, seconds: float, data: bytes, *, whole: bool = True) -> None:
        self.statuses[status] += 1
        if whole:
            self.seconds.append(seconds)
        if status not in _RIGHT or (whole and seconds > DEADLINE + SPARE):
            self.wrong.append(f"{status} after {seconds:.2f} s: {data[:300]!r}")


def main() -> None:
    """Assault a server of our own, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    canary = Canary()
    with tempfile.TemporaryDirectory() as top:
        graph = Path(top) / "graph"
        store.write_graph(graph, quads=quads(_ARTICLES), records=[])
        limits = {"query_seconds": DEADLINE, "worker_bytes": 2**30, "answer_bytes": 2_000_000, "request_seconds": 1}
        with serving(graph, Path(top) / "log", **limits) as server:
            pid = server.process.pid
            assault = Assault(server, canary.port)
            until = time.monotonic() + given.minutes * 60
            threads = [
                threading.Thread(target=assault.run, args=(given.seed * 100 + number, until))
                for number in range(_CLIENTS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            asked = server.query(GOOD).status
            lives = server.process.poll() is None and server.process.pid == pid and asked == _OK
    canary.close()
    print(f"{assault.statuses.total():,} inputs: {dict(sorted(assault.statuses.items()))} (0: the connection broke)")
    print(f"p50 {statistics.median(assault.seconds) * 1000:.1f} ms, latest {max(assault.seconds):.2f} s")
    print(f"same process: {lives}; the canary heard {len(canary.heard)}; wrong: {len(assault.wrong)}")
    for line in assault.wrong[:20]:
        print(f"  {line}")
    raise SystemExit(not lives or bool(canary.heard) or bool(assault.wrong))


if __name__ == "__main__":
    main()
