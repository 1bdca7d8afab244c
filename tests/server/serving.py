"""A server as a process of its own, asked over real connections."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BROKEN = 0
"""Instead of a status: the connection broke, before an answer or within it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, the headers in lower case, the body, and after how many seconds it had ended."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs: its port on loopback and its process."""

    port: int
    process: subprocess.Popen[str]
    log: Path

    def query(self, text: str | bytes, *, client: str = "127.0.0.1", **headers: str) -> Answer:
        """Post a query to the endpoint."""
        given = {"Content-Type": "application/sparql-query", **{n.replace("_", "-"): v for n, v in headers.items()}}
        return self.ask("POST", "/sparql", text.encode() if isinstance(text, str) else text, given, client=client)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        client: str = "127.0.0.1",
    ) -> Answer:
        """Send one request from the loopback address `client`, on a connection of its own."""
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(client, 0))
        with contextlib.closing(connection):
            try:
                connection.request(method, path, body, dict(headers or {}))
                found = connection.getresponse()
                content = found.read()
            except (http.client.HTTPException, ConnectionError):
                return Answer(BROKEN, {}, b"", time.monotonic() - begun)
        named = {name.lower(): value for name, value in found.getheaders()}
        return Answer(found.status, named, content, time.monotonic() - begun)

    def send(self, data: bytes, *, wait: float = 5.0) -> bytes:
        """Send bytes as they are, and return all that comes back until the server closes or `wait` seconds pass."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            came = b""
            with contextlib.suppress(OSError):
                connection.sendall(data)
                while piece := connection.recv(65536):
                    came += piece
            return came

    def processes(self) -> list[int]:
        """The process ids of all that the server started."""
        found, new = [], [self.process.pid]
        while new:
            children = Path(f"/proc/{new[0]}/task/{new[0]}/children")
            with contextlib.suppress(OSError):
                born = [int(pid) for pid in children.read_text(encoding="ascii").split()]
                found += born
                new += born
            new.pop(0)
        return found


@contextlib.contextmanager
def serving(graph: Path, log: Path, **options: object) -> Iterator[Serving]:
    """`kg serve` over a graph folder, with options such as `query_seconds`."""
    given = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *given]
    with log.open("a", encoding="utf-8") as out, subprocess.Popen(command, stderr=out, text=True) as process:
        try:
            line = _first_line(log, process)
            served = Serving(int(line.split("/ (")[0].rpartition(":")[2]), process, log)
            served.ask("GET", "/readyz")  # it listens before it can be stopped in good order
            log.write_text("", encoding="utf-8")
            yield served
        finally:
            process.kill()


def _first_line(log: Path, process: subprocess.Popen[str]) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if "\n" in (text := log.read_text(encoding="utf-8")):
            return text.splitlines()[0]
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))
