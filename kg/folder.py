"""The graph folder: what lies where in it, what its manifest says, and opening it to read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import edits
from kg.errors import StoreError

FORMAT_VERSION = 3
MANIFEST = "manifest.json"
RECORDS = "records.db"
MEMORY = "memory.db"
QUARANTINE = "quarantine.jsonl"
ARTICLES = "articles"
JUDGEMENTS = "judgements.tsv"
LINKS = "links.tsv"
PACKS = "packs.json"
OVERLAY = "overlay.ttl"
EFFECTS = "overlay.json"
STORE = "store"
SUMS = "sums.jsonl"
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Scan:
    """What a full read of a store found: every quad was read once.

    `sha256` is that of the set of its quads, see `set_hash`; `repeated` counts triples that stand in more than one graph, which a union
    of the graphs would answer twice; `graphs` counts the quads of each graph.
    """

    quads: int
    sha256: str
    repeated: int
    graphs: dict[str, int]


def is_graph(path: Path) -> bool:
    """Whether `path` is a folder that a build of ours made."""
    return (path / MANIFEST).is_file() and (path / STORE).is_dir()


def manifest(path: Path) -> dict[str, Any]:
    """The manifest of the graph folder `path`; a StoreError says what is wrong with the folder."""
    if not path.exists():
        raise StoreError(f"{path}: there is no such graph folder; kg build makes one")
    if not is_graph(path):
        raise StoreError(f"{path} is not a graph folder: it has no {MANIFEST} beside a folder named {STORE}")
    try:
        found = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreError(f"{path / MANIFEST} is damaged ({error}); build the graph again") from error
    version = found.get("format") if isinstance(found, dict) else None
    if version != FORMAT_VERSION:
        raise StoreError(
            f"{path} has format {version}, this version of kg reads format {FORMAT_VERSION}; build it again"
        )
    return dict(found)


def quarantine(path: Path) -> list[dict[str, Any]]:
    """What was set aside when the graph folder `path` was made, one object an article."""
    lines = (path / QUARANTINE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read_only(path: Path | str, *, check: bool = True) -> ox.Store:
    """Open the quads of the graph folder `path` to read.

    `check` compares their number with the manifest (half a second for a million quads), as Oxigraph opens a store that
    lost its tail without a word. A folder that a build swaps meanwhile is opened again. Of a graph that was edited over
    HTTP the newest published snapshot is opened, and its files are compared with what was published.
    """
    folder = Path(path)
    for _ in range(_ATTEMPTS):
        before = identity(folder)
        try:
            store = _open(folder, check=check)
        except StoreError:
            if identity(folder) == before:
                raise
            continue
        if identity(folder) == before:
            return store
    raise StoreError(f"{folder} is being replaced again and again; try later")


def _open(folder: Path, *, check: bool) -> ox.Store:
    with edits.holding(folder) as snapshot:
        if snapshot:
            return _open_edited(snapshot, check=check)
    expected = manifest(folder)["quads"]
    try:
        store = ox.Store.read_only(str(folder / STORE))
        found = len(store) if check else expected
    except (OSError, RuntimeError) as error:  # a RuntimeError is what the engine raises for a damaged file
        raise StoreError(f"{folder} cannot be read: {error}; build the graph again") from error
    if found != expected:
        raise StoreError(f"{folder} is damaged: it holds {found} quads, its manifest says {expected}; build it again")
    return store


def _open_edited(snapshot: Path, *, check: bool) -> ox.Store:
    if check:
        edits.check_sizes(snapshot)
    try:
        return ox.Store.read_only(str(snapshot / edits.STORE))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{snapshot} cannot be read: {error}; restore a backup, or remove the edits") from error


def built(path: Path) -> ox.Store:
    """Open the quads that a build wrote to the graph folder `path`, without what was edited over HTTP since."""
    try:
        return ox.Store.read_only(str(path / STORE))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{path} cannot be read: {error}; build the graph again") from error


def identity(folder: Path) -> tuple[int, Path | None] | None:
    """What changes when another folder takes the place of the folder at this path, or an edit is published there."""
    return (folder.stat().st_ino, edits.published(folder)) if folder.exists() else None


def graph_sizes(store: ox.Store) -> dict[str, int]:
    """How many quads of `store` stand in each graph, by its IRI; an empty name is that of the default graph."""
    found = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - what SELECT gives
    sizes = {row["g"].value: int(row["n"].value) for row in found}
    unnamed = len(store) - sum(sizes.values())
    return {"": unnamed, **sizes} if unnamed else sizes


def sorted_lines(store: ox.Store) -> list[bytes]:
    """The quads of `store` as N-Quads lines, sorted: how the graph is written out, compared and hashed."""
    written: bytes = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return sorted(written.splitlines(keepends=True))


def set_hash(lines: Iterable[bytes], *, known: str = "0", gone: Iterable[bytes] = ()) -> str:
    """The SHA-256 of each line, as a number, added up modulo 2**256: the hash of a set, whatever its order.

    So it follows from the hash `known` of another set, the lines that came and those `gone`, without reading the rest. It
    shows damage and difference; against somebody who looks for two sets of one sum it is no proof.
    """
    total = int(known, 16)
    total += sum(int.from_bytes(hashlib.sha256(line).digest()) for line in lines)
    total -= sum(int.from_bytes(hashlib.sha256(line).digest()) for line in gone)
    return f"{total % (1 << 256):064x}"


def scan(store: ox.Store) -> Scan:
    """Read every quad of `store`; damage that opening does not show appears as an error here."""
    lines = sorted_lines(store)
    graphs: Counter[str] = Counter()
    repeated = 0
    previous = b""
    for line in lines:
        triple, graph = parts(line)
        graphs[graph.decode()] += 1
        repeated += triple == previous
        previous = triple
    return Scan(len(lines), set_hash(lines), repeated, dict(graphs))


def parts(line: bytes) -> tuple[bytes, bytes]:
    """The triple of a line of N-Quads, and the IRI of its graph, empty for the default graph.

    The object ends at the first space after its last quotation mark.
    """
    start = line.index(b" ", line.index(b" ") + 1) + 1
    end = line.index(b" ", max(start, line.rfind(b'"')))
    return line[:end], line[end + 1 : -2].strip(b" <>")
