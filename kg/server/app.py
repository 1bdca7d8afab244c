"""The web application: the SPARQL endpoint, the reconciliation service and the pages over one graph folder."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import folder
from kg.server.pages import Pages
from kg.server.pool import Pool
from kg.server.protocol import endpoint
from kg.server.reconciling import service
from kg.settings import Settings

_STATIC = Path(__file__).parent / "static"


class _NoSniff:
    """Tell browsers to take every answer for what it says it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, sending)


def make_app(graph: Path, settings: Settings | None = None) -> Starlette:
    """The application over the graph folder `graph`; a StoreError if that is no whole graph.

    After the graph was built again it answers from the new one.
    """
    folder.read_only(graph)
    bounds = settings or Settings()
    pages = Pages()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = Pool(graph, bounds)
        yield
        await app.state.pool.close()

    reading = ["GET", "HEAD", "POST", "OPTIONS"]
    return Starlette(
        routes=[
            Route("/", pages.ask, methods=["GET"]),
            Route("/show", pages.show, methods=["GET"]),
            Route("/sparql", endpoint, methods=reading),
            *service.routes(pages),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(_NoSniff),
            Middleware(
                CORSMiddleware, allow_origins=["*"], allow_methods=reading, allow_headers=["Accept", "Content-Type"]
            ),
        ],
        lifespan=lifespan,
    )
