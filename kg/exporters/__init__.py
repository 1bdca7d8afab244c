"""Exporters: one module for each output format, with `FORMAT` and `export(graph, out)`.

`export` may return a sentence for the person who asked, about what it left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Format:
    """What `kg export --format NAME` writes: `title` says it in one line, `suffix` is the usual end of a file's name.

    `needs` names what `export` must be told as well: `retrieved` is the day on which the articles were read. `accepts` names
    what it may be told: `part` is a Part to write instead of the whole graph.
    """

    title: str
    suffix: str
    media_type: str
    needs: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some quads of a graph, and the limits by which they were chosen."""

    quads: frozenset[ox.Quad]
    limits: Mapping[str, str]
