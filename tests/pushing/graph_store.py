"""A graph store over HTTP that does as it is told: for what no real server does when asked."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

Refusal = tuple[int, dict[str, str]]


@dataclass
class Store:
    """What the server has, what it was asked, and what it shall answer next, by method."""

    url: str = ""
    graphs: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    allows: Callable[[str, str, dict[str, str]], Refusal | None] = lambda _method, _target, _headers: None
    before: Callable[[str, str], None] = lambda _method, _graph: None
    slow: float = 0.0
    closes: bool = False


@contextlib.contextmanager
def running() -> Iterator[Store]:
    """A server on a port of its own, while the block runs."""
    store = Store()

    class Handler(_Handler):
        pass

    Handler.store = store
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        store.url = f"http://127.0.0.1:{server.server_port}/store"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: ClassVar[Store]

    def _do(self) -> None:
        store = self.store
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        graph = named(self.path, self.headers["Host"], store)
        headers = {name.lower(): value for name, value in self.headers.items()}
        store.asked.append((self.command, graph))
        store.headers.append(headers)
        time.sleep(store.slow)
        store.before(self.command, graph)
        refusal = store.refusals.pop(0) if store.refusals else store.allows(self.command, self.path, headers)
        if store.closes:
            self.close_connection = True
        if refusal:
            self._answer(*refusal)
        elif self.command == "PUT":
            status = 204 if graph in store.graphs else 201
            store.graphs[graph] = body
            self._answer(status, {})
        elif graph not in store.graphs:
            self._answer(404, {})
        elif self.command == "DELETE":
            del store.graphs[graph]
            self._answer(204, {})
        else:
            self._answer(200, {}, store.graphs[graph] if self.command == "GET" else b"")

    do_PUT = do_DELETE = do_HEAD = do_GET = _do  # noqa: N815 - the library's names

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        said = body or (b"" if status < 400 or self.command == "HEAD" else b"because I say so")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(said)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def named(target: str, host: str, store: Store) -> str:
    """The graph that a request is about, however it is named."""
    parts = urlsplit(target)
    given = parse_qs(parts.query)
    for name in ("graph", "graph-uri"):
        if name in given:
            return given[name][0]
    if host in store.url:
        return unquote(parts.path.removeprefix("/store/"))
    return f"https://{host}{parts.path}"


def digest_wanted(user: str, password: str, *, algorithm: str, uses: int) -> Callable[..., Refusal | None]:
    """A server that wants a digest by RFC 7616, with a challenge that is good for some uses."""
    counts: dict[str, int] = {}
    hashed = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[algorithm]

    def h(text: str) -> str:
        return hashed(text.encode()).hexdigest()

    def allows(method: str, target: str, headers: dict[str, str]) -> Refusal | None:
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', headers.get("authorization", "").removeprefix("Digest ")))
        nonce = said.get("nonce", "")
        if nonce in counts and counts[nonce] < uses and said["nc"] == f"{counts[nonce] + 1:08x}":
            middle = f"{nonce}:{said['nc']}:{said['cnonce']}:auth"
            good = h(f"{h(f'{user}:news:{password}')}:{middle}:{h(f'{method}:{target}')}")
            if said["response"] == good and said["uri"] == target and said["opaque"] == "o":
                counts[nonce] += 1
                return None
        stale = nonce in counts and counts[nonce] >= uses
        fresh = f"n{len(counts)}"
        counts[fresh] = 0
        told = f'Digest realm="news", qop="auth", nonce="{fresh}", opaque="o", algorithm={algorithm}'
        return 401, {"WWW-Authenticate": told + (", stale=true" if stale else "")}

    return allows
