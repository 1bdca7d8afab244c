"""The answer to a job, and how it is told over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

_PLAIN = "text/plain; charset=utf-8"
_NO_CONTENT = 204


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a job: an HTTP status, a media type, the bytes; after `retry` seconds it may be asked again."""

    status: int
    media: str
    body: bytes
    retry: int | None = None

    @classmethod
    def refusal(cls, status: int, message: str, *, retry: int | None = None) -> Reply:
        """An answer that says in a sentence why there is none."""
        return cls(status, _PLAIN, message.encode(), retry)


def respond(request: Request, reply: Reply, headers: Mapping[str, str]) -> Response:
    """A reply as an HTTP response, without its body where only the head was asked for."""
    sent = dict(headers)
    if reply.retry is not None:
        sent["Retry-After"] = str(reply.retry)
    if reply.status == _NO_CONTENT:
        return Response(status_code=reply.status, headers=sent)
    if request.method == "HEAD":
        sent["Content-Length"] = str(len(reply.body))
        return Response(status_code=reply.status, headers=sent, media_type=reply.media)
    return Response(reply.body, reply.status, sent, reply.media)
