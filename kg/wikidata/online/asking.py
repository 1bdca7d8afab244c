"""Send requests to a service that others use too: who asks is said, one at a time, and when told to wait, wait."""

from __future__ import annotations

import http.client
import json
import math
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import kg
from kg.web import NoRedirect, asked_wait, is_contact
from kg.wikidata.online.cache import Cache
from kg.wikidata.online.errors import Later, Passing, Unusable, Wrong, restored

Answer = TypeVar("Answer")
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 2**16
_SAID = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """How patient and how persistent to be; seconds, but for what counts.

    Between two requests lies a `pause`; each may take `timeout` and answer `most_bytes`. One that fails is sent again
    after `first_wait`, then twice that …; a longer wait than `longest_wait` is not sat out but told. After `failures` in a
    row the circuit opens: the service is left alone for `rest`, then tried once, then left alone for twice as long.
    """

    pause: float = 1.0
    timeout: float = 30.0
    most_bytes: int = 32 * 2**20
    first_wait: float = 1.0
    longest_wait: float = 60.0
    failures: int = 3
    rest: float = 300.0
    longest_rest: float = 86_400.0


@dataclass(slots=True)
class Asker:
    """Who asks services, for `contact`, a mail address or a page; without one it does not start.

    What is to be kept, and which service rests, stands in `cache`. `sent` counts the requests that went out.
    """

    contact: str
    cache: Cache
    bounds: Bounds = field(default_factory=Bounds)
    sleep: Callable[[float], None] = time.sleep
    sent: int = 0
    _last: float = -math.inf
    _opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(NoRedirect), repr=False
    )

    def __post_init__(self) -> None:
        if not is_contact(self.contact):
            raise Wrong("contact")

    def ask(
        self,
        service: str,
        read: Callable[[Any], Answer],
        *,
        get: Mapping[str, str] | None = None,
        post: Mapping[str, str] | None = None,
    ) -> Answer:
        """What `read` makes of the JSON that `service` answers; a ValueError of `read` says that it is nonsense.

        Later if the service fails too often or wants to be left alone, Unusable if asking again would not help.
        """
        address(service)
        with self.cache.turn():
            while True:
                seconds, cause = self.cache.rest(service)
                if seconds > self.bounds.longest_wait:
                    raise Later("resting", service=service, seconds=math.ceil(seconds), cause=restored(cause))
                if seconds > 0:
                    self.sleep(seconds)
                try:
                    answer = self._once(service, read, get, post)
                except Passing as problem:
                    self._note(service, problem)
                else:
                    self.cache.answered(service)
                    return answer

    def _note(self, service: str, problem: Passing) -> None:
        """Write down for how long the service is to be left alone, for the next process too; Later if the circuit opens."""
        failures = self.cache.failures(service) + 1
        beyond = failures - self.bounds.failures
        rest = max(problem.wait, self.bounds.first_wait * 2 ** min(failures - 1, 20))
        if beyond >= 0:
            rest = max(problem.wait, min(self.bounds.rest * 2 ** min(beyond, 20), self.bounds.longest_rest))
        self.cache.failed(service, rest=rest, cause=problem.written())
        if beyond >= 0:
            raise Later("resting", service=service, seconds=math.ceil(rest), cause=problem) from None

    def _once(
        self,
        service: str,
        read: Callable[[Any], Answer],
        get: Mapping[str, str] | None,
        post: Mapping[str, str] | None,
    ) -> Answer:
        early = self.bounds.pause - (time.monotonic() - self._last)
        if early > 0:
            self.sleep(early)
        self.sent += 1
        try:
            body, wait = self._send(service, get, post)
        finally:
            self._last = time.monotonic()
        try:
            return read(json.loads(body))
        except Passing as problem:
            problem.wait = wait
            raise
        except (ValueError, RecursionError) as error:
            raise Passing("nonsense", cause=str(error)[:_SAID]) from None

    def _send(self, service: str, get: Mapping[str, str] | None, post: Mapping[str, str] | None) -> tuple[bytes, float]:
        headers = {
            "Accept": "application/json",
            "User-Agent": f"newskg/{kg.__version__} ({self.contact})",
        }
        url = f"{service}{'&' if '?' in service else '?'}{urllib.parse.urlencode(get)}" if get else service
        data = urllib.parse.urlencode(post).encode() if post else None
        request = urllib.request.Request(url, data, headers)  # noqa: S310 - `address` lets http and https pass
        ends = time.monotonic() + self.bounds.timeout
        try:
            with self._opener.open(request, timeout=self.bounds.timeout) as answer:
                return self._read(service, answer, ends), asked_wait(answer.headers.get("Retry-After", ""))
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(service, error) from None
        except (OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            if isinstance(cause, TimeoutError):
                raise Passing("silent", seconds=f"{self.bounds.timeout:g}") from None
            raise Passing("unreachable", cause=cause) from None

    def _read(self, service: str, answer: http.client.HTTPResponse, ends: float) -> bytes:
        """The body, piece by piece: a server that drips must not hold us longer than one that is silent."""
        body = bytearray()
        while piece := answer.read1(_CHUNK):
            body += piece
            if len(body) > self.bounds.most_bytes:
                raise Unusable("too_large", service=service, bytes=f"{self.bounds.most_bytes:,}")
            if time.monotonic() > ends:
                raise TimeoutError
        if answer.length:
            raise Passing("cut", bytes=f"{answer.length:,}")
        return bytes(body)

    def _refusal(self, service: str, error: urllib.error.HTTPError) -> Exception:
        if error.code in _BUSY:
            passing = Passing("status", status=error.code)
            passing.wait = asked_wait(error.headers.get("Retry-After", ""))
            return passing
        if 300 <= error.code < 400:  # noqa: PLR2004 - redirects
            return Unusable("redirected", service=service, to=error.headers.get("Location", "?")[:_SAID])
        said = " ".join(error.read(_SAID).decode("utf-8", "replace").split())
        return Unusable("refused", service=service, cause=f"status {error.code} {said}".strip())


def address(service: str) -> str:
    """The address of a service, if it is one; else a UsageError."""
    try:
        parts = urlsplit(service)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not service.isascii() or any(map(str.isspace, service)) or parts.username or parts.fragment:
        raise Wrong("address", service=service if "@" not in service else "…")
    return service
