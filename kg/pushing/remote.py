"""Change the named graphs of another server by the SPARQL 1.1 Graph Store Protocol: whoever is asked to wait, waits."""

from __future__ import annotations

import contextlib
import http.client
import ssl
import time
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import quote, urlsplit

import kg
from kg.errors import UsageError
from kg.pushing.errors import RemoteError
from kg.pushing.login import Bearer, Login
from kg.web import asked_wait

Form = Literal["indirect", "virtuoso", "direct"]
"""How a request names the graph: by `?graph=`, by `?graph-uri=`, or by being sent to the graph's own IRI."""
FORMS: tuple[Form, ...] = get_args(Form)
_PARAMETER = {"indirect": "graph", "virtuoso": "graph-uri"}
_PLACE = "{graph}"
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_NOT_KNOWN = frozenset({405, 501})
_OK = range(200, 300)
_MOVED = range(300, 400)
_UNAUTHORIZED = 401
_CHALLENGES = 3
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 600.0
_SAID = 300
_MOST_BYTES = 1 << 20
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    reason: str
    headers: http.client.HTTPMessage
    said: str


class _Later(Exception):
    """What may be better a moment later; `wait` is how many seconds the server asks for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(slots=True)
class Remote:
    """A server whose graph store is at `url`; where `{graph}` stands in it, the IRI of the graph is put, whatever the `form`.

    `timeout` is how many seconds an answer may take, `tries` how often a request is made at most.
    """

    url: str
    form: Form = "indirect"
    credentials: Bearer | Login | None = None
    timeout: float = 120.0
    tries: int = 5
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        sound = parts.scheme in _PORTS and parts.hostname and not parts.username and not parts.fragment
        if not sound or not self.url.isascii() or not self.url.isprintable() or " " in self.url:
            raise UsageError(
                f"no address of a graph store: {self.url!r}; it begins with http:// or https://, without a password"
            )
        try:
            _ = parts.port
        except ValueError:
            raise UsageError(f"no address of a graph store: {self.url!r} has no port that there is") from None

    @property
    def identity(self) -> str:
        """What tells this graph store from others."""
        return self.url if _PLACE in self.url else f"{self.form} {self.url}"

    @property
    def exposes(self) -> bool:
        """Whether whoever carries the requests can read the credentials."""
        parts = urlsplit(self.url)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        return self.credentials is not None and parts.scheme == "http" and not local

    def put(self, graph: str, triples: bytes) -> None:
        """Make `triples`, which are Turtle, the whole of a graph."""
        self._expect("PUT", graph, self._ask("PUT", graph, triples))

    def delete(self, graph: str) -> None:
        """Remove a graph; one that is not there is removed."""
        answer = self._ask("DELETE", graph)
        if answer.status not in _GONE:
            self._expect("DELETE", graph, answer)

    def has(self, graph: str) -> bool:
        """Whether the server has a graph, as far as it says; one that does not know HEAD, such as Virtuoso, is asked for all of it."""
        answer = self._ask("HEAD", graph)
        if answer.status in _NOT_KNOWN:
            answer = self._ask("GET", graph)
        return answer.status not in _GONE

    def _expect(self, method: str, graph: str, answer: _Answer) -> None:
        if answer.status in _OK:
            return
        told = f"{self.url} answers {method} of {graph} with {answer.status} {answer.reason}"
        if answer.status in _MOVED:
            raise RemoteError(f"{told}: it is at {answer.headers.get('Location', 'another address')!r}; push there")
        if answer.status == _UNAUTHORIZED:
            hint = "the credentials do not fit" if self.credentials else "give --token-file or --login-file"
            raise RemoteError(f"{told}: {hint}")
        raise RemoteError(f"{told}: {answer.said!r}" if answer.said else told)

    def _ask(self, method: str, graph: str, body: bytes | None = None) -> _Answer:
        """The answer to a request, which is made again where the server is busy or cannot be reached."""
        for attempt in range(1, self.tries + 1):
            try:
                return self._answer(method, graph, body)
            except _Later as problem:
                if attempt == self.tries:
                    raise RemoteError(f"{self.url} {problem}, {attempt} times") from None
                if problem.wait > _LONGEST_WAIT:
                    wait = f"{problem.wait:.0f} seconds"
                    raise RemoteError(f"{self.url} {problem}, and asks to come back after {wait}") from None
                time.sleep(max(problem.wait, _FIRST_WAIT * 2 ** (attempt - 1)))
        raise AssertionError

    def _answer(self, method: str, graph: str, body: bytes | None) -> _Answer:
        """The answer to whom the server knows; a _Later if it is busy."""
        for _ in range(_CHALLENGES):
            answer = self._reached(method, graph, body)
            challenges = answer.headers.get_all("WWW-Authenticate") or []
            known = answer.status != _UNAUTHORIZED or self.credentials is None
            if known or not (self.credentials and self.credentials.challenged(challenges)):
                break
        if answer.status in _BUSY:
            told = f"answers with status {answer.status} {answer.reason} {answer.said!r}"
            raise _Later(told, asked_wait(answer.headers.get("Retry-After", "")))
        return answer

    def _reached(self, method: str, graph: str, body: bytes | None) -> _Answer:
        """What the server answers, on a new connection if it closed the last one, as it may; a _Later if there is no answer."""
        if self._connection is not None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self._sent(method, graph, body)
            self.close()
        try:
            return self._sent(method, graph, body)
        except ssl.SSLCertVerificationError as error:
            raise RemoteError(f"{self.url} has no certificate that can be trusted ({error.verify_message})") from None
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise _Later(f"cannot be reached ({str(error) or type(error).__name__})") from None

    def _sent(self, method: str, graph: str, body: bytes | None) -> _Answer:
        host, target = self._address(graph)
        headers = {"Host": host, "User-Agent": f"newskg/{kg.__version__}", "Accept": "*/*"}
        if body is not None:
            headers["Content-Type"] = "text/turtle"
        if self.credentials and (who := self.credentials.header(method, target)):
            headers["Authorization"] = who
        if self._connection is None:
            self._connection = self._connected()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            # A server may refuse before it has read all, and say why.
            self._connection.request(method, target, body, headers)
        with self._connection.getresponse() as answer:
            wanted = method != "GET" or answer.status not in _OK
            said = _read(answer, time.monotonic() + self.timeout) if wanted else ""
            if not wanted:
                self.close()  # what was not read would stand before the next answer
            return _Answer(answer.status, answer.reason, answer.headers, said)

    def _connected(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
        if parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self.timeout, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=self.timeout)

    def _address(self, graph: str) -> tuple[str, str]:
        """The host and the target of a request about a graph."""
        url = self.url
        if _PLACE in url:
            url = url.replace(_PLACE, quote(graph, safe=""))
        elif self.form == "direct":
            url = graph
        else:
            url += f"{'&' if '?' in url else '?'}{_PARAMETER[self.form]}={quote(graph, safe='')}"
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return parts.netloc, quote(target, safe="/?&=%:@!$'()*+,;~-._")

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _read(answer: http.client.HTTPResponse, ends: float) -> str:
    """The first words of an answer, all of which is read."""
    body = bytearray()
    while piece := answer.read1(1 << 16):
        body += piece
        if len(body) > _MOST_BYTES or time.monotonic() > ends:
            raise OSError("an answer takes too long")
    return " ".join(bytes(body[: 2 * _SAID]).decode("utf-8", "replace").split())[:_SAID]
