"""Ask an OpenAI-compatible address, and nobody else: bounded in time and size, no redirects, no proxies."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.proposers import ProposerError
from kg.settings import Settings
from kg.web import NoRedirect

KEY = "KG_LLM_KEY"
_BUSY = frozenset({429, 500, 502, 503, 504})
_FIRST_WAIT = 0.5
_CHUNK = 2**16


def address(target: str) -> str:
    """The address to ask at, of what a person gives; a UsageError for one that is none, or that holds a password."""
    try:
        parts = urlsplit(target)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(c.isspace() for c in target) or not target.isascii():
        raise UsageError(
            f"{target!r} is no address of a model: it is to be like http://127.0.0.1:8080/v1"
            if "@" not in target
            else "this is no address of a model: it is to be like http://127.0.0.1:8080/v1"
        )
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError(f"the address of a model holds no password and no query; a key belongs into {KEY}")
    return target.rstrip("/") + "/chat/completions"


def key(environment: Mapping[str, str]) -> str:
    """The key of the environment, if there is one; it is never written anywhere."""
    found = environment.get(KEY, "").strip()
    if not (found.isascii() and found.isprintable()):
        raise UsageError(f"{KEY} holds characters that no key has; set it again")
    return found


@dataclass(frozen=True, slots=True)
class Chat:
    """A model at an address; what goes wrong is a ProposerError, which repeats nothing of what the server says."""

    url: str
    model: str
    settings: Settings
    _opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)
    )

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], *, until: float) -> str:
        """What the model answers; `until` is the end of its time by the monotonic clock."""
        body = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "stream": False,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "proposals", "strict": True, "schema": schema},
            },
        }
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        for attempt in range(1, self.settings.propose_tries + 1):
            try:
                return _content(self._sent(data, until))
            except _Transient as problem:
                wait = max(problem.wait, _FIRST_WAIT * 2 ** (attempt - 1))
                if attempt == self.settings.propose_tries or time.monotonic() + wait >= until:
                    raise ProposerError(problem.reason, str(problem)) from None
                time.sleep(wait)
        raise AssertionError

    def _sent(self, data: bytes, until: float) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if secret := key(os.environ):
            headers["Authorization"] = f"Bearer {secret}"
        request = urllib.request.Request(self.url, data, headers, method="POST")  # noqa: S310 - `address` checked it
        started = time.monotonic()
        ends = min(until, started + self.settings.propose_request_seconds)
        try:
            with self._opener.open(request, timeout=max(ends - started, 0.001)) as answer:
                return self._read(answer, ends)
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error) from None
        except (OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            if isinstance(cause, TimeoutError):
                raise _Transient("timeout", f"no answer after {ends - started:.0f} seconds") from None
            kind = type(cause if isinstance(cause, Exception) else error).__name__
            raise _Transient("unreachable", f"the address cannot be reached ({kind})") from None

    def _read(self, answer: http.client.HTTPResponse, ends: float) -> bytes:
        """The body, piece by piece: a server that drips must not hold us longer than one that is silent."""
        most = self.settings.propose_answer_bytes
        body = bytearray()
        while piece := answer.read1(_CHUNK):
            body += piece
            if len(body) > most:
                raise ProposerError("too-large", f"the answer has more than {most:,} bytes (KG_PROPOSE_ANSWER_BYTES)")
            if time.monotonic() > ends:
                raise TimeoutError
        if answer.length:
            raise _Transient("truncated", f"the answer lacks {answer.length:,} bytes of what was announced")
        return bytes(body)


class _Transient(ProposerError):
    """What may be better a moment later; `wait` is how many seconds the server asks for."""

    def __init__(self, reason: str, message: str, wait: float = 0.0) -> None:
        super().__init__(reason, message)
        self.wait = wait


def _refusal(error: urllib.error.HTTPError) -> ProposerError:
    """The error of a status; only the number is repeated, as a body may hold anything, the key too."""
    code = error.code
    if code in _BUSY:
        asked = error.headers.get("Retry-After", "")
        return _Transient(
            f"http-{code}", f"the server answers with status {code}", float(asked[:6] if asked.isdecimal() else 0)
        )
    if 300 <= code < 400:  # noqa: PLR2004 - redirects
        return ProposerError("redirected", f"the server redirects (status {code}), which is not followed")
    hint = f"; is {KEY} right?" if code in {401, 403} else ""
    return ProposerError(f"http-{code}", f"the server answers with status {code}{hint}")


def _content(body: bytes) -> str:
    """The text of the first choice."""
    try:
        choice = json.loads(body)["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ProposerError("nonsense", "the answer is no chat completion") from error
    if choice.get("finish_reason") == "length":
        raise ProposerError("truncated", "the model stopped in the middle of its answer")
    if not isinstance(content, str):
        raise ProposerError("nonsense", "the model's answer is no text")
    return content
