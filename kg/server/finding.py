"""/search: things by their names, as JSON."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg import ns
from kg.server.pool import Pool
from kg.server.replies import respond

_MOST = 100
_USUAL = "20"
_LONGEST = 200
_FAILED = 400


async def search(request: Request) -> Response:
    """The things whose names fit `q`, best first; `lang` and `type` narrow it, `limit` is 1 to 100, 20 if not given."""
    given = request.query_params
    limit = given.get("limit") or _USUAL
    if not (limit.isdecimal() and 0 < int(limit[:9]) <= _MOST):
        return PlainTextResponse(f"limit must be a whole number from 1 to {_MOST}", 400)
    text = given.get("q", "")
    if not text.strip() or len(text) > _LONGEST:
        return PlainTextResponse(f"q must be a name, or its beginning, of at most {_LONGEST} letters", 400)
    kind = given.get("type", "")
    job: dict[str, Any] = {
        "task": "search",
        "text": text,
        "language": given.get("lang", "").lower(),
        "kind": kind if "://" in kind or not kind else ns.NAMESPACE + kind.removeprefix("nk:"),
        "limit": int(limit),
    }
    pool: Pool = request.app.state.pool
    reply = await pool.answer(job)
    if reply.status >= _FAILED:
        return respond(request, reply, {})
    return JSONResponse({"query": text, "results": json.loads(reply.body)}, headers={"Cache-Control": "no-cache"})
