"""Answer SPARQL over HTTP, with pages for people, and let those who may change the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kg.settings import Settings

__all__ = ["make_app"]


def make_app(
    graph: Path, settings: Settings | None = None, *, token: str | None = None, log_queries: bool = False
) -> Starlette:
    """The ASGI application over the graph folder `graph`; a StoreError if that is no whole graph.

    Whoever sends the `token` may change the graph; without one nobody may. Its log has the text of queries only if `log_queries`.
    """
    from kg.server.app import make_app as make  # noqa: PLC0415 - the workers, of this package too, start without it

    return make(graph, settings, token=token, log_queries=log_queries)
