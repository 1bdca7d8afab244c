"""Answer SPARQL over HTTP, read-only, with a page for people."""

from __future__ import annotations

from kg.server.app import make_app

__all__ = ["make_app"]
