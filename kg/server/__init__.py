"""Answer SPARQL over HTTP, read-only, with a page for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kg.settings import Settings

__all__ = ["make_app"]


def make_app(graph: Path, settings: Settings | None = None, *, log_queries: bool = False) -> Starlette:
    """The ASGI application over the graph folder `graph`; a StoreError if that is no whole graph.

    Its log has the text of queries only if `log_queries`.
    """
    from kg.server.app import make_app as make  # noqa: PLC0415 - the workers, of this package too, start without it

    return make(graph, settings, log_queries=log_queries)
