"""The address that a client asked, as it sees it."""

from __future__ import annotations

from starlette.requests import Request


def asked(request: Request) -> str:
    """The address without parameters, percent-encoded as it was sent; the host is what the client calls it."""
    return origin(request) + path(request)


def origin(request: Request) -> str:
    """The beginning of all addresses of this server, without a slash at the end."""
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def path(request: Request) -> str:
    """The path, percent-encoded as it was sent."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.partition(b"?")[0].decode("latin-1")
