"""Say who we are: a bearer token, or a name and password as the server asks for them. They come from files only."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.request import parse_http_list, parse_keqv_list

from kg.errors import UsageError

_HASHES: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),  # what Virtuoso asks for
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


class Bearer:
    """A token that goes along with every request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def header(self, _method: str, _target: str) -> str | None:
        """What to send as Authorization."""
        return f"Bearer {self._token}"

    def challenged(self, _challenges: Sequence[str]) -> bool:
        """Whether another answer can be given to a server that refused."""
        return False


class Login:
    """A name and password, as RFC 7617 (basic) or RFC 7616 (digest) have it; digest where the server offers both."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._basic = False
        self._digest: dict[str, str] = {}
        self._count = 0

    def header(self, method: str, target: str) -> str | None:
        """What to send as Authorization: nothing before the server has asked."""
        if self._digest:
            return self._answer(method, target)
        if self._basic:
            return "Basic " + base64.b64encode(f"{self._user}:{self._password}".encode()).decode()
        return None

    def challenged(self, challenges: Sequence[str]) -> bool:
        """Learn what the server asks for; whether that was not yet answered.

        A digest is answered again only if the server says that the answer was merely too old.
        """
        asked = dict(challenge.strip().partition(" ")[::2] for challenge in challenges)
        asked = {scheme.lower(): given for scheme, given in asked.items()}
        if "digest" in asked:
            found = parse_keqv_list(parse_http_list(asked["digest"]))
            known = found.get("algorithm", "MD5").upper() in _HASHES and "nonce" in found
            offered = [one.strip() for one in found.get("qop", "auth").split(",")]
            if known and "auth" in offered:
                repeated = bool(self._digest) and found.get("stale", "").lower() != "true" and not self._spent()
                self._digest, self._count = found, 0
                return not repeated
        if "basic" in asked and not self._basic:
            self._basic = True
            return True
        return False

    def _spent(self) -> bool:
        """Whether the server took an answer to this challenge before: then it wants a new one, whatever it says."""
        return self._count > 1

    def _answer(self, method: str, target: str) -> str:
        given = self._digest
        algorithm = given.get("algorithm", "MD5").upper()
        digest = _HASHES[algorithm]
        realm, nonce = given.get("realm", ""), given["nonce"]
        self._count += 1
        count, own = f"{self._count:08x}", secrets.token_hex(8)
        who = digest(f"{self._user}:{realm}:{self._password}".encode())
        what = digest(f"{method}:{target}".encode())
        middle = f"{nonce}:{count}:{own}:auth" if "qop" in given else nonce
        parts = {"username": self._user, "realm": realm, "nonce": nonce, "uri": target}
        parts["response"] = digest(f"{who}:{middle}:{what}".encode())
        parts.update({"opaque": given["opaque"]} if "opaque" in given else {})
        said = ", ".join(f'{name}="{_escaped(value)}"' for name, value in parts.items())
        return f"Digest {said}, algorithm={algorithm}" + (
            f', qop=auth, nc={count}, cnonce="{own}"' if "qop" in given else ""
        )


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def bearer(path: Path) -> Bearer:
    """The token that is the one line of a file."""
    token = _line(path)
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(f"{path} holds no token: one word of ASCII letters, digits and marks")
    return Bearer(token)


def login(path: Path) -> Login:
    """The name and password that are the one line of a file, with a colon between."""
    user, colon, password = _line(path).partition(":")
    if not colon or not user:
        raise UsageError(f"{path} holds no name and password: one line, NAME:PASSWORD")
    return Login(user, password)


def _line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({type(error).__name__})") from None
    if len(lines) != 1 or not lines[0].strip():
        raise UsageError(f"{path} must hold one line")
    return lines[0].strip()
