"""Read what a user judges the same or not the same, and find what it speaks of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from kg import tabbed
from kg.errors import UsageError
from kg.naming import normal
from kg.rdf import iris
from kg.resolving.blocks import Edge
from kg.resolving.components import BY_USER
from kg.resolving.nodes import Node

VERDICTS = ("same", "not same")
_FIELDS = range(4, 6)
_ENTITY = iris.node("entity", "").value
_TAIL = re.compile(r"(?:.*-)?([0-9a-f]{8})")


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of a user's file: "same, Tập Cận Bình, Xi Jinping, an editor, 2025-09-01: the Vietnamese reading"."""

    verdict: Literal["same", "not same"]
    first: str
    second: str
    by: str
    note: str = ""


def read(path: Path) -> tuple[Line, ...]:
    """The judgements of a file of tab-separated lines: verdict, two names or IRIs, who, and if one likes when or why.

    Empty lines and those that begin with # are passed over. A UsageError names the first bad line and what is wrong with it.
    """
    return parse(tabbed.text(path, "the judgements"), str(path))


def parse(text: str, source: str) -> tuple[Line, ...]:
    """The judgements of the `text` of a file that messages call `source`; see `read`."""
    lines = {_line(where, cells) for where, cells in tabbed.records(text, source)}
    for line in lines:
        opposite = VERDICTS[1 - VERDICTS.index(line.verdict)]
        for other in lines:
            if other.verdict == opposite and {other.first, other.second} == {line.first, line.second}:
                raise UsageError(f"{source}: {line.first!r} and {line.second!r} are judged the same and not the same")
    return tuple(sorted(lines))


def _line(where: str, cells: list[str]) -> Line:
    if len(cells) not in _FIELDS:
        raise UsageError(
            f"{where}: {len(cells)} columns where there should be 4 or 5, with tabs between: same or not same, a name or "
            "IRI, another, who says so, and if you like when or why"
        )
    verdict, first, second, by, *note = cells
    if verdict not in VERDICTS:
        raise UsageError(f"{where}: the verdict is {verdict!r}; it must be 'same' or 'not same'")
    if not (first and second and by):
        raise UsageError(f"{where}: a name or who says so is missing")
    if first == second or normal(first) == normal(second):
        raise UsageError(f"{where}: {first!r} and {second!r} are one name; give the IRIs of two things")
    known: Literal["same", "not same"] = "same" if verdict == VERDICTS[0] else "not same"
    return Line(known, min(first, second), max(first, second), by, *note)


def key(name: str) -> str:
    """The block in which a line finds what it calls by a name or IRI."""
    if not name.startswith(_ENTITY):
        return f"called {normal(name)}"
    identity = unquote(name.removeprefix(_ENTITY))
    tail = _TAIL.fullmatch(identity)
    return f"hash {tail[1]}" if tail else f"key {identity}"


def keys(node: Node) -> Iterator[str]:
    """The blocks in which a node is found by a user's lines: its full names, and what its IRI ends in."""
    written = [*(text for _, text in node.names), *(name.partition(":")[2] for name in node.told("described"))]
    names = {normal(text) for text in written} | (set() if node.is_listed else {node.name})
    yield from (f"called {name}" for name in sorted(names))
    yield f"key {node.name}" if node.is_listed else f"hash {digest(node)}"


def digest(node: Node) -> str:
    """What the key of an entity ends in whose first name is this node's."""
    return hashlib.sha256(f"{node.kind} {node.name}".encode()).hexdigest()[:8]


def edges(line: Line, first: Sequence[Node], second: Sequence[Node]) -> tuple[Edge, ...]:
    """What a line judges of the nodes that it calls by its two names.

    Where a name is several things', those of one type on both sides are meant, if there are such.
    """
    pairs = [(a, b) for a, b in product(first, second) if a.key != b.key]
    typed = [(a, b) for a, b in pairs if a.type == b.type]
    verdict: Literal["same", "apart"] = "same" if line.verdict == "same" else "apart"
    found = (Edge(min(a.key, b.key), max(a.key, b.key), verdict, BY_USER, line.note) for a, b in typed or pairs)
    return tuple(sorted(set(found), key=lambda e: (e.first, e.second)))
