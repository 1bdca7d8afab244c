"""Who may change the graph: whoever sends the token that the server was started with."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request

from kg.errors import UsageError

VARIABLE = "KG_TOKEN"
_SHORTEST = 16
_LONGEST = 4096


class Denied(Exception):
    """The request may not change anything: reply with `status`, the message and `headers`."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


class Access:
    """The right to write, of which only a hash is kept; without a token nobody has it."""

    def __init__(self, token: str | None) -> None:
        self._digest = _digest(token) if token else None

    @property
    def offered(self) -> bool:
        """Whether anybody may write."""
        return self._digest is not None

    def check(self, request: Request) -> None:
        """Denied if the request does not carry the token in its Authorization header; no cookie ever counts."""
        if self._digest is None:
            raise Denied(403, "this server is read-only: it was started without a token, so nothing can be changed", {})
        given = request.headers.getlist("authorization")
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        if scheme.lower() != "bearer" or not hmac.compare_digest(_digest(token.strip()), self._digest):
            message = "to change the graph send the server's token: Authorization: Bearer …"
            raise Denied(401, message, {"WWW-Authenticate": 'Bearer realm="kg"'})


def read_token(file: Path | None, environment: Mapping[str, str]) -> str | None:
    """The token in `file`, else in KG_TOKEN; None where neither is given. A UsageError never tells what it is."""
    if file is not None:
        try:
            with file.open("rb") as opened:
                token = opened.read(_LONGEST + 2).decode("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the token file {file} cannot be read, or is not ASCII") from error
        name = str(file)
    elif VARIABLE in environment:
        token, name = environment[VARIABLE].strip(), VARIABLE
    else:
        return None
    if not _SHORTEST <= len(token) <= _LONGEST or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(f"the token in {name} must have {_SHORTEST} to {_LONGEST} visible ASCII characters, no spaces")
    return token


def _digest(token: str) -> bytes:
    """Hashes are of one length, so that comparing them takes the same time whatever was sent."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).digest()
