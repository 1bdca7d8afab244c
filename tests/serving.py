"""A real `kg serve` for tests: a process that listens on loopback, and plain HTTP to ask it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

TOKEN = "a-token-of-the-tests"  # noqa: S105 - it opens nothing else
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
IDLE = 1.0  # seconds; the server keeps an idle connection for a few
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(slots=True)
class Served:
    """A server that runs; requests are sent exactly as given, over one connection for each thread."""

    process: subprocess.Popen[bytes]
    port: int
    graph: Path
    _connections: dict[int, http.client.HTTPConnection] = field(default_factory=dict)
    _used: dict[int, float] = field(default_factory=dict)

    def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str | None = None
    ) -> Answer:
        content = body.encode() if isinstance(body, str) else body
        connection = self._connections.setdefault(
            threading.get_ident(), http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        )
        if time.monotonic() - self._used.get(threading.get_ident(), 0) > IDLE:
            connection.close()  # the server may have closed its end; it is opened again
        self._used[threading.get_ident()] = time.monotonic()
        try:
            connection.request(method, path, content, dict(headers or {}))
            with connection.getresponse() as response:
                found = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, found, response.read())
        except BaseException:
            connection.close()  # the next request opens it again
            raise

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()

    def query(self, text: str, accept: str = "*/*", **parameters: str | list[str]) -> Answer:
        fields = urlencode({"query": text, **parameters}, doseq=True)
        return self.request("POST", "/sparql", {"Accept": accept, "Content-Type": FORM}, fields)

    def update(self, text: str, **parameters: str | list[str]) -> Answer:
        fields = urlencode({"update": text, **parameters}, doseq=True)
        return self.request("POST", "/sparql", {"Content-Type": FORM, **AUTHORIZED}, fields)

    def put(self, graph: str, content: bytes | str, media: str = "text/turtle") -> Answer:
        path = f"/graph-store?{urlencode({'graph': graph})}"
        return self.request("PUT", path, {"Content-Type": media, **AUTHORIZED}, content)


@contextlib.contextmanager
def serving(graph: Path, *options: str, token: str | None = TOKEN, **settings: str) -> Iterator[Served]:
    """A server over the folder `graph`, which is made where there is none; `settings` are variables such as KG_…."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path(__file__).parents[1])}
    if token:
        environment["KG_TOKEN"] = token
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--create", *options]
    log = graph.with_name(f"{graph.name}.log")
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(command, env=environment, stderr=out) as process:
        try:
            with contextlib.closing(Served(process, port(log, process), graph)) as served:
                yield served
        finally:
            process.terminate()


def port(log: Path, process: subprocess.Popen[bytes]) -> int:
    """Where the server says that it listens."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text(encoding="utf-8")):
            return int(found.group(1))
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))
