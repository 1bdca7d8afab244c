"""News articles in, a validated knowledge graph out: the library's public face."""

from __future__ import annotations

__version__ = "0.1.0"
