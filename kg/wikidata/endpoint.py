"""Ask a SPARQL endpoint that others use too: who asks is said, one question at a time, and when told to wait, wait."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import kg
from kg.errors import UsageError
from kg.web import NoRedirect, asked_wait, is_contact
from kg.wikidata.errors import SourceError

_BUSY = frozenset({429, 500, 502, 503, 504})
_FIRST_WAIT = 2.0
_TRIES = 5
_CHUNK = 2**16
_LONGEST_WAIT = 600.0

Row = Mapping[str, Mapping[str, str]]
"""What a query binds, by variable: {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}}."""


@dataclass(slots=True)
class Endpoint:
    """An endpoint at `url`, asked by whom `contact` tells: a mail address or a page. `pause` is between two questions.

    No contact is a UsageError: whoever runs an endpoint wants to know whom to write to before shutting somebody out.
    """

    url: str
    contact: str
    pause: float = 1.0
    timeout: float = 120.0
    most_bytes: int = 64 * 2**20
    asked: int = 0
    _last: float = 0.0
    _opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(NoRedirect), repr=False
    )

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.username
            or any(map(str.isspace, self.url))
        ):
            raise UsageError(f"no address of an endpoint: {self.url!r}")
        if not is_contact(self.contact):
            raise UsageError(
                "say who asks: --contact takes a mail address or the address of a page, and stands in the User-Agent"
            )

    def select(self, query: str) -> list[Row]:
        """The rows that a SELECT query has; a SourceError if the endpoint does not answer it, even when asked again."""
        for attempt in range(1, _TRIES + 1):
            self._wait(self.pause - (time.monotonic() - self._last))
            try:
                return _rows(self._sent(query))
            except _Later as problem:
                wait = max(problem.wait, _FIRST_WAIT * 2 ** (attempt - 1))
                if attempt == _TRIES:
                    raise SourceError(f"{self.url}: {problem}, {_TRIES} times") from None
                if wait > _LONGEST_WAIT:
                    raise SourceError(
                        f"{self.url}: {problem}, and asks to come back after {wait:.0f} seconds"
                    ) from None
                self._wait(wait)
            finally:
                self._last = time.monotonic()
        raise AssertionError

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)

    def _sent(self, query: str) -> bytes:
        headers = {
            "Accept": "application/sparql-results+json",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": f"newskg/{kg.__version__} ({self.contact})",
        }
        data = urllib.parse.urlencode({"query": query}).encode()
        request = urllib.request.Request(self.url, data, headers, method="POST")  # noqa: S310 - http or https, see above
        self.asked += 1
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return self._read(answer, time.monotonic() + self.timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error) from None
        except (OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            raise _Later(f"the endpoint cannot be reached ({cause})") from None

    def _read(self, answer: http.client.HTTPResponse, ends: float) -> bytes:
        body = bytearray()
        while piece := answer.read1(_CHUNK):
            body += piece
            if len(body) > self.most_bytes:
                raise SourceError(
                    f"{self.url}: an answer has more than {self.most_bytes:,} bytes; ask for smaller pages"
                )
            if time.monotonic() > ends:
                raise _Later(f"no whole answer after {self.timeout:.0f} seconds")
        if answer.length:
            raise _Later(f"an answer lacks {answer.length:,} bytes of what was announced")
        return bytes(body)

    def _refusal(self, error: urllib.error.HTTPError) -> Exception:
        if error.code in _BUSY:
            return _Later(
                f"the endpoint answers with status {error.code}", asked_wait(error.headers.get("Retry-After", ""))
            )
        said = error.read(300).decode("utf-8", "replace").split("\n")[0]
        return SourceError(f"{self.url}: the endpoint answers with status {error.code}: {said!r}")


class _Later(Exception):
    """What may be better a moment later; `wait` is how many seconds the endpoint asks for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def _rows(body: bytes) -> list[Row]:
    try:
        found = json.loads(body)["results"]["bindings"]
        sound = all(isinstance(term["value"], str) for row in found for term in row.values())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise _Later("the answer is no result of a SPARQL query in JSON")
    return list(found)
