"""The web application: the SPARQL endpoint, the reconciliation service and the pages over one graph folder."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg import folder
from kg.errors import StoreError
from kg.server import health
from kg.server.cache import Cache
from kg.server.finding import search
from kg.server.metrics import Metrics
from kg.server.observing import Observing
from kg.server.pages import Pages
from kg.server.pool import Pool
from kg.server.protocol import endpoint
from kg.server.reconciling import service
from kg.settings import Settings

_STATIC = Path(__file__).parent / "static"


def make_app(graph: Path, settings: Settings | None = None, *, log_queries: bool = False) -> Starlette:
    """The application over the graph folder `graph`; a StoreError if that is no whole graph.

    After the graph was built again it answers from the new one. The log has the text of queries if `log_queries`.
    """
    folder.read_only(graph)
    bounds = settings or Settings()
    pages = Pages()
    metrics = Metrics()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.settings = bounds
        app.state.cache = Cache(bounds.cache_bytes)
        app.state.pool = Pool(graph, bounds, metrics)
        try:
            with contextlib.suppress(StoreError):  # which each answer says
                await app.state.pool.refresh()
            yield
        finally:
            await app.state.pool.close()

    reading = ["GET", "HEAD", "POST", "OPTIONS"]
    return Starlette(
        routes=[
            Route("/", pages.ask, methods=["GET"]),
            Route("/show", pages.show, methods=["GET"]),
            Route("/sparql", endpoint, methods=reading),
            Route("/search", search, methods=["GET"]),
            *service.routes(pages),
            *health.routes(),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(Observing, metrics=metrics, seconds=bounds.request_seconds, queries=log_queries),
            Middleware(
                CORSMiddleware, allow_origins=["*"], allow_methods=reading, allow_headers=["Accept", "Content-Type"]
            ),
        ],
        lifespan=lifespan,
    )
