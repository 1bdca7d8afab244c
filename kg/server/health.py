"""How the server is: alive, ready, and in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import StoreError
from kg.server.pool import Pool

_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def routes() -> Sequence[Route]:
    """/healthz, /readyz and /metrics."""
    return [Route("/healthz", _alive), Route("/readyz", _ready), Route("/metrics", _numbers)]


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def _ready(request: Request) -> Response:
    """200 when the graph is open; whether names can be searched yet stands beside it."""
    pool: Pool = request.app.state.pool
    headers = {"Cache-Control": "no-store"}
    try:
        await pool.refresh()
    except StoreError as error:
        return JSONResponse({"ready": False, "problem": str(error)}, 503, headers)
    return JSONResponse({"ready": True, "index": pool.index is not None}, headers=headers)


async def _numbers(request: Request) -> Response:
    state = request.app.state
    pool: Pool = state.pool
    gauges: list[tuple[str, dict[str, str], float]] = [
        ("kg_cache_bytes", {}, state.cache.bytes),
        ("kg_snapshot_number", {}, pool.generation),
        ("kg_index_ready", {}, pool.index is not None),
        *(("kg_lane_inside", {"lane": str(way)}, lane.inside) for way, lane in pool.lanes.items()),
        *(("kg_lane_waiting", {"lane": str(way)}, lane.waiting) for way, lane in pool.lanes.items()),
    ]
    connections = getattr(state, "connections", None)
    if connections is not None:
        gauges.append(("kg_connections", {}, len(connections)))
    return Response(pool.metrics.text(gauges), headers={"Cache-Control": "no-store"}, media_type=_PROMETHEUS)
