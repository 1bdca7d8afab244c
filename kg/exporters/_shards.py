"""A graph as several files for bulk loaders, balanced, with each named graph whole in one of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import folder
from kg.errors import UsageError

_NAME = "part-{number:04}-of-{count:04}.nq"


def export(graph: Path, output: Path, shards: int) -> str:
    """Write the graph folder `graph` as at most `shards` files of N-Quads to the empty folder `output`; returns what to tell.

    In a file the graphs are sorted by name, and their quads by code point, so that equal graphs give equal files.
    """
    store = folder.read_only(graph)
    sizes = folder.graph_sizes(store)
    parts = [part for part in balanced(sizes, shards) if part]
    for number, part in enumerate(parts, start=1):
        with (output / _NAME.format(number=number, count=len(parts))).open("wb") as out:
            for name in sorted(part):
                out.writelines(_lines(store, name))
    counts = [sum(sizes[name] for name in part) for part in parts]
    fewer = "; there are no more named graphs than that" if len(parts) < shards else ""
    return f"{len(parts)} files with {min(counts, default=0):,} to {max(counts, default=0):,} quads{fewer}"


def balanced(sizes: Mapping[str, int], shards: int) -> list[list[str]]:
    """Names parted into `shards` lists of about equal sums of their `sizes`: the largest first, each to the lightest list."""
    parts: list[list[str]] = [[] for _ in range(shards)]
    loads = [(0, number) for number in range(shards)]
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        load, number = heapq.heappop(loads)
        parts[number].append(name)
        heapq.heappush(loads, (load + sizes[name], number))
    return parts


def _lines(store: ox.Store, name: str) -> Iterator[bytes]:
    """The quads of one graph as N-Quads lines, sorted."""
    graph = ox.NamedNode(name) if name else ox.DefaultGraph()
    written = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
    end = f" {graph} .\n".encode() if name else b" .\n"
    return (line.removesuffix(b" .\n") + end for line in sorted(written.splitlines(keepends=True)))


def refuse_foreign(target: Path) -> None:
    """A UsageError if `target` holds anything but an earlier export, which a new one may replace."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is a file; --shards writes a folder")
    strange = sorted(entry.name for entry in target.iterdir() if not _is_part(entry))
    if strange:
        raise UsageError(f"{target} holds something else than an export ({strange[0]}); give another folder")


def _is_part(path: Path) -> bool:
    return path.is_file() and path.match("part-[0-9][0-9][0-9][0-9]-of-[0-9][0-9][0-9][0-9].nq")
