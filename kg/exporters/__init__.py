"""Exporters: one module for each output format, with `FORMAT` and `export(graph, out)`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """What `kg export --format NAME` writes: `title` says it in one line, `suffix` is the usual end of a file's name."""

    title: str
    suffix: str
    media_type: str
