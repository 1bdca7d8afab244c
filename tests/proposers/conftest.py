"""A stub of a language model's server, on the loopback, and an article to ask it about."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.model import Document
from tests.proposers.stub import TEXT, Stub


@pytest.fixture
def document() -> Document:
    return Document(source="a.txt", text=TEXT, language="vi")


@pytest.fixture
def stub() -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append((dict(self.headers), body))
            reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            reply(self)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server = Stub(f"http://127.0.0.1:{http.server_port}/v1")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        http.shutdown()
        thread.join()
