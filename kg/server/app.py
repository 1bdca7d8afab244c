"""The web application: the SPARQL endpoint, the reconciliation service and the pages over one graph folder."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg import folder
from kg.errors import StoreError
from kg.server import access, cors, description, graph_store, health, protocol, things
from kg.server.cache import Cache
from kg.server.finding import search
from kg.server.metrics import Metrics
from kg.server.observing import Observing
from kg.server.pages import Pages
from kg.server.pool import Pool
from kg.server.publishing import Hold
from kg.server.reconciling import service
from kg.server.uploads import Parser
from kg.server.writing import Writer
from kg.settings import Settings

_STATIC = Path(__file__).parent / "static"


def make_app(
    graph: Path, settings: Settings | None = None, *, token: str | None = None, log_queries: bool = False
) -> Starlette:
    """The application over the graph folder `graph`; a StoreError if that is no whole graph.

    After the graph was built again, or changed, it answers from the new state. Whoever sends the `token` may change it; then
    no other application may, from now until this one has run. The log has the text of queries if `log_queries`.
    """
    folder.read_only(graph)
    graph = graph.absolute()
    hold = Hold(graph) if token else None
    bounds = settings or Settings()
    pages = Pages()
    metrics = Metrics()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.settings = bounds
        app.state.cache = Cache(bounds.cache_bytes)
        app.state.access = access.Access(token)
        app.state.pool = Pool(graph, bounds, metrics)
        async with contextlib.AsyncExitStack() as closing:
            closing.push_async_callback(app.state.pool.close)
            with contextlib.suppress(StoreError):  # which each answer says
                await app.state.pool.refresh()
            if hold:
                closing.callback(hold.close)
                await _let_write(app, Writer(graph, bounds, hold), closing)
            yield

    reading = ["GET", "HEAD", "POST", "OPTIONS"]
    return Starlette(
        routes=[
            Route("/", pages.ask, methods=["GET"]),
            Route("/show", pages.show, methods=["GET"]),
            Route("/sparql", protocol.endpoint, methods=reading),
            Route("/sparql/", protocol.endpoint, methods=reading),
            Route("/search", search, methods=["GET"]),
            *graph_store.routes(),
            *things.routes(),
            *description.routes(),
            *service.routes(pages),
            *health.routes(),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(Observing, metrics=metrics, seconds=bounds.request_seconds, queries=log_queries),
            Middleware(cors.ReadableElsewhere),
        ],
        lifespan=lifespan,
    )


async def _let_write(app: Starlette, writer: Writer, closing: contextlib.AsyncExitStack) -> None:
    """Start what changes the graph; a StoreError says why it cannot be written."""
    app.state.spool = closing.enter_context(tempfile.TemporaryDirectory(prefix="kg-serve-"))
    app.state.parser = Parser(writer.settings)
    app.state.writer = writer
    closing.push_async_callback(app.state.parser.close)
    closing.push_async_callback(app.state.writer.close)
    await writer.start()
