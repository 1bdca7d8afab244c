"""A service that answers as a test tells it, a clock that sleeping turns, and an asker that has both."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.wikidata.online.asking import Asker, Bounds
from kg.wikidata.online.cache import Cache

CONTACT = "desk@example.org"
MANIFEST = {"versions": ["0.2"], "name": "Bến sông", "identifierSpace": "https://example.org/", "schemaSpace": "x:"}
Reply = Callable[[BaseHTTPRequestHandler, dict[str, str]], None]


def sends(body: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> Reply:
    """A reply with these bytes; `length` announces another number of them."""

    def reply(handler: BaseHTTPRequestHandler, _fields: dict[str, str]) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(body)

    return reply


def says(value: Any) -> Reply:
    return sends(json.dumps(value, ensure_ascii=False).encode())


def reconciles(handler: BaseHTTPRequestHandler, fields: dict[str, str]) -> None:
    """A service in good order: of each name it has one item, of a name that begins with "không" none."""
    if "queries" not in fields:
        says(MANIFEST)(handler, fields)
        return
    queries = json.loads(fields["queries"])
    results = {
        key: {
            "result": []
            if query["query"].startswith("không")
            else [{"id": f"i:{query['query']}", "name": query["query"], "score": 90.5, "match": True, "type": ["t"]}]
        }
        for key, query in queries.items()
    }
    says(results)(handler, fields)


@dataclass
class Stub:
    """A server: `replies` are used up one by one, then the last again and again; `requests` is what it was sent."""

    url: str
    replies: list[Reply] = field(default_factory=lambda: [reconciles])
    requests: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def names(self) -> list[str]:
        """The names that it was asked for, in the order in which they came."""
        asked = (fields["queries"] for _, fields in self.requests if "queries" in fields)
        return [query["query"] for queries in asked for query in json.loads(queries).values()]


@pytest.fixture
def stub() -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            sent = urlsplit(self.path).query or self.rfile.read(length).decode()
            fields = {name: values[0] for name, values in parse_qs(sent).items()}
            with service.lock:
                service.requests.append((dict(self.headers), fields))
                service.at_once += 1
                service.most_at_once = max(service.most_at_once, service.at_once)
                reply = service.replies.pop(0) if len(service.replies) > 1 else service.replies[0]
            try:
                reply(self, fields)
            finally:
                with service.lock:
                    service.at_once -= 1

        do_POST = do_GET  # noqa: N815 - the name that the library calls

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = Stub(f"http://127.0.0.1:{server.server_port}/reconcile")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield service
    service.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Clock:
    """A clock that only sleeping turns; `slept` is for how long, each time."""

    now: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asker_at(clock: Clock, tmp_path: Path) -> Iterator[Callable[..., Asker]]:
    """Makes askers over one file of answers, as programs that are started one after the other."""
    opened: list[Cache] = []

    def make(**bounds: Any) -> Asker:
        cache = Cache(tmp_path / "answers.sqlite", clock=lambda: clock.now)
        opened.append(cache)
        return Asker(CONTACT, cache, Bounds(**{"pause": 0.0, "timeout": 0.3, **bounds}), clock.sleep)

    yield make
    for cache in opened:
        cache.close()
